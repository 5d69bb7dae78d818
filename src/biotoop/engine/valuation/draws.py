"""Draws of the uncertain inputs: scrambled Sobol points, several times over.

Each scramble is an independent, unbiased sample of the whole; their spread gives an honest Monte
Carlo error (Owen 1997), while the points within one fill the space evenly.
"""

import math

import attrs
import numpy as np
from scipy import special

from biotoop.engine.valuation.inputs import Input
from biotoop.engine.valuation.quantile_fit import FloatArray

SCRAMBLES = 16
_FEWEST_POINTS = 64
_HALF_STEP = 2.0**-31


@attrs.frozen(kw_only=True, eq=False)
class Draws:
    """Drawn inputs.

    Attributes
    ----------
    values
        Shape (draws, inputs); rows of one scramble stand together.
    scores
        The standard normal scores behind them, same shape.
    correlation
        Between the scores of two inputs that share the factor.
    scrambles
        Number of scrambles; draws / scrambles is a power of two.
    """

    values: FloatArray
    scores: FloatArray
    correlation: float
    scrambles: int

    @property
    def count(self) -> int:
        """Number of draws."""
        return int(self.values.shape[0])


def draw(inputs: tuple[Input, ...], *, seed: int, draws: int, correlation: float) -> Draws:
    """Draw every input.

    Parameters
    ----------
    inputs
        What to draw.
    seed
        Fixes every draw.
    draws
        How many at least; rounded up to scrambles x a power of two.
    correlation
        Between the scores of two inputs that share the factor of the programme; the factor
        enters with the square root of it, with the sign of ``Input.hope``.
    """
    points = 2 ** max(
        math.ceil(math.log2(max(draws / SCRAMBLES, 1))), int(math.log2(_FEWEST_POINTS))
    )
    uniform = np.concatenate(
        [_scramble(len(inputs) + 1, points, source) for source in _sources(seed)]
    )
    normal = np.asarray(special.ndtri(uniform), dtype=np.float64)
    shared, own = normal[:, 0], normal[:, 1:]
    hope = np.array([item.hope for item in inputs], dtype=np.float64)
    loading = hope * math.sqrt(correlation)
    scores = loading * shared[:, None] + np.sqrt(1 - loading**2) * own
    values = np.empty_like(scores)
    for column, item in enumerate(inputs):
        values[:, column] = item.distribution.quantile(scores[:, column])
    return Draws(values=values, scores=scores, correlation=correlation, scrambles=SCRAMBLES)


def _sources(seed: int) -> list[np.random.Generator]:
    return [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(SCRAMBLES)]


def _scramble(dimensions: int, points: int, source: np.random.Generator) -> FloatArray:
    """Give points strictly between 0 and 1, shape (points, dimensions)."""
    from scipy.stats import qmc  # noqa: PLC0415 - over a second to import; few studies draw

    sobol = qmc.Sobol(dimensions, scramble=True, rng=source)
    return np.asarray(sobol.random(points), dtype=np.float64) + _HALF_STEP
