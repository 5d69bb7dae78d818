"""How people are compared at one moment, and the people themselves as the estimators see them."""

from collections.abc import Collection, Mapping, Sequence

import attrs
import numpy as np

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.datasets.store import Cells, Term, is_stored
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Codes, Mask, Vector
from biotoop.engine.effects.augmented import doubly_robust
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.panel.formulas import Formula
from biotoop.engine.effects.plan import Adjustment, Coarsening, Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    regression_adjusted,
)
from biotoop.engine.effects.robust import CLUSTERED
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.standardising import interval
from biotoop.engine.effects.terms import columns_of, expand

DOUBLY_ROBUST = "doubly_robust"


@attrs.frozen(kw_only=True)
class Comparison:
    """How people are compared.

    Attributes
    ----------
    way, target, kind
        Adjustment, for whom, and the convention of the error.
    outcome, treatment
        The columns.
    terms
        What is held equal, as a plan writes it.
    categories
        Columns that the formula names as categories.
    cluster, weights, counts
        Columns with clusters, weights of people, and rows that a row stands for.
    cuts
        Cut points by covariate, for matching.
    """

    way: str
    target: Estimand
    kind: IntervalMethod
    outcome: str
    treatment: str
    terms: tuple[str, ...]
    categories: frozenset[str]
    cluster: str | None
    weights: str | None
    counts: str | None
    cuts: Mapping[str, Sequence[float]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The covariates."""
        return columns_of(self.terms)

    @property
    def by(self) -> tuple[str, ...]:
        """The columns that make the cells."""
        beside = (name for name in (self.cluster, self.weights, self.counts) if name is not None)
        return tuple(dict.fromkeys((self.treatment, *self.columns, *beside)))

    @property
    def bare(self) -> bool:
        """Whether nothing is adjusted."""
        return self.way == Adjustment.NONE

    def changed(
        self,
        *,
        adjust: str | None,
        estimand: str | None,
        error: str | None,
        cuts: Mapping[str, Sequence[float]] | None,
    ) -> "Comparison":
        """Choose another adjustment, for others, or with another error.

        Raises
        ------
        Refused
            The choices do not go together.
        """
        way, target = adjust or self.way, estimand or self.target.value
        kind = error or self.kind.value
        _require(way, target, kind, self.terms, self.cluster, self.weights)
        return attrs.evolve(
            self,
            way=way,
            target=Estimand(target),
            kind=IntervalMethod(kind),
            cuts=self.cuts if cuts is None else cuts,
        )

    def without(self, columns: Collection[str]) -> "Comparison":
        """Leave covariates out, with what is made of them; without any, adjust nothing."""
        kept = tuple(term for term in self.terms if not {*columns_of((term,))} & {*columns})
        return attrs.evolve(self, terms=kept, way=self.way if kept else Adjustment.NONE.value)

    def cut(self, sample: Sample, columns: Collection[str]) -> Sample:
        """Leave covariates out of the people."""
        kept = {name: value for name, value in sample.columns.items() if name not in columns}
        X, names = expand(kept, sample.categories, self.without(columns).terms)
        X = X if names else np.empty((len(sample.n), 0))
        return attrs.evolve(sample, X=X, names=names, columns=kept)

    def answer(self, sample: Sample) -> Answer:
        """Run the estimator.

        Raises
        ------
        Refused
            These people cannot be compared so.
        """
        match self.way:
            case Adjustment.NONE:
                return difference_in_means(sample, interval=self.kind)
            case Adjustment.REGRESSION:
                return regression_adjusted(sample, interval=self.kind)
            case Adjustment.INTERACTED_REGRESSION:
                return interacted_regression(sample, estimand=self.target, interval=self.kind)
            case Adjustment.COARSENED_EXACT_MATCHING:
                cuts = self.cuts.items()
                return coarsened_exact_matching(
                    sample,
                    covariates=self.columns,
                    coarsening=tuple(Coarsening(column=n, cuts=tuple(c)) for n, c in cuts),
                    estimand=self.target,
                )
        estimator = {
            Adjustment.INVERSE_PROBABILITY.value: inverse_probability,
            Adjustment.ENTROPY_BALANCING.value: entropy_balancing,
            DOUBLY_ROBUST: doubly_robust,
        }[self.way]
        return estimator(sample, estimand=self.target)

    def sample(self, cells: Cells) -> Sample:
        """Make the people of the cells.

        Raises
        ------
        Refused
            The sides are not 0 and 1, or weights or counts are no weights or counts.
        """
        columns, categories = {}, {}
        for name in self.columns:
            values, labels = cells.by[name], cells.labels.get(name)
            if labels is None and name in self.categories:
                present, values = np.unique(values, return_inverse=True)
                labels = tuple(f"{value:g}" for value in present)
            if labels is not None:
                categories[name] = labels
            columns[name] = np.asarray(values, dtype=np.float64).reshape(-1)
        X, names = expand(columns, categories, self.terms)
        moved, counts = cells.deviations[self.outcome], _counts(cells, self.counts)
        within = np.maximum(cells.squares[self.outcome] - moved**2 / cells.n, 0.0)
        return Sample(
            n=cells.n * counts,
            mean=np.asarray(cells.centre[self.outcome] + moved / cells.n),
            within=within * counts,
            treated=_sides(cells, self.treatment),
            X=X if self.terms else np.empty((cells.count, 0)),
            names=names,
            columns=columns,
            categories=categories,
            clusters=None if self.cluster is None else _codes(cells.by[self.cluster]),
            weight=_weights(cells, self.weights),
        )


def comparison_of(
    asked: Formula,
    *,
    adjust: str,
    estimand: str,
    error: str | None,
    cluster: str | None,
    weights: str | None,
    counts: str | None,
    cuts: Mapping[str, Sequence[float]],
) -> Comparison:
    """Check the choices and put them together.

    Raises
    ------
    Refused
        A choice is none, or does not go with another.
    """
    terms = tuple(_written(asked, term) for term in asked.terms[1:])
    error = error or ("hc2" if cluster is None else "cr1")
    _require(adjust, estimand, error, terms, cluster, weights)
    return Comparison(
        way=adjust,
        target=Estimand(estimand),
        kind=IntervalMethod(error),
        outcome=_written(asked, (asked.outcome,)),
        treatment=_written(asked, asked.terms[0]),
        terms=terms,
        categories=frozenset(asked.categories),
        cluster=cluster,
        weights=weights,
        counts=counts,
        cuts=cuts,
    )


def _require(
    adjust: str,
    estimand: str,
    error: str,
    terms: Sequence[str],
    cluster: str | None,
    weights: str | None,
) -> None:
    ways = (*(item.value for item in Adjustment), DOUBLY_ROBUST)
    targets, kinds = (tuple(item.value for item in kind) for kind in (Estimand, IntervalMethod))
    for said, allowed in ((adjust, ways), (estimand, targets), (error, kinds)):
        if said not in allowed:
            raise Refused("panel.refused.compare_choice", choice=said, allowed=allowed)
    if cluster is not None and IntervalMethod(error) not in CLUSTERED:
        raise Refused("panel.refused.compare_clusters", choice=error, cluster=cluster)
    if estimand == Estimand.OVERLAP and adjust != Adjustment.INVERSE_PROBABILITY:
        raise Refused("effects.refused.overlap_only")
    if weights is not None and error == IntervalMethod.CLASSICAL:
        raise Refused("panel.refused.compare_classical", weights=weights)
    if adjust != Adjustment.NONE and not terms:
        raise Refused("panel.refused.compare_covariates", adjust=adjust)


def estimate_of(answer: Answer, sample: Sample, missing: int) -> Estimate:
    """Give an answer its interval."""
    low, high = interval(answer.value, answer.error.se, answer.error.df)
    return Estimate(
        value=answer.value,
        se=answer.error.se,
        low=low,
        high=high,
        df=answer.error.df,
        n=sample.count(answer.used),
        missing=missing,
        method=answer.method,
        interval=answer.error.convention,
        warnings=answer.warnings,
    )


def _written(asked: Formula, term: Term) -> str:
    """Write a term as a plan does."""
    if any(factor.log for factor in term) or (term[0] is asked.outcome and not is_stored(term)):
        part = ":".join(factor.shown for factor in term)
        raise Refused("panel.refused.columns_only", formula=asked.text, part=part)
    return ":".join(factor.shown for factor in term)


def _sides(cells: Cells, treatment: str) -> Mask:
    sides = cells.by[treatment]
    if treatment in cells.labels or set(np.unique(sides).tolist()) != {0.0, 1.0}:
        shown = cells.labels.get(treatment, tuple(f"{value:g}" for value in np.unique(sides)[:5]))
        raise Refused("panel.refused.sides", term=treatment, values=shown or ("-",))
    return np.asarray(sides == 1.0)


def _weights(cells: Cells, weights: str | None) -> Vector | None:
    """Give weights of people, with mean 1 over the rows; only their ratios matter."""
    if weights is None:
        return None
    found = np.asarray(cells.by[weights], dtype=np.float64)
    if weights in cells.labels or not bool(np.all((found > 0.0) & np.isfinite(found))):
        raise Refused("panel.refused.compare_weights", weights=weights)
    return found * (float(cells.n.sum()) / float(np.sum(cells.n * found)))


def _counts(cells: Cells, counts: str | None) -> Vector:
    if counts is None:
        return np.ones(cells.count)
    found = np.asarray(cells.by[counts], dtype=np.float64)
    if counts in cells.labels or not bool(np.all((found >= 1.0) & (found == np.floor(found)))):
        raise Refused("panel.refused.compare_counts", counts=counts)
    return found


def _codes(values: Vector) -> Codes:
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int64)
