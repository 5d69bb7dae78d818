"""An organisation brings in a theme of its own and looks for partners."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ProposalState
from biotoop.web.clusters.models.clusters import Cluster
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.shared.models.records import Record


class Proposal(Record):
    """A proposal for a cluster, made by the organisation that has the question."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals", verbose_name=_("organisation")
    )
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="hosted_proposals",
        verbose_name=_("who offers the master"),
    )
    title = models.CharField(_("title"), max_length=150)
    question = models.TextField(_("what do you want to find out?"), max_length=1000)
    wanted = models.TextField(_("which partners do you look for?"), max_length=500)
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=ProposalState.choices,
        default=ProposalState.PROPOSED,
        editable=False,
    )
    professor = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("professor"),
    )
    cluster = models.OneToOneField(
        Cluster, models.PROTECT, null=True, editable=False, related_name="proposal"
    )

    class Meta:
        verbose_name = _("proposal for a cluster")
        verbose_name_plural = _("proposals for clusters")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_started_has_a_cluster",
                condition=~models.Q(state="started") | models.Q(cluster__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("clusters:proposal", args=[self.pk])

    @property
    def standing(self) -> ProposalState:
        """Give where it stands, with its colour."""
        return ProposalState(self.state)


class Interest(Record):
    """An organisation wants to take part in what another proposed."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="interests", verbose_name=_("organisation")
    )
    note = models.TextField(_("what would you bring?"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("interest in a proposal")
        verbose_name_plural = _("interests in proposals")
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "organisation"],
                condition=models.Q(archived_at=None),
                name="interest_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
