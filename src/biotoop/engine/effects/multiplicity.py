"""Many tests at once: p-values that say what they are among the others.

Holm 1979; Benjamini & Hochberg 1995 (doi 10.1111/j.2517-6161.1995.tb02031.x); Romano & Wolf 2005
(doi 10.1111/j.1468-0262.2005.00615.x) with the p-values of Romano & Wolf 2016 (doi
10.1016/j.spl.2016.02.012; both from memory).
"""

import numpy as np

from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.refusals import Refused

_TIE = 1e-10


def holm(p: Vector) -> Vector:
    """Adjust p-values so that the chance of even one false find stays under the level.

    Parameters
    ----------
    p
        Shape (m,).
    """
    p = _chances(p)
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _back(np.minimum(raised, 1.0), order)


def benjamini_hochberg(p: Vector) -> Vector:
    """Adjust p-values so that the expected share of false finds stays under the level.

    This holds for tests that are independent or move together.

    Parameters
    ----------
    p
        Shape (m,).
    """
    p = _chances(p)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    lowered = np.minimum.accumulate(scaled[::-1])[::-1]
    return _back(np.minimum(lowered, 1.0), order)


def romano_wolf(observed: Vector, drawn: Matrix, *, every: bool = False) -> Vector:
    """Adjust by the largest statistic in each draw, stepping down from the farthest test.

    As Holm, but learns from the draws how tests move together, so that it loses less.

    Parameters
    ----------
    observed
        Sizes of the statistics, shape (m,).
    drawn
        Sizes in draws in which nothing has an effect, shape (B, m).
    every
        The draws are all that there are, the observed one among them.
    """
    order = np.argsort(-observed, kind="stable")
    largest = np.maximum.accumulate(drawn[:, order[::-1]], axis=1)[:, ::-1]
    out = np.sum(largest >= observed[order] * (1.0 - _TIE), axis=0)
    shares = out / len(drawn) if every else (out + 1) / (len(drawn) + 1)
    return _back(np.maximum.accumulate(shares), order)


def _chances(p: Vector) -> Vector:
    found = np.asarray(p, dtype=np.float64)
    if not bool(np.all((found >= 0.0) & (found <= 1.0))):
        raise Refused("panel.refused.chances", found=tuple(f"{value:g}" for value in found))
    return found


def _back(ordered: Vector, order: np.ndarray) -> Vector:
    found = np.empty_like(ordered)
    found[order] = ordered
    return found
