"""What was published, and what the evidence says about it."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.theories.models.frozen import Frozen, FrozenModel
from biotoop.web.theories.models.theories import Link, Theory


class Version(FrozenModel):
    """A text as it was published; ``content`` is the whole theory.yaml as plain data."""

    theory = models.ForeignKey(Theory, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    text_hash = models.CharField(max_length=64)
    draft_edition = models.PositiveIntegerField(default=0)
    note = models.TextField(_("what changed, and why"), blank=True, max_length=2000)
    published_at = models.DateTimeField(_("published on"), default=now)
    published_by = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=150, blank=True)
    read_by_name = models.CharField(max_length=150, blank=True)
    alone = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theory", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.theory}, {self.number}"

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        raise Frozen

    def get_absolute_url(self) -> str:
        return reverse("theories:version", args=[self.theory_id, self.number])


class LinkAssessment(FrozenModel):
    """What the evidence said about one step of one version, up to a day, by one scheme.

    Written by the analyses only, from what readers may see: a number of people that they may not
    see is empty. A later look, or another grade by an assessor, makes a new row; the last counts.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="assessments")
    link = models.ForeignKey(Link, models.CASCADE, related_name="assessments")
    run = models.UUIDField(db_index=True)
    scheme = models.CharField(max_length=20)
    evidence_until = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    grade = models.CharField(max_length=20)
    sensitive = models.BooleanField(default=False)
    certainty = models.CharField(max_length=20, blank=True)
    override = models.CharField(max_length=20, blank=True)
    people_for = models.PositiveIntegerField(null=True, default=0)
    people_against = models.PositiveIntegerField(null=True, default=0)
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("judgement of a step")
        verbose_name_plural = _("judgements of steps")
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "version", "link"],
                condition=models.Q(override=""),
                name="assessed_once_a_run",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.grade}"


class AgendaItem(FrozenModel):
    """What to find out next: a step, its place in the order, and why. Written by the analyses."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="agenda")
    link = models.ForeignKey(Link, models.CASCADE, related_name="agenda")
    run = models.UUIDField(db_index=True)
    rank = models.PositiveIntegerField()
    euros = models.FloatField(null=True)
    worth = models.FloatField(null=True)
    worth_error = models.FloatField(null=True)
    study_cost = models.FloatField(null=True)
    price_year = models.PositiveSmallIntegerField(null=True)
    routes = models.PositiveIntegerField(default=0)
    is_estimated = models.BooleanField(default=False)
    reason_nl = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("item of the learning agenda")
        verbose_name_plural = _("learning agenda")
        ordering: ClassVar = ["rank"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "version", "rank"], name="agenda_rank_once")
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.link}"
