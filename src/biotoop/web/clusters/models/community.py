"""The work community: meetings, what was decided, who sees to it; and what comes after."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import AfterKind
from biotoop.web.clusters.models.clusters import Cluster
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.shared.models.records import Record


class Meeting(Record):
    """Participants and sponsors meet; without a cluster it is the learning group of all."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cluster_meetings", verbose_name=_("offered by")
    )
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="meetings"
    )
    title = models.CharField(_("title"), max_length=150)
    on = models.DateField(_("on"))
    place = models.CharField(_("place"), blank=True, max_length=150)
    agenda = models.TextField(_("agenda"), blank=True, max_length=2000)
    notes = models.TextField(_("notes"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("meeting of a cluster")
        verbose_name_plural = _("meetings of clusters")
        ordering: ClassVar = ["-on"]

    def __str__(self) -> str:
        return self.title


class Decision(Record):
    """What was decided, who sees to it, by when, and whether it is done."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("meeting"),
    )
    text = models.TextField(_("what was decided"), max_length=1000)
    owner = models.ForeignKey(
        Membership, models.PROTECT, related_name="cluster_decisions", verbose_name=_("who")
    )
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("decision of a cluster")
        verbose_name_plural = _("decisions of clusters")
        ordering: ClassVar = ["due_on"]

    def __str__(self) -> str:
        return self.text[:100]


class AfterCare(Record):
    """What goes on when the two years are over."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="after_care")
    kind = models.CharField(_("kind"), max_length=10, choices=AfterKind.choices)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("in some sentences"), blank=True, max_length=1000)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("after-care of a cluster")
        verbose_name_plural = _("after-care of clusters")
        ordering: ClassVar = ["on"]

    def __str__(self) -> str:
        return self.title
