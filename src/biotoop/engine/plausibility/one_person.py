"""One person never decides: the grades found when each person in turn is left out."""

from collections.abc import Iterator, Sequence

import attrs

from biotoop.engine.evidence.model import Family, Grade
from biotoop.engine.plausibility.grading import (
    Circumstances,
    Share,
    gather,
    grade_of,
    nearest_to_open,
)
from biotoop.engine.plausibility.pool import effective_number, pool
from biotoop.engine.plausibility.scheme_model import Scheme
from biotoop.engine.plausibility.voices import each_ratio
from biotoop.engine.plausibility.weights import GroupKind, GroupWeight

_SETTLED = (Grade.OPEN, Grade.TOO_LITTLE)
Trace = tuple[tuple[int, float], ...]


@attrs.frozen(kw_only=True)
class OnePerson:
    """What leaving out one person does.

    Attributes
    ----------
    grade
        The grade to show: of all grades found, the one nearest to "open".
    deciding
        How many people change the grade when they alone are left out.
    found
        The other grade that is shown because of them; None when nobody decides.
    """

    grade: Grade
    deciding: int
    found: Grade | None


def leave_each_out(
    groups: Sequence[GroupWeight], given: Circumstances, computed: Grade, scheme: Scheme
) -> OnePerson:
    """Leave out each person in turn and take the grade nearest to "open".

    A grade that is open, or that says that too little is known, cannot come nearer. People whose
    weights are the same are left out once for all.

    Parameters
    ----------
    groups
        All groups of the target.
    given
        Its other circumstances.
    computed
        The grade with everyone in.
    scheme
        The convention.
    """
    if computed in _SETTLED:
        return OnePerson(grade=computed, deciding=0, found=None)
    fewer = attrs.evolve(given, respondents=given.respondents - 1)
    shares = [share_of(group) for group in groups]
    shown, deciding = computed, 0
    for trace, people in _people(groups).items():
        left = list(shares)
        for place, log_ratio in trace:
            left[place] = _without(groups[place], log_ratio)
        kept = [share for share in left if share.n_eff > 0]
        grade = grade_of(gather(kept, fewer, scheme), scheme)
        if grade is not computed:
            deciding += people
            shown = nearest_to_open(shown, grade)
    return OnePerson(grade=shown, deciding=deciding, found=None if shown is computed else shown)


def share_of(group: GroupWeight) -> Share:
    """Give what a group brings to a grade."""
    return Share(family=group.family, log_ratio=group.log_ratio, n_eff=group.n_eff)


def _people(groups: Sequence[GroupWeight]) -> dict[Trace, int]:
    """Give how many people leave the same trace: the groups they speak in, and their weights."""
    traces: dict[str, list[tuple[int, float]]] = {}
    found: dict[Trace, int] = {}
    for place, person, people, log_ratio in _voices(groups):
        if person is None:
            alone = ((place, log_ratio),)
            found[alone] = found.get(alone, 0) + people
        else:
            traces.setdefault(person, []).append((place, log_ratio))
    for said in traces.values():
        trace = tuple(said)
        found[trace] = found.get(trace, 0) + 1
    return found


def _voices(groups: Sequence[GroupWeight]) -> Iterator[tuple[int, str | None, int, float]]:
    for place, group in enumerate(groups):
        if group.kind is GroupKind.CLAIMS and group.family is not Family.REGISTRATION:
            for item in group.items:
                yield place, item.item, item.people, item.log_ratio


def _without(group: GroupWeight, log_ratio: float) -> Share:
    """Weigh a group once more without one voice of this weight; the talks stay what they were."""
    ratios = each_ratio(group.items)
    ratios.remove(log_ratio)
    return Share(
        family=group.family,
        log_ratio=pool(ratios, group.rho),
        n_eff=effective_number(group.n - 1, group.rho),
    )
