from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "biotoop.web.clusters"
    label = "clusters"
