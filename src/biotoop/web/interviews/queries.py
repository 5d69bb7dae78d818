"""What the tables of claims are asked."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from biotoop.web.interviews.enums import ProposalState
from biotoop.web.interviews.models import Claim, Proposal, Round
from biotoop.web.studies.models import Study
from biotoop.web.studies.queries import counts_as_evidence

PEOPLE, SOURCES = 3, 2
LIVE = Q(archived_at=None)

counts_as_evidence(Claim, _("claims"))


def for_lists(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Bring along what a list shows of each claim, in one query; words and people come apart."""
    return claims.select_related("round", "proposal").order_by("-created_at", "code")


def rounds_for_lists(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Bring along how many claims each round holds."""
    return rounds.annotate(
        claims_in_it=Count("claims", filter=Q(claims__archived_at=None), distinct=True)
    )


def stances_by_target(study: Study) -> Mapping[str, Mapping[str, int]]:
    """Count people by target and stance: one claim of one person is one."""
    found: dict[str, dict[str, int]] = {}
    rows = study.claims.filter(LIVE).order_by().values_list("target", "stance")
    for target, stance, people in rows.annotate(people=Sum("count")):
        found.setdefault(target, {})[stance] = people
    return found


def with_support(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Count the people and the rounds behind each proposal.

    A person counts once, whatever they said; in a group that was counted, everybody counts.
    """
    live = Q(claims__archived_at=None)
    nameless = live & Q(claims__respondent=None)
    return proposals.annotate(
        voices=Count("claims__respondent", filter=live, distinct=True),
        rounds=Count("claims__round", filter=live, distinct=True),
        counted=Sum("claims__count", filter=nameless, default=0),
    )


def people_behind(proposal: Any) -> int:  # noqa: ANN401 - a proposal with its counts
    """Give the number of people behind a proposal of ``with_support``."""
    return int(proposal.voices) + int(proposal.counted)


def asks_for_decision(proposal: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether enough people in enough rounds miss this to decide about it."""
    is_open = proposal.state == ProposalState.OPEN
    return is_open and people_behind(proposal) >= PEOPLE and proposal.rounds >= SOURCES


def waiting_for_decision(study: Study) -> list[Proposal]:
    """List what enough people miss, and nobody decided about yet."""
    rows = with_support(study.proposals.filter(LIVE, state=ProposalState.OPEN))
    return [each for each in rows if asks_for_decision(each)]
