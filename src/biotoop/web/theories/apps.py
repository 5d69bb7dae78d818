from django.apps import AppConfig


class TheoriesConfig(AppConfig):
    name = "biotoop.web.theories"
    label = "theories"
