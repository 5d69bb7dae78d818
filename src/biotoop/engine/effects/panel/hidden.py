"""How strong something unmeasured must be to explain an effect of a panel away.

Cinelli & Hazlett 2020 (doi 10.1111/rssb.12348, from memory): robustness value and bounds by a
covariate that was measured; VanderWeele & Ding 2017: the E-value.
"""

import math

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.messages import Language, Note, note
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sensitivity import e_value_of_difference, robustness_value

STRENGTHS = (1.0, 2.0, 3.0)
_LEVEL = 0.05


@attrs.frozen(kw_only=True)
class Bound:
    """What is left of the effect when something unmeasured is so many times as strong.

    Attributes
    ----------
    strength
        Times the strength of the benchmark.
    with_treatment, with_outcome
        Partial R2 with being reached and with the outcome.
    value, se
        The effect that is left, towards zero, and its classical error.
    """

    strength: float
    with_treatment: float
    with_outcome: float
    value: float
    se: float


@attrs.frozen(kw_only=True)
class Hidden:
    """Sensitivity to what was not measured and changes over time.

    Attributes
    ----------
    partial_r2
        Share of the outcome's remaining variation that the effect explains.
    robustness
        Share of the remaining variation of both that explains the effect away.
    robustness_interval
        The same, to let the 95 % interval reach zero (classical error).
    e_value
        Of the effect over the standard deviation of the outcome.
    bounds
        With a benchmark: what is left at 1, 2 and 3 times its strength.
    said
        In words.
    """

    partial_r2: float
    robustness: float
    robustness_interval: float
    e_value: float
    bounds: tuple[Bound, ...]
    said: Note

    def text(self, language: Language = "en") -> str:
        """Say it in a sentence."""
        return self.said.text(language)

    def __str__(self) -> str:
        """Say it in English."""
        return self.text("en")


def hidden_differences(fit: Solved, term: str, *, benchmark: str | None = None) -> Hidden:
    """Tell how strong something unmeasured must be.

    Parameters
    ----------
    fit
        The regression.
    term
        The covariate in question.
    benchmark
        A measured covariate to compare with.
    """
    df = fit.free
    if df <= 1 or fit.left_over <= 0.0:
        raise Refused("effects.refused.too_few_rows", rows=int(fit.n), columns=int(fit.n - df))
    t = _t(fit, fit.place(term), df)
    spread = math.sqrt(fit.before[-1] / fit.n)
    standardised = fit.coefficients[fit.place(term)] / spread
    robustness, e = robustness_value(abs(t), df), e_value_of_difference(abs(standardised))
    bounds = () if benchmark is None else _bounds(fit, term, benchmark, df)
    return Hidden(
        partial_r2=t**2 / (t**2 + df),
        robustness=robustness,
        robustness_interval=_interval(t, df),
        e_value=e,
        bounds=bounds,
        said=note("panel.hidden", percent=round(100 * robustness, 1), e_value=round(e, 2)),
    )


def _t(fit: Solved, place: int, df: float) -> float:
    variance = fit.left_over / df * fit.bread[place, place]
    return float(fit.coefficients[place] / math.sqrt(variance))


def _interval(t: float, df: float) -> float:
    critical = float(scipy.special.stdtrit(df - 1, 1 - _LEVEL / 2)) / math.sqrt(df - 1)
    f = abs(t) / math.sqrt(df) - critical
    if f <= 0.0:
        return 0.0
    if f < 1.0 / critical:
        return (math.sqrt(f**4 + 4 * f**2) - f**2) / 2
    f = abs(t) / math.sqrt(df)
    return (f**2 - critical**2) / (1 + f**2)


def _bounds(fit: Solved, term: str, benchmark: str, df: float) -> tuple[Bound, ...]:
    place, other = fit.place(term), fit.place(benchmark)
    with_treatment = _partial(fit, place, other)
    t = _t(fit, other, df)
    with_outcome = t**2 / (t**2 + df)
    found = []
    for strength in STRENGTHS:
        r2_d = strength * with_treatment / (1 - with_treatment)
        if not r2_d < 1.0:
            break
        crossed = (
            strength * with_treatment**2 / ((1 - strength * with_treatment) * (1 - with_treatment))
        )
        if not 0.0 <= crossed < 1.0:
            break
        eta = (math.sqrt(strength) + math.sqrt(crossed)) / math.sqrt(1 - crossed)
        r2_y = min(eta**2 * with_outcome / (1 - with_outcome), 1.0)
        found.append(_left(fit, place, df, strength, (r2_d, r2_y)))
    return tuple(found)


def _partial(fit: Solved, place: int, other: int) -> float:
    """Give the partial R2 of the benchmark with being reached, beside all other covariates."""
    bread = fit.bread[np.ix_([place, other], [place, other])]
    return float(bread[0, 1] ** 2 / (bread[0, 0] * bread[1, 1]))


def _left(fit: Solved, place: int, df: float, strength: float, r2: tuple[float, float]) -> Bound:
    with_treatment, with_outcome = r2
    se = math.sqrt(fit.left_over / df * fit.bread[place, place])
    bias = se * math.sqrt(df * with_outcome * with_treatment / (1 - with_treatment))
    value = float(fit.coefficients[place])
    moved = se * math.sqrt((1 - with_outcome) / (1 - with_treatment) * df / (df - 1))
    return Bound(
        strength=strength,
        with_treatment=with_treatment,
        with_outcome=with_outcome,
        value=math.copysign(1.0, value) * (abs(value) - bias),
        se=moved,
    )
