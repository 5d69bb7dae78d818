"""How large a change must be to matter, and how many people changed that much."""

import attrs
import numpy as np
from numpy.typing import ArrayLike

from biotoop.engine.core.distributions import normal_quantile
from biotoop.engine.core.errors import TooFewCases
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.instruments.faults import NoSpread
from biotoop.engine.instruments.model import Better, DifferenceKind, Scale

_PEOPLE = Text(nl="mensen met een nulmeting", en="people with a baseline score")


@attrs.frozen(kw_only=True)
class UsedDifference:
    """The smallest difference that matters, as used.

    Attributes
    ----------
    value
        Size in score points.
    distribution_based
        True when it rests on the spread of scores, not on what people notice.
    source
        Where it comes from.
    """

    value: float
    distribution_based: bool
    source: Note


def baseline_sd(before: ArrayLike) -> float:
    """Give the standard deviation (divisor n - 1) of baseline scores without the missing ones.

    Raises
    ------
    TooFewCases, NoSpread
        Fewer than 3 people have a score, or all scores are equal.
    """
    scores = np.asarray(before, np.float64)
    scores = scores[~np.isnan(scores)]
    needed = 3
    if len(scores) < needed:
        raise TooFewCases(what=_PEOPLE, n=len(scores), needed=needed)
    sd = float(np.std(scores, ddof=1))
    if sd == 0.0:
        raise NoSpread(what=Text(nl="de nulmeting", en="the baseline"))
    return sd


def wilson(count: int, n: int, *, missing: int = 0, level: float = 0.95) -> Estimate:
    """Estimate a share with Wilson's score interval (Wilson 1927, JASA 22, 209-212).

    Raises
    ------
    TooFewCases
        Nobody is counted.
    """
    if n < 1:
        raise TooFewCases(what=_PEOPLE, n=n, needed=1)
    z = normal_quantile((1 + level) / 2)
    share = count / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(
        value=share, low=max(float(middle - reach), 0.0), high=min(float(middle + reach), 1.0),
        level=level, n=n, missing=missing,
        method=note("instruments.share"), interval=note("instruments.wilson"),
    )  # fmt: skip


def important_difference(scale: Scale, before: ArrayLike) -> UsedDifference:
    """Choose the smallest difference that matters.

    A published one from an anchor comes first, then another published one, and only then half a
    standard deviation of the baseline, which is marked as distribution based.

    Raises
    ------
    TooFewCases, NoSpread
        Nothing is published and the baseline gives no standard deviation.
    """
    order = (DifferenceKind.ANCHOR, DifferenceKind.UNCLEAR, DifferenceKind.DISTRIBUTION)
    for kind in order:
        for entry in scale.important_differences:
            if entry.kind == kind:
                code = "instruments.difference_published"
                return UsedDifference(
                    value=entry.value,
                    distribution_based=kind == DifferenceKind.DISTRIBUTION,
                    source=note(code, source=entry.source.text),
                )
    half = 0.5 * baseline_sd(before)
    return UsedDifference(
        value=half, distribution_based=True, source=note("instruments.difference_half_sd")
    )


def important_change(
    scale: Scale,
    before: ArrayLike,
    after: ArrayLike,
    difference: UsedDifference,
    *,
    level: float = 0.95,
) -> Estimate:
    """Estimate the share of people who changed the good way by at least what matters.

    Where neither way is better, a change in either direction counts.

    Raises
    ------
    TooFewCases
        Nobody has both scores.
    """
    change = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    present = change[~np.isnan(change)]
    sign = {Better.HIGHER: 1.0, Better.LOWER: -1.0}.get(scale.better)
    toward = np.abs(present) if sign is None else sign * present
    enough = int(np.count_nonzero(toward >= difference.value))
    found = wilson(enough, len(present), missing=len(change) - len(present), level=level)
    warnings: tuple[Note, ...] = (note("instruments.no_comparison"),)
    if difference.distribution_based:
        warnings = (*warnings, note("instruments.distribution_based"))
    return attrs.evolve(found, method=difference.source, warnings=warnings)
