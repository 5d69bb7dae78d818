"""The tables of evidence by hand."""

from biotoop.web.interviews.models.claims import Claim, Proposal, Quote
from biotoop.web.interviews.models.rounds import Respondent, Round

__all__ = ["Claim", "Proposal", "Quote", "Respondent", "Round"]
