"""The words that the tables of theories use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read what is published; published is not public."""

    PROGRAMME = "programme", _("people of the programme")
    PARTNERS = "partners", _("partners of the organisation")
    PUBLIC = "public", _("everybody")


class Language(models.TextChoices):
    """The language in which a theory is written."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")


class ReviewState(models.TextChoices):
    """Where a review stands."""

    ASKED = "asked", _("asked")
    APPROVED = "approved", _("approved")
    CHANGES = "changes", _("changes asked for")
    WITHDRAWN = "withdrawn", _("withdrawn")


class State(models.TextChoices):
    """Where a theory stands, in one word."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    CHANGING = "changing", _("published, changes in draft")


class Act(models.TextChoices):
    """What was done to a draft."""

    STARTED = "started", _("started")
    NODE_ADDED = "node_added", _("node added")
    NODE_CHANGED = "node_changed", _("node changed")
    NODE_MOVED = "node_moved", _("node moved")
    NODE_DROPPED = "node_dropped", _("node taken out")
    LINK_ADDED = "link_added", _("step added")
    LINK_CHANGED = "link_changed", _("step changed")
    LINK_DROPPED = "link_dropped", _("step taken out")
    CANVAS_CHANGED = "canvas_changed", _("canvas changed")
    PASTED = "pasted", _("pasted")
    IMPORTED = "imported", _("read from a file")
    UNDONE = "undone", _("undone")
