"""From K and the floors to a grade. Borders of K after Kass & Raftery (1995), as a convention."""

import math
from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.evidence.model import Certainty, Family, Grade
from biotoop.engine.plausibility.link_result import Border
from biotoop.engine.plausibility.pool import pool
from biotoop.engine.plausibility.scheme_model import Floors, GradeBorders, Scheme

CERTAINTY_ORDER = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)
STRENGTH_ORDER = (
    Grade.VERY_PLAUSIBLE,
    Grade.PLAUSIBLE,
    Grade.OPEN,
    Grade.DISPUTED,
    Grade.CONTRADICTED,
    Grade.ADVERSE,
)


@attrs.frozen(kw_only=True)
class Share:
    """What one group brings to a grade: its family, its weight and its worth in items."""

    family: Family
    log_ratio: float
    n_eff: float


@attrs.frozen(kw_only=True)
class Circumstances:
    """What decides a grade besides the groups.

    Attributes
    ----------
    respondents
        Different people.
    comparison
        Whether a comparison of the level that the scheme asks for counts.
    log_harm
        Sum of ln harm ratios over the estimates that count; None without any.
    certainty
        Overall certainty as judged; None when nobody judged.
    rival
        Whether another explanation was considered.
    """

    respondents: int
    comparison: bool
    log_harm: float | None
    certainty: Certainty | None
    rival: bool


@attrs.frozen(kw_only=True)
class Facts:
    """All that decides a grade; families without literature, and those of them that support."""

    log_k: float
    groups: int
    n_eff: float
    weights: Mapping[Family, float]
    families: tuple[Family, ...]
    supporting: tuple[Family, ...]
    given: Circumstances


def family_weights(shares: Sequence[Share], scheme: Scheme) -> dict[Family, float]:
    """Pool the groups of each family: L_family."""
    by_family: dict[Family, list[float]] = {}
    for share in shares:
        by_family.setdefault(share.family, []).append(share.log_ratio)
    return {
        family: pool(by_family[family], scheme.families.of(family))
        for family in Family
        if family in by_family
    }


def gather(shares: Sequence[Share], given: Circumstances, scheme: Scheme) -> Facts:
    """Bring groups and circumstances together: L is the sum over families, K = exp(L)."""
    weights = family_weights(shares, scheme)
    local = tuple(family for family in weights if family is not Family.LITERATURE)
    tolerance = scheme.grades.tolerance
    return Facts(
        log_k=math.fsum(weights.values()),
        groups=len(shares),
        n_eff=math.fsum(share.n_eff for share in shares),
        weights=weights,
        families=local,
        supporting=tuple(family for family in local if weights[family] > tolerance),
        given=given,
    )


def enough(facts: Facts, floors: Floors, tolerance: float) -> bool:
    """Tell whether enough was studied: more than one group and n_eff, or a comparison."""
    several = facts.groups >= floors.groups and facts.n_eff >= floors.n_eff - tolerance
    return several or facts.given.comparison


def adverse(facts: Facts, borders: GradeBorders) -> bool:
    """Tell whether the evidence speaks against and an effect the wrong way is likely."""
    against = facts.log_k <= -math.log(borders.disputed_one_in) + borders.tolerance
    return against and harmful(facts.given.log_harm, borders)


def harmful(log_harm: float | None, borders: GradeBorders) -> bool:
    """Tell whether the ratio for harm reaches its border."""
    return log_harm is not None and log_harm >= math.log(borders.harm) - borders.tolerance


def self_report_alone(facts: Facts) -> bool:
    """Tell whether nothing local but self-report is there."""
    return facts.families == (Family.SELF_REPORT,)


def certain_enough(facts: Facts, floors: Floors) -> bool:
    """Tell whether overall certainty was judged and reaches its floor."""
    judged = facts.given.certainty
    return judged is not None and (
        CERTAINTY_ORDER.index(judged) >= CERTAINTY_ORDER.index(floors.certainty)
    )


def carried(facts: Facts, floors: Floors) -> bool:
    """Tell whether the condition of "plausible" holds: families and people, or a comparison."""
    voices = (
        len(facts.supporting) >= floors.families and facts.given.respondents >= floors.respondents
    )
    return voices or facts.given.comparison


def grade_of(facts: Facts, scheme: Scheme) -> Grade:
    """Give the grade: too little, adverse, then the highest row whose K and condition hold."""
    borders, floors = scheme.grades, scheme.floors
    if not enough(facts, floors, borders.tolerance):
        return Grade.TOO_LITTLE
    if adverse(facts, borders):
        return Grade.ADVERSE
    place = band(facts.log_k, borders)
    alone = self_report_alone(facts)
    highest = len(facts.supporting) >= floors.families and certain_enough(facts, floors)
    if place == _VERY and highest and facts.given.rival and not alone:
        return Grade.VERY_PLAUSIBLE
    if place >= _PLAUSIBLE and carried(facts, floors) and not alone:
        return Grade.PLAUSIBLE
    return _BY_BAND[min(place, _OPEN)]


_CONTRADICTED, _DISPUTED, _OPEN, _PLAUSIBLE, _VERY = range(5)
_BY_BAND = (Grade.CONTRADICTED, Grade.DISPUTED, Grade.OPEN)
_BORDERS = (Border.CONTRADICTED, Border.DISPUTED, Border.PLAUSIBLE, Border.VERY_PLAUSIBLE)


def band(log_k: float, borders: GradeBorders) -> int:
    """Give between which borders K lies, 0 (below the lowest) to 4; floors play no part.

    The borders belong to the grades that name them: K = 3 is plausible, K = 1/3 disputed, and
    K = 1/20 disputed still.
    """
    slack = borders.tolerance
    if log_k < -math.log(borders.contradicted_one_in) - slack:
        return _CONTRADICTED
    if log_k <= -math.log(borders.disputed_one_in) + slack:
        return _DISPUTED
    if log_k < math.log(borders.plausible) - slack:
        return _OPEN
    return _PLAUSIBLE if log_k < math.log(borders.very_plausible) - slack else _VERY


def crossed(one: float, other: float, borders: GradeBorders) -> tuple[Border, ...]:
    """Give the borders between two values of ln K."""
    low, high = sorted((band(one, borders), band(other, borders)))
    return _BORDERS[low:high]


def nearest_to_open(one: Grade, other: Grade) -> Grade:
    """Give the one of two grades that lies nearest to "open"; at equal distance the weaker.

    Too little claims less than any other grade and so lies next to "open".
    """
    open_, far = STRENGTH_ORDER.index(Grade.OPEN), len(STRENGTH_ORDER)

    def distance(grade: Grade) -> tuple[float, int]:
        place = far if grade is Grade.TOO_LITTLE else STRENGTH_ORDER.index(grade)
        return (0.5 if grade is Grade.TOO_LITTLE else abs(place - open_), -place)

    return min(one, other, key=distance)


def weakest(grades: Sequence[Grade]) -> Grade | None:
    """Give the weakest of the grades of steps; None when a step is unassessed or none is given."""
    if not grades or Grade.TOO_LITTLE in grades:
        return None
    return max(grades, key=STRENGTH_ORDER.index)
