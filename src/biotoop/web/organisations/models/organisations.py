"""An organisation and its people."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.shared.models.records import Record


class Organisation(Record):
    """A partner in the work: it offers programmes, studies them, teaches, or pays."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    place = models.CharField(_("place or region"), max_length=100, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam")
    valid_from = models.DateField(_("taking part since"), null=True, blank=True)
    valid_until = models.DateField(_("taking part until"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="organisation_ends_after_it_begins",
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.pk])


class Membership(Record):
    """A person belongs to an organisation, from a day until a day (that day included)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    job_title = models.CharField(_("job"), max_length=100, blank=True)
    hours_a_year = models.PositiveIntegerField(_("hours a year"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(ends_on=None),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.organisation})"

    def get_absolute_url(self) -> str:
        return reverse("organisations:member", args=[self.pk])
