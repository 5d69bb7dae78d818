"""The words that claims use; the values are those of the evidence scheme in the engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    """What a claim says about its target; the first four for steps, the others for nodes."""

    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    NUANCES = "nuances", _("nuances")
    NOT_MENTIONED = "not_mentioned", _("not mentioned")
    RECOGNISED = "recognised", _("recognised")
    NOT_RECOGNISED = "not_recognised", _("not recognised")
    MEANS_OTHER = "means_other", _("means something else")
    DOES_NOT_COUNT = "does_not_count", _("does not count")
    MISSING = "missing", _("something is missing")


class TargetKind(models.TextChoices):
    """What a claim is about."""

    LINK = "link", _("step")
    NODE = "node", _("node")
    ROUTE = "route", _("route")


class Method(models.TextChoices):
    """How a round was held."""

    INTERVIEW = "interview", _("interview")
    GROUP_TALK = "group_talk", _("group talk")
    MEMBER_CHECK = "member_check", _("reading the summary again")
    MOST_SIGNIFICANT_CHANGE = "most_significant_change", _("most significant change")
    CARD_SORT = "card_sort", _("sorting cards")
    Q_SORT = "q_sort", _("Q-sort")
    OUTCOME_HARVESTING = "outcome_harvesting", _("outcome harvesting")
    QUIP = "quip", _("QuIP")
    OBSERVATION = "observation", _("observation")
    SURVEY = "survey", _("questionnaire")
    DOCUMENT = "document", _("documents")


class Asked(models.TextChoices):
    """Whether the topic was put to the respondent."""

    ASKED = "asked", _("asked")
    UNPROMPTED = "unprompted", _("unprompted")


class AskedBy(models.TextChoices):
    """Who asked."""

    OWN_ORGANISATION = "own_organisation", _("own organisation")
    INDEPENDENT = "independent", _("independent")


class RivalRelation(models.TextChoices):
    """How another cause stands to the step."""

    EXCLUDES = "excludes", _("excludes the step")
    ADDS = "adds", _("adds to the step")
    INDEPENDENT = "independent", _("stands apart from it")


class CoderRelation(models.TextChoices):
    """Whether the coder belongs to the programme."""

    PROGRAMME = "programme", _("of the programme")
    INDEPENDENT = "independent", _("independent")


class Quality(models.TextChoices):
    """How much a claim weighs."""

    FULL = "1", _("full weight")
    GOOD = "0.75", _("three quarters")
    HALF = "0.5", _("half")
    QUARTER = "0.25", _("a quarter")


class ProposalState(models.TextChoices):
    """What was decided about something that residents miss in the theory."""

    OPEN = "open", _("not decided")
    INCLUDED = "included", _("taken up")
    REJECTED = "rejected", _("not taken up")
    PARKED = "parked", _("kept for later")
