"""Few areas: one against one is refused; one against many is judged by how areas differ."""

import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Mask, Vector
from biotoop.engine.effects.plan import Adjustment
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.robust import StandardError
from biotoop.engine.effects.sample import Sample

ENOUGH_AREAS = 10


def lone_side(sample: Sample, adjustment: Adjustment) -> bool:
    """Tell whether one side is a single area, to be set against ten or more.

    Raises
    ------
    Refused
        One area stands against one, or against fewer than ten, or an adjustment is asked for:
        how much areas differ of themselves cannot then be told (Donald & Lang 2007).
    """
    if sample.clusters is None:
        return False
    count = int(sample.clusters.max()) + 1
    reached = np.bincount(sample.clusters, weights=sample.n * sample.treated, minlength=count) > 0
    others = np.bincount(sample.clusters, weights=sample.n * ~sample.treated, minlength=count) > 0
    if np.any(reached & others):
        return False
    fewest, most = sorted((int(reached.sum()), int(others.sum())))
    if fewest > 1:
        return False
    if most == 1:
        raise Refused("effects.refused.one_area_each")
    if most < ENOUGH_AREAS or adjustment is not Adjustment.NONE:
        raise Refused("effects.refused.one_area", others=most, needed=ENOUGH_AREAS)
    return True


def lone_area(sample: Sample, later: Mask | None = None) -> Answer:
    """Set the mean of one area against the means of many, each area counting once.

    The error is s sqrt(1 + 1/G) with s the standard deviation over the G areas of the other
    side, and G - 1 degrees of freedom (Donald & Lang 2007; Crawford & Howell 1998). It holds if
    area means are roughly normal with the same spread.

    Parameters
    ----------
    sample
        The people, with clusters that are all on one side.
    later
        Cells of the wave after, when the outcome is not a change yet.
    """
    values = _means(sample, np.ones(len(sample.n), dtype=bool) if later is None else later)
    if later is not None:
        values = values - _means(sample, ~later)
    reached = _means(sample, sample.treated, count=True) > 0
    sides = (values[reached], values[~reached])
    many = max(sides, key=len)
    spread = float(np.std(many, ddof=1))
    df = len(many) - 1
    return Answer(
        value=float(sides[0].mean() - sides[1].mean()),
        error=StandardError(
            se=spread * float(np.sqrt(1.0 + 1.0 / len(many))),
            df=df,
            convention=note("effects.convention.lone_area", areas=len(many), df=df),
        ),
        method=note("effects.method.lone_area", areas=len(many)),
        used=np.ones(len(sample.n), dtype=bool),
    )


def _means(sample: Sample, cells: Mask, *, count: bool = False) -> Vector:
    """Mean of each area over some cells, or how many rows it has there."""
    areas = sample.clusters
    if areas is None:
        raise Refused("effects.refused.no_clusters", method="-")
    n = np.bincount(areas, weights=sample.n * cells)
    if count:
        return np.asarray(n, dtype=np.float64)
    if not n.all():
        raise Refused("effects.refused.empty_area")
    return np.asarray(np.bincount(areas, weights=sample.n * cells * sample.mean) / n, np.float64)
