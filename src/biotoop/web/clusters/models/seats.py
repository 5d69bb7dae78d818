"""Seats that organisations buy, and who sits on them."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models.clusters import Cluster
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.programmes.models.partnerships import Dated, ends_after_it_begins
from biotoop.web.shared.models.records import Record


class Seat(Record):
    """A place in the research of a cluster, and with it a place in the master for one employee."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="seats", verbose_name=_("organisation")
    )
    sponsor = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_seats",
        verbose_name=_("sponsor"),
    )
    motive = models.TextField(_("what do you want to find out?"), max_length=1000)
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=SeatState.choices,
        default=SeatState.REQUESTED,
        editable=False,
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat in a cluster")
        verbose_name_plural = _("seats in clusters")
        ordering: ClassVar = ["organisation__name", "created_at"]
        indexes: ClassVar = [models.Index(fields=["cluster", "state"], name="seat_state")]
        constraints: ClassVar = [
            ends_after_it_begins("seat"),
            models.CheckConstraint(
                name="seat_taken_has_dates",
                condition=~models.Q(state__in=["taken", "finished"])
                | models.Q(starts_on__isnull=False, ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("clusters:seat", args=[self.pk])

    @property
    def standing(self) -> SeatState:
        """Give where it stands, with its colour."""
        return SeatState(self.state)


class Holder(Dated):
    """The employee on a seat; who comes after another enrols anew."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="holders")
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="held_seats", verbose_name=_("employee")
    )
    enrolment = models.PositiveSmallIntegerField(_("enrolment"), default=1)
    reason = models.TextField(_("why somebody else came"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("employee on a seat")
        verbose_name_plural = _("employees on seats")
        ordering: ClassVar = ["starts_on", "enrolment", "created_at"]
        constraints: ClassVar = [
            ends_after_it_begins("holder"),
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(ends_on=None), name="seat_holds_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)
