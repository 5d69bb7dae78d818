"""A run of a study: what was frozen, where it stands, and what came of it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.analyses.enums import ACTIVE, Failure, RunState
from biotoop.web.shared.models.jobs import Job
from biotoop.web.shared.models.records import Record
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Version


class Run(Record):
    """One run. ``digest`` names the frozen folder and the engine; ``content`` what was frozen.

    ``plan`` is the hash of the registration that the run stands to, empty without one.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="runs")
    version = models.ForeignKey(Version, models.PROTECT, related_name="runs")
    state = models.CharField(
        _("state"), max_length=8, choices=RunState.choices, default=RunState.WAITING
    )
    asked_by = models.UUIDField(null=True, editable=False)
    evidence_until = models.DateTimeField(_("evidence until"))
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    plan = models.CharField(max_length=64, blank=True)
    engine = models.CharField(_("version of the engine"), max_length=30)
    scheme = models.CharField(_("scheme"), max_length=20, blank=True)
    label = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="nl")
    step = models.JSONField(default=dict)
    steps_done = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=10, choices=Failure.choices, blank=True)
    faults = models.JSONField(default=list)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )
    job = models.OneToOneField(Job, models.SET_NULL, null=True, related_name="run")

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["study", "-created_at"], name="run_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study"], condition=models.Q(state__in=ACTIVE), name="one_run_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=models.Q(state=RunState.DONE), name="found_once"
            ),
            models.CheckConstraint(
                name="failed_run_says_why",
                condition=~models.Q(state=RunState.FAILED) | ~models.Q(failure=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.digest[:12]}"

    def get_absolute_url(self) -> str:
        return reverse("analyses:run", args=[self.pk])

    @property
    def is_active(self) -> bool:
        """Tell whether the run still waits or works."""
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        """Tell whether there are findings."""
        return self.state == RunState.DONE
