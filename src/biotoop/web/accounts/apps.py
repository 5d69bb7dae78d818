from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "biotoop.web.accounts"
    label = "accounts"
