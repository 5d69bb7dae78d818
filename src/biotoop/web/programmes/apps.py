from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "biotoop.web.programmes"
    label = "programmes"
