from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "biotoop.web.questions"
    label = "questions"
