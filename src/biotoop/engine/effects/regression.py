"""Differences in means, with or without regression on covariates."""

from collections.abc import Sequence

import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.influence import Influence, influence_error
from biotoop.engine.effects.linear import LeastSquares, least_squares
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.robust import StandardError, standard_error
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.sums import apply, cross


def difference_in_means(sample: Sample, *, interval: IntervalMethod) -> Answer:
    """Give the mean of the reached minus the mean of the comparison.

    With HC2 the error is that of Neyman: s1^2/n1 + s0^2/n0.
    """
    fit, contrast = _fit(sample, ())
    return _answer(sample, fit, contrast, interval, note("effects.method.difference_in_means"), ())


def regression_adjusted(sample: Sample, *, interval: IntervalMethod) -> Answer:
    """Give the coefficient of being reached beside the covariates.

    It is the effect if that is the same for everyone; else an average that weighs those most
    for whom the covariates predict least who is reached (Angrist 1998).
    """
    fit, contrast = _fit(sample, range(sample.X.shape[1]))
    method = note("effects.method.regression", covariates=sample.names)
    return _answer(sample, fit, contrast, interval, method, _dropped(sample, fit))


def _fit(sample: Sample, terms: Sequence[int]) -> tuple[LeastSquares, Vector]:
    columns = [np.ones(len(sample.n)), sample.treated.astype(float)]
    X = np.column_stack([*columns, *(sample.X[:, term] for term in terms)])
    fit = _least(X, sample)
    _require_both_sides(sample, X, fit)
    contrast = np.zeros(X.shape[1])
    contrast[1] = 1.0
    return fit, fit.contrast(contrast)


def _least(X: Matrix, sample: Sample) -> LeastSquares:
    return least_squares(
        X, n=sample.n, mean=sample.mean, within=sample.within, weights=sample.weight
    )


def _require_both_sides(sample: Sample, X: Matrix, fit: LeastSquares) -> None:
    """Refuse when the covariates say who was reached: being reached must add something to them.

    Columns are dropped in their order, and being reached stands first: a covariate that says
    the same would fall out and leave a difference without adjustment.
    """
    if len(fit.dropped):
        last = np.column_stack([X[:, [0]], sample.X, sample.treated.astype(float)])
        again = _least(last, sample)
        if last.shape[1] - 1 in again.dropped:
            raise Refused("effects.refused.not_identified")


def _dropped(sample: Sample, fit: LeastSquares, before: int = 2) -> tuple[Note, ...]:
    names = tuple(sample.names[place - before] for place in fit.dropped)
    return (note("effects.warning.dropped", terms=names),) if names else ()


def _answer(
    sample: Sample,
    fit: LeastSquares,
    contrast: Vector,
    interval: IntervalMethod,
    method: Note,
    warnings: tuple[Note, ...],
) -> Answer:
    return Answer(
        value=float(contrast @ fit.coefficients),
        error=standard_error(fit, contrast, interval, sample.clusters),
        method=method,
        used=np.ones(len(sample.n), dtype=bool),
        warnings=warnings,
    )


def interacted_regression(
    sample: Sample,
    *,
    estimand: Estimand,
    interval: IntervalMethod,
    interact: Sequence[str] | None = None,
) -> Answer:
    """Let the effect differ by covariates, and average it over those whom the question is about.

    Lin 2013; with some interactions only it is standardisation (g-computation, Hernan & Robins,
    chapter 13). The error adds the uncertainty of the covariate means over which is averaged.

    Parameters
    ----------
    sample
        The people.
    estimand
        Average over the reached (ATT) or over everyone (ATE).
    interval
        Convention of the error of the regression.
    interact
        Terms by which the effect may differ; all when not given.
    """
    chosen = range(len(sample.names)) if interact is None else map(sample.names.index, interact)
    places = list(chosen)
    about = sample.treated if estimand is Estimand.ATT else np.ones(len(sample.n), dtype=bool)
    weights = sample.people * about
    centre = cross(sample.X[:, places], weights) / weights.sum()
    centred = sample.X[:, places] - centre
    treated = sample.treated.astype(float)
    X = np.column_stack([np.ones(len(treated)), treated, sample.X, treated[:, None] * centred])
    fit = _least(X, sample)
    _require_both_sides(sample, X, fit)
    contrast = np.zeros(X.shape[1])
    contrast[1] = 1.0
    cut = fit.contrast(contrast)
    own = standard_error(fit, cut, interval, sample.clusters)
    slopes = np.zeros(X.shape[1])
    slopes[fit.kept] = fit.coefficients
    spread = _spread_of_mean(sample, apply(centred, slopes[2 + sample.X.shape[1] :]), weights)
    error = StandardError(
        se=float(np.hypot(own.se, spread)),
        df=own.df,
        convention=note("effects.convention.interacted", own=own.convention),
    )
    method = note(
        "effects.method.interacted",
        covariates=sample.names,
        over=note(f"effects.estimand.{estimand.value}"),
    )
    return Answer(
        value=float(cut @ fit.coefficients),
        error=error,
        method=method,
        used=np.ones(len(treated), dtype=bool),
        warnings=_interaction_warnings(sample, fit, places),
    )


def _spread_of_mean(sample: Sample, differences: Vector, weights: Vector) -> float:
    """Error of the mean effect through the covariate means alone."""
    moved = Influence(
        slope=np.zeros(len(weights)), at_mean=(weights > 0) * differences / weights.sum()
    )
    return influence_error(
        moved,
        n=sample.n,
        within=np.zeros(len(weights)),
        clusters=sample.clusters,
        weight=sample.weight,
        df=float(weights.sum()),
    ).se


def _interaction_warnings(
    sample: Sample, fit: LeastSquares, places: Sequence[int]
) -> tuple[Note, ...]:
    names = ("1", "treated", *sample.names, *(f"treated:{sample.names[p]}" for p in places))
    dropped = tuple(names[place] for place in fit.dropped)
    return (note("effects.warning.dropped", terms=dropped),) if dropped else ()


def mean_change(sample: Sample, *, interval: IntervalMethod) -> Answer:
    """Give the mean of a change in one group; the outcome of the sample is the change."""
    X: Matrix = np.ones((len(sample.n), 1))
    fit = least_squares(X, n=sample.n, mean=sample.mean, within=sample.within)
    return _answer(sample, fit, np.ones(1), interval, note("effects.method.mean_change"), ())
