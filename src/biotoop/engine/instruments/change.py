"""Whether one person's change is larger than measurement error, and how many people changed so.

Reliable change index of Jacobson and Truax (1991, J Consult Clin Psychol 59, 12-19; from memory):
RCI = (after - before) / (SEM * sqrt(2)) with SEM = SD * sqrt(1 - r). It says that a change is not
measurement error alone. It says nothing about what caused the change: "improved" needs a
comparison, so the classes here are named forward and backward.
"""

from enum import StrEnum

import attrs
import numpy as np
from attrs import validators
from numpy.typing import ArrayLike, NDArray

from biotoop.engine.core.distributions import normal_quantile
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.instruments.faults import NoReliability
from biotoop.engine.instruments.importance import baseline_sd, wilson
from biotoop.engine.instruments.model import Better, CutOffs, Scale
from biotoop.engine.instruments.scoring import place_in_bands

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class ChangeClass(StrEnum):
    """What a change is, next to measurement error; higher and lower where no way is better."""

    RECOVERED = "recovered"
    FORWARD = "forward"
    UNCHANGED = "unchanged"
    BACKWARD = "backward"
    HIGHER = "higher"
    LOWER = "lower"


CLASSES: tuple[ChangeClass, ...] = tuple(ChangeClass)


@attrs.frozen(kw_only=True)
class ChangeBasis:
    """The spread and reliability behind a reliable change, and where they come from.

    Attributes
    ----------
    sd
        Standard deviation in score points.
    sd_source
        Where it comes from.
    reliability
        Reliability coefficient, from 0 up to 1.
    reliability_source
        Where it comes from.
    reliability_low, reliability_high
        Interval of the reliability, where it was estimated here.
    """

    sd: float = attrs.field(validator=validators.gt(0))
    sd_source: Note
    reliability: float = attrs.field(validator=[validators.ge(0), validators.lt(1)])
    reliability_source: Note
    reliability_low: float | None = None
    reliability_high: float | None = None

    @property
    def sem(self) -> float:
        """Standard error of measurement, in score points."""
        return float(self.sd * np.sqrt(1 - self.reliability))

    def margin(self, level: float, reliability: float | None = None) -> float:
        """Give the change that measurement error alone exceeds in ``1 - level`` of people."""
        r = self.reliability if reliability is None else min(max(reliability, 0.0), 1.0)
        wide = normal_quantile((1 + level) / 2)
        return float(wide * self.sd * np.sqrt(2 * (1 - r)))


@attrs.frozen(kw_only=True)
class ClassShare:
    """How many people fall in a class.

    Attributes
    ----------
    kind
        The class.
    count
        People in it.
    share
        Their share, with a Wilson interval.
    """

    kind: ChangeClass
    count: int
    share: Estimate


@attrs.frozen(kw_only=True, eq=False)
class ReliableChange:
    """The changes of a group of people, next to measurement error.

    Attributes
    ----------
    scale
        Code of the scale.
    change
        After minus before, shape (n,); nan where a score is missing.
    index
        Reliable change index, shape (n,).
    margin
        Half the width of each person's interval: the true change lies within ``change`` plus or
        minus ``margin`` at ``level``.
    level
        Coverage of that interval.
    place
        Place of each person in ``CLASSES``, shape (n,); -1 where a score is missing.
    shares
        Count and share of each class that can occur.
    n, missing
        People with both scores, and people left out.
    basis
        The spread and reliability used.
    reliable_low, reliable_high
        Share of people with a reliable change in either direction when the reliability is at
        the ends of its interval; None where it has none.
    notes
        What a reader must know.
    """

    scale: str
    change: Floats
    index: Floats
    margin: float
    level: float
    place: Ints
    shares: tuple[ClassShare, ...]
    n: int
    missing: int
    basis: ChangeBasis
    reliable_low: float | None
    reliable_high: float | None
    notes: tuple[Note, ...]

    def count(self, kind: ChangeClass) -> int:
        """Count the people in a class."""
        return int(np.count_nonzero(self.place == CLASSES.index(kind)))


def change_basis(
    scale: Scale, before: ArrayLike, own: Estimate | None = None, *, prefer_own: bool = False
) -> ChangeBasis:
    """Choose the spread and the reliability for a reliable change, and say where they come from.

    Published values come first (a norm with a standard deviation, a test-retest coefficient);
    what was not published comes from the baseline at hand.

    Parameters
    ----------
    scale
        The scale.
    before
        Baseline scores, shape (n,); nan is missing.
    own
        Reliability estimated from these data, such as omega.
    prefer_own
        True puts the baseline at hand first.

    Raises
    ------
    NoReliability
        No reliability is published for the scale and none is given.
    TooFewCases, NoSpread
        The spread must come from fewer than 3 people, or from people with equal scores.
    """
    norm = next((entry for entry in scale.norms if entry.sd is not None), None)
    if norm is None or norm.sd is None or prefer_own:
        sd, sd_source = baseline_sd(before), note("instruments.sd_own")
    else:
        sd, sd_source = norm.sd, note("instruments.sd_norm", source=norm.source.text)
    retest = scale.retests[0] if scale.retests else None
    if retest is not None and not (prefer_own and own is not None):
        source = note("instruments.r_published", source=retest.source.text)
        return ChangeBasis(
            sd=sd, sd_source=sd_source, reliability=retest.value, reliability_source=source
        )
    if own is None:
        raise NoReliability(scale=scale.id)
    return ChangeBasis(
        sd=sd, sd_source=sd_source, reliability=max(own.value, 0.0),
        reliability_source=note("instruments.r_own", n=own.n),
        reliability_low=own.low, reliability_high=own.high,
    )  # fmt: skip


def reliable_change(
    scale: Scale,
    before: ArrayLike,
    after: ArrayLike,
    basis: ChangeBasis,
    *,
    cutoffs: CutOffs | None = None,
    level: float = 0.95,
) -> ReliableChange:
    """Put each person's change beside measurement error.

    Parameters
    ----------
    scale
        The scale; its ``better`` decides what is forward.
    before, after
        Scores of the same people in the same order, each of shape (n,); nan is missing.
    basis
        Spread and reliability.
    cutoffs
        Cut-offs with a border, for the class ``recovered``; by default the first of the scale.
    level
        Coverage of each person's interval.
    """
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    change = second - first
    cuts = cutoffs or (scale.cutoffs[0] if scale.cutoffs else None)
    place = _classes(scale, cuts, first, second, basis.margin(level))
    present = ~np.isnan(change)
    n = int(np.count_nonzero(present))
    ends = [basis.reliability_low, basis.reliability_high]
    moved = [None if r is None else _moved(change[present], basis.margin(level, r)) for r in ends]
    return ReliableChange(
        scale=scale.id,
        change=change,
        index=change / (basis.sem * np.sqrt(2)),
        margin=basis.margin(level),
        level=level,
        place=place,
        shares=_shares(scale, cuts, place, n, level),
        n=n,
        missing=len(change) - n,
        basis=basis,
        reliable_low=moved[0],
        reliable_high=moved[1],
        notes=(note("instruments.no_comparison"), note("instruments.regression_to_mean")),
    )


def _moved(change: Floats, margin: float) -> float:
    return float(np.mean(np.abs(change) > margin)) if len(change) else float("nan")


def _classes(
    scale: Scale, cuts: CutOffs | None, before: Floats, after: Floats, margin: float
) -> Ints:
    """Give the place in ``CLASSES`` of each person; -1 where a score is missing."""
    change = after - before
    up, down = _names(scale)
    place = np.full(change.shape, CLASSES.index(ChangeClass.UNCHANGED), dtype=np.int64)
    place[change > margin] = CLASSES.index(up)
    place[change < -margin] = CLASSES.index(down)
    if _has_border(scale, cuts):
        crossed = ~_sound(scale, cuts, before) & _sound(scale, cuts, after)
        forward = place == CLASSES.index(ChangeClass.FORWARD)
        place[forward & crossed] = CLASSES.index(ChangeClass.RECOVERED)
    place[np.isnan(change)] = -1
    return place


def _names(scale: Scale) -> tuple[ChangeClass, ChangeClass]:
    if scale.better == Better.HIGHER:
        return ChangeClass.FORWARD, ChangeClass.BACKWARD
    if scale.better == Better.LOWER:
        return ChangeClass.BACKWARD, ChangeClass.FORWARD
    return ChangeClass.HIGHER, ChangeClass.LOWER


def _has_border(scale: Scale, cuts: CutOffs | None) -> bool:
    return cuts is not None and cuts.border is not None and scale.better != Better.NEITHER


def _sound(scale: Scale, cuts: CutOffs | None, scores: Floats) -> NDArray[np.bool_]:
    """Tell who is on the sound side of the border."""
    codes = () if cuts is None else tuple(band.code for band in cuts.bands)
    start = codes.index("" if cuts is None else str(cuts.border))
    beyond = place_in_bands(cuts, scores) >= start
    return beyond if scale.better == Better.HIGHER else ~beyond


def _shares(
    scale: Scale, cuts: CutOffs | None, place: Ints, n: int, level: float
) -> tuple[ClassShare, ...]:
    up, down = _names(scale)
    possible = {up, down, ChangeClass.UNCHANGED}
    if _has_border(scale, cuts):
        possible.add(ChangeClass.RECOVERED)
    found = []
    for number, kind in enumerate(CLASSES):
        if kind in possible and n > 0:
            count = int(np.count_nonzero(place == number))
            share = wilson(count, n, missing=len(place) - n, level=level)
            found.append(ClassShare(kind=kind, count=count, share=share))
    return tuple(found)
