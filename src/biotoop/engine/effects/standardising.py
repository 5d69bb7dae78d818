"""From units of the outcome to standard deviations, with the uncertainty of both."""

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.distributions import normal_quantile, t_quantile
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.measures import Direction, Measure
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.influence import effective_n
from biotoop.engine.effects.people import Measured, People
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.sample import weighted_moments
from biotoop.engine.effects.tasks import OF_CHANGE, Task

LEVEL = 0.95
STANDARD_DEVIATIONS = Text(nl="standaardafwijkingen", en="standard deviations")


@attrs.frozen(kw_only=True)
class Yardstick:
    """The standard deviation that an effect is divided by.

    Attributes
    ----------
    value
        In units of the outcome.
    df
        Degrees of freedom behind it; None when it comes from a norm and counts as known.
    source
        Whose spread it is.
    """

    value: float
    df: float | None
    source: Note


def interval(value: float, se: float, df: float | None) -> tuple[float, float]:
    """Give the 95 % interval by the t distribution, or the normal one without df."""
    quantile = normal_quantile((1 + LEVEL) / 2) if df is None else t_quantile((1 + LEVEL) / 2, df)
    return value - quantile * se, value + quantile * se


def yardstick(task: Task, people: People, answer: Answer, measure: Measure) -> Yardstick | None:
    """Choose the standard deviation: of the norm, at baseline, or of the comparison group.

    A norm that the measure names goes first. For a change it is the spread at the wave before
    (of the comparison group, or of everyone without one); else the spread of the comparison
    group at the outcome, weighted as the estimator weighs it.
    """
    if measure.standard_deviation is not None:
        source = note(
            "effects.yardstick.norm", source=measure.standard_deviation_source or measure.label
        )
        return Yardstick(value=measure.standard_deviation, df=None, source=source)
    sample = people.sample
    side = np.ones(len(sample.n), dtype=bool)
    measured = Measured(mean=sample.mean, within=sample.within)
    where = "outcome"
    if people.before is not None and task.design in OF_CHANGE:
        measured, where = people.before, "before"
    if task.design is not Design.PRE_POST:
        side = ~sample.treated
    elif people.last is None:
        side, where = ~sample.treated, "before"
    if people.later is not None:
        side, where = side & ~people.later, "before"
    weighted = answer.weights is not None and people.before is None
    return _spread(people, measured, side, answer if weighted else None, where)


def _spread(
    people: People, measured: Measured, side: np.ndarray, answer: Answer | None, where: str
) -> Yardstick | None:
    n = people.sample.n * side
    weights = np.ones(len(n)) if answer is None or answer.weights is None else answer.weights
    heavy = n * weights
    if float(heavy.sum()) <= 0.0:
        return None
    _, variance = weighted_moments(measured.mean, heavy, weights * side * measured.within)
    people_left = effective_n(n, weights * side)
    if people_left <= 1.0 or variance <= 0.0:
        return None
    who = "everyone" if side.all() else "comparison"
    code = f"effects.yardstick.{who}_{where}{'' if answer is None else '_weighted'}"
    return Yardstick(
        value=float(np.sqrt(variance * people_left / (people_left - 1.0))),
        df=people_left - 1.0,
        source=note(code),
    )


def hedges(df: float) -> float:
    """Give gamma(m/2) / (sqrt(m/2) gamma((m-1)/2)), the exact factor of Hedges 1981."""
    if df <= 1.0:
        return 1.0
    half = df / 2.0
    return float(
        np.exp(scipy.special.gammaln(half) - scipy.special.gammaln(half - 0.5)) / np.sqrt(half)
    )


def in_units(answer: Answer, measure: Measure, people: People, *, used: int) -> Estimate:
    """Dress an answer as an estimate in units of the outcome."""
    low, high = interval(answer.value, answer.error.se, answer.error.df)
    return Estimate(
        value=answer.value,
        se=answer.error.se,
        low=low,
        high=high,
        level=LEVEL,
        n=used,
        missing=people.missing,
        df=answer.error.df,
        unit=measure.unit,
        method=answer.method,
        interval=answer.error.convention,
        warnings=answer.warnings,
    )


def standardise(estimate: Estimate, by: Yardstick, measure: Measure) -> Estimate:
    """Divide an estimate by a standard deviation; + becomes the intended direction.

    The error is that of the delta method, with the variance of a standard deviation of normal
    outcomes, sd^2 / (2 df), taken as independent of the effect; Hedges' factor takes away the
    small-sample bias of 1 / sd.
    """
    sign = 1.0 if measure.intended is Direction.INCREASE else -1.0
    factor = 1.0 if by.df is None else hedges(by.df)
    own = (estimate.se or 0.0) / by.value
    spread = 0.0 if by.df is None else estimate.value / by.value / np.sqrt(2.0 * by.df)
    value = sign * factor * estimate.value / by.value
    se = factor * float(np.hypot(own, spread))
    low, high = interval(value, se, estimate.df)
    return attrs.evolve(
        estimate,
        value=value,
        se=se,
        low=low,
        high=high,
        unit=STANDARD_DEVIATIONS,
        method=note(
            "effects.method.standardised",
            own=estimate.method,
            by=by.source,
            sd=by.value,
            factor=factor,
        ),
        interval=note(
            "effects.convention.delta_norm" if by.df is None else "effects.convention.delta"
        ),
    )
