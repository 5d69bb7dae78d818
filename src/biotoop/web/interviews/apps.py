from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "biotoop.web.interviews"
    label = "interviews"
