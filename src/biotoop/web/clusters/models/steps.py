"""Each step in the life of a cluster, a seat or a proposal; written once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState
from biotoop.web.clusters.models.clusters import Cluster
from biotoop.web.clusters.models.proposals import Proposal
from biotoop.web.clusters.models.seats import Seat
from biotoop.web.shared.enums import Role
from biotoop.web.theories.models import FrozenModel

ABOUT = ("cluster", "seat", "proposal")


def about_one() -> models.Q:
    """Give the condition that a step is about exactly one thing."""
    found = models.Q()
    for name in ABOUT:
        found |= models.Q(**{f"{each}__isnull": each != name for each in ABOUT})
    return found


class LifeStep(FrozenModel):
    """Who took the step, in which role, on which day, and why."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, related_name="steps")
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="steps")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="steps")
    was = models.CharField(max_length=10, blank=True)
    now = models.CharField(max_length=10)
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    by = models.UUIDField(null=True)
    on = models.DateField()
    reason = models.TextField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step in a life")
        verbose_name_plural = _("steps in a life")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="life_step_about_one", condition=about_one())
        ]

    def __str__(self) -> str:
        return str(self.standing.label)

    @property
    def standing(self) -> ClusterState | SeatState | ProposalState:
        """Give where this step led to."""
        if self.seat_id:
            return SeatState(self.now)
        return ClusterState(self.now) if self.cluster_id else ProposalState(self.now)
