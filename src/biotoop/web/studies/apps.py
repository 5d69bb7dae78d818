from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "biotoop.web.studies"
    label = "studies"
