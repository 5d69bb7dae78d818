from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "biotoop.web.api"
    label = "api"
