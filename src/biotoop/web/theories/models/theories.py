"""A theory of change, the draft on which people work together, and who its parts are."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.shared.actions.files import holds_files
from biotoop.web.shared.models.records import Record, address_of
from biotoop.web.theories.enums import Act, Language, Visibility


@holds_files
class Theory(Record):
    """The reasoning of a programme, in all its versions; a variant is written for another place."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="theories", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=150)
    language = models.CharField(
        _("written in"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    variant_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="variants",
        verbose_name=_("variant of"),
    )  # fmt: skip
    visibility = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Visibility.choices,
        default=Visibility.PROGRAMME,
    )
    invented = models.BooleanField(_("the content is invented"), default=False)
    latest = models.ForeignKey(
        "theories.Version", models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("theory of change")
        verbose_name_plural = _("theories of change")
        ordering: ClassVar = ["title", "place"]

    def __str__(self) -> str:
        return f"{self.title} ({self.place})" if self.place else self.title

    def get_absolute_url(self) -> str:
        return address_of("theories:read", self.pk)


class Draft(Record):
    """The text that is being worked on; its edition counts every change (``DraftEdition``)."""

    theory = models.OneToOneField(Theory, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    changed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.theory} ({self.edition})"


class DraftEdition(models.Model):
    """The draft as it was: for taking a step back, and for telling two people what differs."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="editions")
    edition = models.PositiveIntegerField()
    content = models.JSONField()
    act = models.CharField(max_length=20, choices=Act.choices)
    item = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "edition"], name="draft_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_act_display()}"


class Part(models.Model):
    """Who a node or link is, in every draft and version: its identity and its short code.

    A row is made when the part is drafted and stays; a code is never given out again. ``label``
    holds its words in the last published version, and nothing before that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=32)
    label = models.TextField(_("text"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()


class Node(Part):
    """A node: what is done, or what changes for whom."""

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="nodes")

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theory", "code"], name="node_code_once")
        ]


class Link(Part):
    """A step: if, then, because. Other ends make another link, which replaces this one."""

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="links")
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="replaced_by", editable=False
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theory", "code"], name="link_code_once")
        ]


class GoalLink(Record):
    """A node serves a policy goal of a municipality, and why."""

    node = models.ForeignKey(Node, models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(
        PolicyGoal, models.CASCADE, related_name="node_links", verbose_name=_("policy goal")
    )
    because = models.CharField(_("how it serves the goal"), max_length=300, blank=True)
    made_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("policy goal of a node")
        verbose_name_plural = _("policy goals of nodes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "goal"], name="goal_once_for_a_node")
        ]

    def __str__(self) -> str:
        return f"{self.node} - {self.goal}"
