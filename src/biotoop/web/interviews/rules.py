"""Claims, words and respondents lie where their study lies."""

from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.studies.rules import along

for owned in (Claim, Proposal, Respondent, Round):
    along(owned, "study")
along(Quote, "claim__study")
