"""Research programmes, programmes and policy goals."""

from biotoop.web.programmes.models.partnerships import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
)
from biotoop.web.programmes.models.programmes import PolicyGoal, Programme

__all__ = [
    "Agreement",
    "Capacity",
    "Line",
    "LinePartner",
    "Partner",
    "Partnership",
    "PolicyGoal",
    "Programme",
]
