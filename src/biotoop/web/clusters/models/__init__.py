"""The tables of research clusters."""

from biotoop.web.clusters.models.clusters import Adoption, Aspect, Cluster, Theme
from biotoop.web.clusters.models.community import AfterCare, Decision, Meeting
from biotoop.web.clusters.models.datasets import Dataset, DatasetAccess, DatasetPart
from biotoop.web.clusters.models.lines import Joining, OwnLine, Report, Yield
from biotoop.web.clusters.models.proposals import Interest, Proposal
from biotoop.web.clusters.models.seats import Holder, Seat
from biotoop.web.clusters.models.steps import LifeStep

__all__ = [
    "Adoption",
    "AfterCare",
    "Aspect",
    "Cluster",
    "Dataset",
    "DatasetAccess",
    "DatasetPart",
    "Decision",
    "Holder",
    "Interest",
    "Joining",
    "LifeStep",
    "Meeting",
    "OwnLine",
    "Proposal",
    "Report",
    "Seat",
    "Theme",
    "Yield",
]
