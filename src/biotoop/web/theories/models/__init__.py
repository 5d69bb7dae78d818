"""The tables of theories of change."""

from biotoop.web.theories.models.frozen import Frozen, FrozenModel
from biotoop.web.theories.models.talks import Comment, Review
from biotoop.web.theories.models.theories import (
    Draft,
    DraftEdition,
    GoalLink,
    Link,
    Node,
    Theory,
)
from biotoop.web.theories.models.versions import AgendaItem, LinkAssessment, Version

__all__ = [
    "AgendaItem",
    "Comment",
    "Draft",
    "DraftEdition",
    "Frozen",
    "FrozenModel",
    "GoalLink",
    "Link",
    "LinkAssessment",
    "Node",
    "Review",
    "Theory",
    "Version",
]
