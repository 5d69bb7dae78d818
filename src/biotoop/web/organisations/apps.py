from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "biotoop.web.organisations"
    label = "organisations"
