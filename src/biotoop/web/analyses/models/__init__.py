"""The tables of analyses."""

from biotoop.web.analyses.models.judging import Certainty, Override
from biotoop.web.analyses.models.runs import Run

__all__ = ["Certainty", "Override", "Run"]
