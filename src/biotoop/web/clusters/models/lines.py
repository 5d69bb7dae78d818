"""The own line of each participant within the theme, what came of it, and what it brought."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ReportKind, YieldKind
from biotoop.web.clusters.models.clusters import Aspect, Cluster
from biotoop.web.clusters.models.seats import Holder, Seat
from biotoop.web.programmes.models.partnerships import Dated, ends_after_it_begins
from biotoop.web.shared.models.records import Record

WEB = ("http", "https")


class OwnLine(Record):
    """What one participant finds out, marked off against the lines of the others."""

    holder = models.OneToOneField(Holder, models.CASCADE, related_name="line")
    title = models.CharField(_("title"), blank=True, max_length=150)
    question = models.TextField(_("own question"), blank=True, max_length=500)
    within = models.TextField(_("this belongs to my line"), blank=True, max_length=1000)
    outside = models.TextField(_("this I leave to others"), blank=True, max_length=1000)
    aspects = models.ManyToManyField(
        Aspect, blank=True, related_name="lines", verbose_name=_("parts of the question")
    )

    class Meta:
        verbose_name = _("own line")
        verbose_name_plural = _("own lines")

    def __str__(self) -> str:
        """Give the title; without one, whose line it is, as long as they have a name."""
        return self.title or str(_("Line of %(name)s") % {"name": self.holder})

    def get_absolute_url(self) -> str:
        return reverse("clusters:seat", args=[self.holder.seat_id])


class Joining(Dated):
    """A participant with a free theme works along in a cluster; that takes no seat there."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="joinings")
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, related_name="joinings", verbose_name=_("cluster")
    )
    reason = models.TextField(_("what you do together"), max_length=500)

    class Meta:
        verbose_name = _("joining of a cluster")
        verbose_name_plural = _("joinings of clusters")
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            ends_after_it_begins("joining"),
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(ends_on=None), name="seat_joins_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.cluster)


class Report(Record):
    """What a participant tells: how it goes, or a work that came out."""

    line = models.ForeignKey(OwnLine, models.CASCADE, related_name="reports")
    kind = models.CharField(_("kind"), max_length=12, choices=ReportKind.choices)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("in some sentences"), blank=True, max_length=2000)
    address = models.CharField(
        _("where it can be read"), blank=True, max_length=300, validators=[URLValidator(WEB)]
    )
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("report of a participant")
        verbose_name_plural = _("reports of participants")
        ordering: ClassVar = ["-on", "-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clusters:seat", args=[self.line.holder.seat_id])


class Yield(Record):
    """What a seat brought the organisation or the student, and what shows it."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="yields")
    kind = models.CharField(_("kind"), max_length=12, choices=YieldKind.choices)
    text = models.TextField(_("what it brought"), max_length=1000)
    evidence = models.TextField(_("what shows it"), max_length=1000)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("yield of a seat")
        verbose_name_plural = _("yields of seats")
        ordering: ClassVar = ["kind", "on"]

    def __str__(self) -> str:
        return self.get_kind_display()
