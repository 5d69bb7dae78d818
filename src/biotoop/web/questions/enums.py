"""The words that the tables of questions use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskerKind(models.TextChoices):
    """Who asks."""

    RESIDENT = "resident", _("resident")
    PROFESSIONAL = "professional", _("professional")
    VOLUNTEER = "volunteer", _("volunteer")
    POLICY = "policy", _("policy maker")
    EDUCATION = "education", _("student or teacher")
    OTHER = "other", _("somebody else")


class QuestionState(models.TextChoices):
    """Where a question is in its life."""

    SUBMITTED = "submitted", _("handed in")
    TRIAGE = "triage", _("being looked at")
    ASKED = "asked", _("asked back")
    ACCEPTED = "accepted", _("accepted")
    MATCHED = "matched", _("with a researcher")
    REFLECTION = "reflection", _("reflection")
    COPRODUCTION = "coproduction", _("working it out together")
    PRODUCT = "product", _("product")
    REPORTED = "reported", _("reported back")
    REFUSED = "refused", _("refused")
    MERGED = "merged", _("taken together with another")
    WITHDRAWN = "withdrawn", _("withdrawn")


# The way of a question that is answered; the others are side ways.
WAY = (
    QuestionState.SUBMITTED, QuestionState.TRIAGE, QuestionState.ACCEPTED, QuestionState.MATCHED,
    QuestionState.REFLECTION, QuestionState.COPRODUCTION, QuestionState.PRODUCT,
    QuestionState.REPORTED,
)  # fmt: skip
SHARED = WAY[2:]  # what partners may read
CLOSED = (
    QuestionState.REPORTED, QuestionState.REFUSED, QuestionState.MERGED, QuestionState.WITHDRAWN,
)  # fmt: skip


class Method(models.TextChoices):
    """How something can be found out."""

    INTERVIEWS = "interviews", _("conversations and interviews")
    OBSERVATION = "observation", _("observation")
    SURVEY = "survey", _("questionnaires")
    REGISTRATION = "registration", _("data that are there already")
    LITERATURE = "literature", _("what is known already")
    ACTION = "action", _("trying out and adjusting together")
    DESIGN = "design", _("designing a way of working")


class ContributorKind(models.TextChoices):
    """As what somebody works on a question."""

    RESIDENT = "resident", _("co-researching resident")
    PROFESSIONAL = "professional", _("professional")
    STUDENT = "student", _("student")
    RESEARCHER = "researcher", _("researcher")


class Who(models.TextChoices):
    """Whose step it is."""

    DESK = "desk", _("the desk")
    RESEARCHER = "researcher", _("the researcher")
    ASKER = "asker", _("who asked")


class GatheringKind(models.TextChoices):
    """Ways to learn together."""

    ATELIER = "atelier", _("learning atelier")
    COMMUNITY = "community", _("learning community")
    WORKSHOP = "workshop", _("workshop")
    CAFE = "cafe", _("knowledge café")


class GatheringState(models.TextChoices):
    """Where a gathering is in its life; that it is over follows from the day."""

    PLANNED = "planned", _("being prepared")
    OPEN = "open", _("open for registration")
    CANCELLED = "cancelled", _("cancelled")


class SeatState(models.TextChoices):
    """Where a registration stands."""

    SEATED = "seated", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class OpeningKind(models.TextChoices):
    """What a student can do."""

    INTERNSHIP = "internship", _("internship")
    THESIS = "thesis", _("thesis")
    BOTH = "both", _("internship or thesis")


class OpeningState(models.TextChoices):
    """Where a research opening is in its life."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ApplicationState(models.TextChoices):
    """Where an application is, from asking to the end of the placement."""

    APPLIED = "applied", _("applied")
    TALK = "talk", _("in conversation")
    OFFERED = "offered", _("place offered")
    PLACED = "placed", _("placed")
    FINISHED = "finished", _("finished")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    STOPPED = "stopped", _("stopped early")
