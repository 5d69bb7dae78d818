from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "biotoop.web.shared"
    label = "shared"
