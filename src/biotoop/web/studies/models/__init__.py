"""The tables of studies."""

from biotoop.web.studies.models.cycles import Cycle, GateAnswer, Reflection
from biotoop.web.studies.models.evidence import LiteratureItem, ProcessTest, Snapshot
from biotoop.web.studies.models.studies import (
    PlanRegistration,
    StateChange,
    Study,
    StudyDocument,
    StudySafeguard,
)

__all__ = [
    "Cycle",
    "GateAnswer",
    "LiteratureItem",
    "PlanRegistration",
    "ProcessTest",
    "Reflection",
    "Snapshot",
    "StateChange",
    "Study",
    "StudyDocument",
    "StudySafeguard",
]
