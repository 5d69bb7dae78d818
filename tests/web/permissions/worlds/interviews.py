"""A round, a respondent, a claim with its words, and what is missing, in every study."""

from biotoop.web.interviews.enums import Method, Stance, TargetKind
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round


def fill(world) -> None:
    for study, place in world.studies:
        asked = Round.objects.create(study=study, code="r1", method=Method.INTERVIEW)
        heard = Respondent.objects.create(study=study, code="R1")
        said = Claim.objects.create(
            study=study, round=asked, code="c1", respondent=heard, target="S1",
            target_kind=TargetKind.LINK, stance=Stance.SUPPORTS,
        )  # fmt: skip
        words = Quote.objects.create(claim=said, text="Ik slaap beter.")
        missed = Proposal.objects.create(study=study, label="Rust", key="rust")
        for row in (asked, heard, said, words, missed):
            world.add(row, **place)
