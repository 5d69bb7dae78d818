from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "biotoop.web.dashboards"
    label = "dashboards"
