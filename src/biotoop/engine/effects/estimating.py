"""Which estimator answers which design with which adjustment."""

from collections.abc import Callable, Mapping

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.areas import lone_area, lone_side
from biotoop.engine.effects.arrays import Mask, Vector
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.people import People
from biotoop.engine.effects.plan import Adjustment, Design, Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    mean_change,
    regression_adjusted,
)
from biotoop.engine.effects.robust import standard_error
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.tasks import Task
from biotoop.engine.effects.terms import columns_of

_BY_ADJUSTMENT: Mapping[Adjustment, Callable[[Sample, Task], Answer]] = {
    Adjustment.NONE: lambda sample, task: difference_in_means(sample, interval=task.interval),
    Adjustment.REGRESSION: lambda sample, task: regression_adjusted(sample, interval=task.interval),
    Adjustment.INTERACTED_REGRESSION: lambda sample, task: interacted_regression(
        sample, estimand=task.estimand, interval=task.interval
    ),
    Adjustment.INVERSE_PROBABILITY: lambda sample, task: inverse_probability(
        sample, estimand=task.estimand, trim=task.trim
    ),
    Adjustment.ENTROPY_BALANCING: lambda sample, task: entropy_balancing(
        sample, estimand=task.estimand
    ),
    Adjustment.COARSENED_EXACT_MATCHING: lambda sample, task: coarsened_exact_matching(
        sample,
        covariates=columns_of(task.covariates),
        coarsening=task.coarsening,
        estimand=task.estimand,
    ),
}

_OWN_ERROR = frozenset(
    {
        Adjustment.INVERSE_PROBABILITY,
        Adjustment.ENTROPY_BALANCING,
        Adjustment.COARSENED_EXACT_MATCHING,
    }
)


def estimate(task: Task, people: People) -> Answer:
    """Run the estimator of a task.

    Raises
    ------
    Refused
        The design cannot be run as asked on these people.
    """
    sample = people.sample
    if task.adjustment is not Adjustment.NONE and not task.covariates:
        raise Refused("effects.refused.no_covariates", adjustment=_word(task))
    overlap = task.estimand is Estimand.OVERLAP
    if overlap and task.adjustment is not Adjustment.INVERSE_PROBABILITY:
        raise Refused("effects.refused.overlap_only")
    if task.design is Design.PRE_POST:
        return _before_and_after(task, people)
    if lone_side(sample, task.adjustment):
        return _renamed(task, lone_area(sample, people.later))
    if people.later is not None:
        return _repeated(task, sample, people.later)
    answer = _BY_ADJUSTMENT[task.adjustment](sample, task)
    if task.adjustment in _OWN_ERROR:
        answer = _renamed(task, answer)
    if task.design is Design.DIFFERENCE_IN_DIFFERENCES:
        return attrs.evolve(answer, method=note("effects.method.change", own=answer.method))
    return answer


def _renamed(task: Task, answer: Answer) -> Answer:
    """Say so when the plan asks for an error that does not go with this estimator."""
    if not task.interval_asked:
        return answer
    said = note(
        "effects.warning.own_error",
        asked=task.interval.value.upper(),
        used=answer.error.convention,
    )
    return attrs.evolve(answer, warnings=(*answer.warnings, said))


def _word(task: Task) -> Note:
    return note(f"effects.adjustment.{task.adjustment.value}")


def _before_and_after(task: Task, people: People) -> Answer:
    if task.adjustment is not Adjustment.NONE:
        raise Refused("effects.refused.adjusted_change", adjustment=_word(task))
    if people.sample.treated.all() and people.last is not None:
        return mean_change(people.sample, interval=task.interval)
    return difference_in_means(people.sample, interval=task.interval)


def _repeated(task: Task, sample: Sample, later: Mask) -> Answer:
    if task.adjustment not in (Adjustment.NONE, Adjustment.REGRESSION):
        raise Refused("effects.refused.not_for_other_people", adjustment=_word(task))
    adjusted = task.adjustment is Adjustment.REGRESSION
    return repeated_difference(sample, later, interval=task.interval, adjusted=adjusted)


def repeated_difference(
    sample: Sample, later: Mask, *, interval: IntervalMethod, adjusted: bool = False
) -> Answer:
    """Give the difference in differences of two waves that hold other people.

    Least squares on being on the reached side, being after, and both, beside the covariates when
    adjusted; the coefficient of both is the effect.
    """
    sides = (
        sample.treated & later,
        sample.treated & ~later,
        ~sample.treated & later,
        ~sample.treated & ~later,
    )
    if not all(side.any() for side in sides):
        raise Refused("effects.refused.empty_quarter")
    X: Vector = np.column_stack(
        [
            np.ones(len(later)),
            sample.treated,
            later,
            sample.treated & later,
            sample.X if adjusted else np.empty((len(later), 0)),
        ]
    )
    fit = least_squares(X, n=sample.n, mean=sample.mean, within=sample.within)
    whole = np.zeros(X.shape[1])
    whole[3] = 1.0
    contrast = fit.contrast(whole)
    names = tuple(sample.names[place - 4] for place in fit.dropped)
    return Answer(
        value=float(contrast @ fit.coefficients),
        error=standard_error(fit, contrast, interval, sample.clusters),
        method=note("effects.method.repeated", covariates=sample.names if adjusted else ("-",)),
        used=np.ones(len(later), dtype=bool),
        warnings=(note("effects.warning.dropped", terms=names),) if names else (),
    )
