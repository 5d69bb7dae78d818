from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "biotoop.web.knowledge"
    label = "knowledge"
