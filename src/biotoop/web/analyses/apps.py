from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    name = "biotoop.web.analyses"
    label = "analyses"
