from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SharedConfig(AppConfig):
    name = "biotoop.web.shared"
    label = "shared"

    def ready(self) -> None:
        from biotoop.web.shared.actions.finding import follow  # noqa: PLC0415 - apps must be ready
        from biotoop.web.shared.forms import speak_plainly  # noqa: PLC0415 - as above

        speak_plainly()
        follow()
        autodiscover_modules("rules", "tasks", "actions.finding", "actions.personal_data")
