"""The words that the shared tables use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    DEAD = "dead", _("given up")


class LetterState(models.TextChoices):
    """Where a letter is."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept here")
    GIVEN_UP = "given_up", _("given up")

    @property
    def colour(self) -> str:
        """Give the kind of badge."""
        return {"sent": "good", "waiting": "busy", "given_up": "bad"}.get(self.value, "calm")


class Verb(models.TextChoices):
    """What somebody wants to do with a record."""

    SEE = "see", _("see")
    MAKE = "make", _("make")
    CHANGE = "change", _("change")
    DECIDE = "decide", _("decide")
    ARCHIVE = "archive", _("archive")
    EXPORT = "export", _("export")


class Kind(models.TextChoices):
    """The kinds of place that a role can be given for."""

    SITE = "site", _("the whole site")
    ORGANISATION = "organisation", _("organisation")
    PARTNERSHIP = "partnership", _("research programme")
    PROGRAMME = "programme", _("programme")
    THEORY = "theory", _("theory of change")
    STUDY = "study", _("study")
    CLUSTER = "cluster", _("research cluster")


class Reach(models.TextChoices):
    """How far a permission goes, where that does not follow from the place of the role."""

    OWN = "own", _("their own")
    INVOLVED = "involved", _("in what they take part in themselves")
    PARTNERS = "partners", _("of partners")
    HOST = "host", _("in what the organisation offers to others")
    PUBLIC = "public", _("what is public")
    ALL = "all", _("all")


class Role(models.TextChoices):
    """What a person is in a place; what that lets them do stands in the permission files."""

    RESIDENT = "resident", _("resident")
    CO_RESEARCHER = "co_researcher", _("co-researching resident")
    PROFESSIONAL = "professional", _("professional")
    STUDENT = "student", _("student")
    LECTURER = "lecturer", _("lecturer")
    SUPERVISOR = "supervisor", _("supervisor or professor")
    LAB_RESEARCHER = "lab_researcher", _("researcher of the practice lab")
    SECOND_CODER = "second_coder", _("second coder")
    SECOND_ASSESSOR = "second_assessor", _("second assessor")
    EXAMINATION_BOARD = "examination_board", _("examination board")
    PROGRAMME_OWNER = "programme_owner", _("programme owner")
    PROGRAMME_COORDINATOR = "programme_coordinator", _("programme coordinator")
    EDUCATION_COORDINATOR = "education_coordinator", _("education coordinator")
    PARTNER_ADMINISTRATOR = "partner_administrator", _("partner administrator")
    SPONSOR = "sponsor", _("sponsor")
    POLICY_READER = "policy_reader", _("policy reader")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data protection officer")
    KEY_KEEPER = "key_keeper", _("key keeper")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrator")
    GUEST = "guest", _("guest by link")
    VISITOR = "visitor", _("anonymous visitor")
