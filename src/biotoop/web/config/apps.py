from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "biotoop.web.config"
    label = "config"
