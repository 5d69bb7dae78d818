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


class Theme(models.TextChoices):
    """What questions, researchers and products are about: one list, by which they are found."""

    LONELINESS = "loneliness", _("loneliness and meeting")
    NEIGHBOURHOOD = "neighbourhood", _("living in the neighbourhood")
    YOUTH = "youth", _("children and young people")
    AGEING = "ageing", _("growing old")
    POVERTY = "poverty", _("poverty and debts")
    WORK = "work", _("taking part, language and work")
    CARERS = "carers", _("informal care")
    HEALTH = "health", _("health and prevention")
    DIVERSITY = "diversity", _("diversity and inclusion")
    COOPERATION = "cooperation", _("working together and policy")
