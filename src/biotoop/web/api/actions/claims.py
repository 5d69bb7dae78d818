"""Keep several claims at once: whole, or not at all with every fault named."""

from collections.abc import Sequence
from uuid import UUID

import attrs
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.actions.claims import PURPOSE, ClaimWords, Desk, refuse_faults, write
from biotoop.web.interviews.models import Claim, Round
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.models import Study


class Unfit(Exception):
    """Some of the claims cannot be kept; by place in the list, every reason."""

    def __init__(self, reasons: dict[int, tuple[str, ...]]) -> None:
        self.reasons = reasons
        super().__init__(str(reasons))


@attrs.frozen
class Said:
    """A claim, and the round in which it was said."""

    round: UUID
    words: ClaimWords


@transaction.atomic
def add_all(
    study: Study, claims: Sequence[Said], *, by: User, among: QuerySet[Round]
) -> list[Claim]:
    """Keep claims in the order in which they were sent, in rounds that are open to who sends.

    Raises
    ------
    Refused
        The study has no text to judge yet.
    Unfit
        Some do not fit; none was kept.
    """
    desk = Desk.of(study, by)
    rounds = {row.pk: row for row in among}
    reasons = {
        place: found
        for place, said in enumerate(claims)
        if (found := faults_of(desk, said, rounds))
    }
    if reasons:
        raise Unfit(reasons)
    made = [write(desk, rounds[said.round], said.words) for said in claims]
    for claim in made:
        noted(claim, "claim_added", by.pk, PURPOSE)
    return made


def faults_of(desk: Desk, said: Said, rounds: dict[UUID, Round]) -> tuple[str, ...]:
    """Say why a claim cannot be kept."""
    target = desk.theory.find(said.words.target)
    found = () if said.round in rounds else (no_round(),)
    try:
        refuse_faults(said.words, target.stances if target else (), desk.theory)
    except Refused as refusal:
        return (*found, *(str(reason) for reason in refusal.args))
    return found


def no_round() -> str:
    """Say that a round is not of this study."""
    return _("This study has no such round. Ask for its rounds, or make one in the workplace.")
