"""Which rows of clusters lie where, and which steps a life can take."""

from biotoop.web.clusters.rules import offering, places, sharing
from biotoop.web.clusters.rules.lifecycles import (
    CLUSTER_STEPS,
    PROPOSAL_STEPS,
    SEAT_STEPS,
    Transition,
    acting_role,
    may_step,
    steps_for,
)

__all__ = [
    "CLUSTER_STEPS",
    "PROPOSAL_STEPS",
    "SEAT_STEPS",
    "Transition",
    "acting_role",
    "may_step",
    "offering",
    "places",
    "sharing",
    "steps_for",
]
