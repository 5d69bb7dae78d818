"""Places to do research: what an organisation offers, who asks for it, and who is placed."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate  # noqa: TID251 - what is written down, not what holds
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Organisation
from biotoop.web.questions.enums import ApplicationState, OpeningKind, OpeningState
from biotoop.web.questions.models.questions import Question
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.models.records import Record
from biotoop.web.theories.models import Link


class Opening(Record):
    """A topic for an internship or thesis, with the angles from which it can be looked at."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="openings", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=OpeningKind.choices)
    title = models.CharField(_("title"), max_length=150)
    about = models.TextField(_("what is to be found out, and why"), max_length=3000)
    angles = models.TextField(_("angles, one on each line"), max_length=2000)
    other_angles = models.BooleanField(_("other angles can be discussed"), default=True)
    together = models.BooleanField(_("students may work together"), default=True)
    seats = models.PositiveSmallIntegerField(_("number of places"), default=1)
    mentor = models.CharField(
        _("who guides at the organisation"), max_length=200,
        help_text=_("The role, and how many hours a week."),
    )  # fmt: skip
    supervision = models.CharField(
        _("who supervises at the college or university"), max_length=200, blank=True
    )
    step = models.ForeignKey(
        Link, models.SET_NULL, null=True, blank=True, related_name="openings",
        verbose_name=_("open step of a theory of change"),
    )  # fmt: skip
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="openings",
        verbose_name=_("question from practice"),
    )  # fmt: skip
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    apply_by = models.DateField(_("apply before"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=OpeningState.choices, default=OpeningState.DRAFT,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = _("research opening")
        verbose_name_plural = _("research openings")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(name="opening_has_places", condition=models.Q(seats__gte=1))
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:opening", args=[self.pk])

    @property
    def angle_list(self) -> list[str]:
        """Give the angles, one by one."""
        return [line.strip(" -*") for line in self.angles.splitlines() if line.strip(" -*")]

    @property
    def takes_applications(self) -> bool:
        """Tell whether students can apply."""
        in_time = self.apply_by is None or self.apply_by >= site_day()
        return self.state == OpeningState.OPEN and in_time


class Application(Record):
    """A student asks for a place, and may get it."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="applications")
    student = models.ForeignKey(User, models.CASCADE, related_name="applications")
    angle = models.CharField(_("your angle"), max_length=300)
    motivation = models.TextField(_("why you"), max_length=2000)
    fellows = models.CharField(_("with whom you want to work together"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ApplicationState.choices,
        default=ApplicationState.APPLIED, editable=False,
    )  # fmt: skip
    since = models.DateField(default=localdate, editable=False)
    supervisor = models.CharField(_("supervisor"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opening", "student"],
                condition=models.Q(state__in=["applied", "talk", "offered", "placed"]),
                name="applied_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.opening}"

    def get_absolute_url(self) -> str:
        return reverse("questions:application", args=[self.pk])


class ApplicationStep(models.Model):
    """One step in the life of an application, with its reason."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=12)
    was = models.CharField(max_length=10, choices=ApplicationState.choices)
    became = models.CharField(max_length=10, choices=ApplicationState.choices)
    text = models.TextField(blank=True)
    by = models.UUIDField(null=True)
    on = models.DateField(default=localdate)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.became}"
