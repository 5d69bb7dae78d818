"""What runs and judgements can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """Where a run stands."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("being computed")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


class Failure(models.TextChoices):
    """Why a run failed."""

    FAULTS = "faults", _("The data and the documents do not agree.")
    REFUSED = "refused", _("The analysis refused this study.")
    UNEXPECTED = "unexpected", _("Something went wrong that we did not foresee.")
    GONE = "gone", _("The computer stopped while it worked, several times.")


class Edition(models.TextChoices):
    """For whose eyes findings are."""

    TEAM = "team", _("edition of the team")
    READERS = "readers", _("edition for readers")


class Grade(models.TextChoices):
    """The grades of the evidence scheme; the words are those of the engine."""

    VERY_PLAUSIBLE = "very_plausible", _("very plausible")
    PLAUSIBLE = "plausible", _("plausible")
    OPEN = "open", _("still open")
    DISPUTED = "disputed", _("disputed")
    CONTRADICTED = "contradicted", _("contradicted")
    ADVERSE = "adverse", _("works the wrong way")
    TOO_LITTLE = "too_little", _("still too little examined")


class CertaintyLevel(models.TextChoices):
    """How certain evidence is."""

    HIGH = "high", _("high")
    MODERATE = "moderate", _("moderate")
    LOW = "low", _("low")
    VERY_LOW = "very_low", _("very low")


class Component(models.TextChoices):
    """The four components of certainty."""

    METHOD = "method", _("how it was gathered")
    COHERENCE = "coherence", _("whether it agrees")
    ADEQUACY = "adequacy", _("whether there is enough")
    RELEVANCE = "relevance", _("whether it is about this place and these people")


ACTIVE = (RunState.WAITING, RunState.RUNNING)
