"""Whether a scale is reliable enough in these data, by the rules of the house."""

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.instruments.consistency import (
    DRAWS,
    complete,
    cronbach_alpha,
    is_flat,
    mcdonald_omega,
    spearman_brown,
)
from biotoop.engine.instruments.model import Instrument, Scale
from biotoop.engine.instruments.points import Columns, item_points

Floats = NDArray[np.float64]
LEAST = 50
COMFORTABLE = 100
GROUP_FLOOR = 0.70
INDIVIDUAL_FLOOR = 0.90
_PAIR = 2


@attrs.frozen(kw_only=True)
class ScaleReliability:
    """Whether a scale is reliable enough in these data.

    Attributes
    ----------
    instrument, scale
        Codes of the instrument and the scale.
    n
        People with complete answers.
    missing
        People left out because an answer is missing.
    alpha
        Cronbach's alpha; None below 50 people or with fewer than three items.
    omega
        McDonald's omega; None below 50 people or with fewer than three items.
    spearman_brown
        Spearman-Brown coefficient, for two items only.
    good_for_groups, good_for_individuals
        Whether the coefficient reaches .70 or .90; None when there is no coefficient.
    notes
        What a reader must know.
    """

    instrument: str
    scale: str
    n: int
    missing: int
    alpha: Estimate | None
    omega: Estimate | None
    spearman_brown: Estimate | None
    good_for_groups: bool | None
    good_for_individuals: bool | None
    notes: tuple[Note, ...]

    @property
    def best(self) -> Estimate | None:
        """The coefficient to use: omega, else Spearman-Brown, else alpha."""
        return self.omega or self.spearman_brown or self.alpha


def reliability(
    instrument: Instrument, scale: Scale, columns: Columns, *, seed: int, draws: int = DRAWS
) -> ScaleReliability:
    """Report the reliability of a scale by the rules of the house.

    Nothing is reported below 50 complete answers, and a warning is given below 100.

    Parameters
    ----------
    instrument, scale
        The instrument and the scale of it.
    columns
        Answer codes by item, each of shape (n,); nan is missing.
    seed
        Seed of the bootstrap behind the interval of omega.
    draws
        Bootstrap draws.

    Raises
    ------
    FaultyAnswers
        A column is absent, columns differ in length, or a code is out of range.
    """
    points, missing = complete(item_points(instrument, scale, columns))
    n, k = points.shape
    usable = n >= LEAST and k > 1 and not is_flat(points)
    varying = usable and bool((np.ptp(points, axis=0) > 0).all())
    alpha = cronbach_alpha(points) if usable and k > _PAIR else None
    omega = mcdonald_omega(points, seed=seed, draws=draws) if varying and k > _PAIR else None
    pair = spearman_brown(points) if varying and k == _PAIR else None
    best = omega or pair or alpha
    return ScaleReliability(
        instrument=instrument.code,
        scale=scale.id,
        n=n,
        missing=missing,
        alpha=_with_missing(alpha, missing),
        omega=_with_missing(omega, missing),
        spearman_brown=_with_missing(pair, missing),
        good_for_groups=None if best is None else best.value >= GROUP_FLOOR,
        good_for_individuals=None if best is None else best.value >= INDIVIDUAL_FLOOR,
        notes=(*_notes(points), *(() if best is None else _floor_notes(best.value))),
    )


def _with_missing(estimate: Estimate | None, missing: int) -> Estimate | None:
    return None if estimate is None else attrs.evolve(estimate, missing=missing)


def _notes(points: Floats) -> tuple[Note, ...]:
    """Say what the number of people, items and the direction of the items allow."""
    n, k = points.shape
    found: list[Note] = []
    if k == 1:
        found.append(note("instruments.one_item"))
    elif n < LEAST:
        found.append(note("instruments.too_few_to_report", n=n, needed=LEAST))
    elif n < COMFORTABLE:
        found.append(note("instruments.few_to_report", n=n, needed=COMFORTABLE))
    if k > 1 and n >= LEAST and bool((np.ptp(points, axis=0) == 0).any()):
        found.append(note("instruments.item_without_spread"))
    return tuple(found)


def _floor_notes(value: float) -> tuple[Note, ...]:
    if value < GROUP_FLOOR:
        return (note("instruments.below_group_floor", floor=GROUP_FLOOR),)
    if value < INDIVIDUAL_FLOOR:
        return (note("instruments.below_individual_floor", floor=INDIVIDUAL_FLOOR),)
    return ()
