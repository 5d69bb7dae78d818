"""The words that the tables of programmes use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeStatus(models.TextChoices):
    """Where a programme stands."""

    PLANNED = "planned", _("being prepared")
    RUNNING = "running", _("under way")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


class Funding(models.TextChoices):
    """Who pays for the share of an organisation."""

    PUBLIC = "public", _("public money")
    OWN = "own", _("own money")
    EXTERNAL = "external", _("money from elsewhere")
