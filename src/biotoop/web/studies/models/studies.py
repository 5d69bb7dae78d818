"""A study, its documents, and the plan that was registered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions.files import holds_files
from biotoop.web.shared.models.records import Record, address_of
from biotoop.web.studies.enums import (
    DocumentName,
    Purpose,
    Safeguard,
    SafeguardState,
    StudyState,
)
from biotoop.web.studies.models.cycles import Cycle
from biotoop.web.theories.enums import Language
from biotoop.web.theories.models import FrozenModel, Theory, Version

MOST_SEED = 2**31 - 1


@holds_files
class Study(Record):
    """What one team finds out for one theory. ``study.yaml`` says the same, and more."""

    theory = models.ForeignKey(
        Theory, models.PROTECT, related_name="studies", verbose_name=_("theory of change")
    )
    version = models.ForeignKey(
        Version,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studies",
        verbose_name=_("version of the theory"),
    )
    cycle = models.ForeignKey(
        Cycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="studies",
        verbose_name=_("learning cycle"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="studies",
        verbose_name=_("organisation that answers for the data"),
    )
    title = models.CharField(_("title"), max_length=150)
    question = models.TextField(_("the question, in one sentence"), max_length=500)
    purpose = models.CharField(
        _("what is it for?"), max_length=10, choices=Purpose.choices, default=Purpose.LEARN
    )
    publish_by = models.DateField(_("public by"), null=True, blank=True)
    period_start = models.DateField(_("first day that it is about"))
    period_end = models.DateField(_("last day that it is about"))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    seed = models.PositiveIntegerField(_("seed of the draws"), default=2026)
    invented = models.BooleanField(_("the content is invented"), default=False)
    state = models.CharField(
        _("where it stands"),
        max_length=15,
        choices=StudyState.choices,
        default=StudyState.IDEA,
        editable=False,
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    publication = models.CharField(_("where it can be read"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering: ClassVar = ["-period_start", "title"]
        indexes: ClassVar = [models.Index(fields=["state"], name="study_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="study_that_accounts_is_published",
                condition=~models.Q(purpose=Purpose.ACCOUNT) | models.Q(publish_by__isnull=False),
            ),
            models.CheckConstraint(
                name="study_period_ends_after_it_begins",
                condition=models.Q(period_end__gte=models.F("period_start")),
            ),
            models.CheckConstraint(name="study_seed_fits", condition=models.Q(seed__lte=MOST_SEED)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("studies:study", self.pk)


class StateChange(FrozenModel):
    """A study went from one state to another."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="state_changes")
    was = models.CharField(max_length=15, choices=StudyState.choices)
    now = models.CharField(max_length=15, choices=StudyState.choices)
    reason = models.TextField(max_length=1000, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step in the life of a study")
        verbose_name_plural = _("steps in the life of a study")
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.get_was_display()} > {self.get_now_display()}"


class StudySafeguard(Record):
    """What was agreed to protect who takes part, by whom, or why it is not needed."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="safeguards")
    kind = models.CharField(max_length=10, choices=Safeguard.choices)
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=SafeguardState.choices,
        default=SafeguardState.OPEN,
    )
    explanation = models.TextField(
        _("by whom and where to find it, or why not"), max_length=1000, blank=True
    )
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("safeguard")
        verbose_name_plural = _("safeguards")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "kind"], name="safeguard_once_a_study"),
            models.CheckConstraint(
                name="safeguard_is_explained",
                condition=models.Q(state=SafeguardState.OPEN) | ~models.Q(explanation=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class StudyDocument(Record):
    """A document of the study folder, as somebody wrote it; it always reads without a fault."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=40, choices=DocumentName.choices)
    text = models.TextField(_("text"), max_length=400_000)
    changed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="document_once_a_study")
        ]

    def __str__(self) -> str:
        return self.name


class PlanRegistration(FrozenModel):
    """The plan as it was fixed, with the time of the server; a later one names the one before.

    ``record`` is the whole registration.json; ``documents`` are the texts that it was made from.
    """

    study = models.ForeignKey(Study, models.PROTECT, related_name="registrations")
    digest = models.CharField(max_length=64)
    replaces = models.CharField(max_length=64, blank=True)
    scheme = models.CharField(max_length=20)
    scheme_digest = models.CharField(max_length=64)
    version = models.ForeignKey(Version, models.PROTECT, related_name="registrations")
    plans = models.PositiveSmallIntegerField(default=0)
    registered_at = models.DateTimeField(_("registered on"))
    by = models.UUIDField(null=True)
    record = models.JSONField()
    documents = models.JSONField()

    class Meta:
        verbose_name = _("registered plan")
        verbose_name_plural = _("registered plans")
        ordering: ClassVar = ["registered_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "digest"], name="registered_once"),
            models.UniqueConstraint(
                fields=["study", "replaces"], name="registrations_form_a_chain"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]
