"""People who were reached against people who were not, in one table: one call for each adjustment.

The estimators are those of the study's plan; here they can be called on a file or data frame.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.datasets.store import Cells, DataEngine, RowFilter, Term, compress, is_stored
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Codes, Vector
from biotoop.engine.effects.augmented import doubly_robust
from biotoop.engine.effects.balance import balance_rows
from biotoop.engine.effects.diagnostics import BalanceRow
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.panel.formulas import Formula, parse_comparison
from biotoop.engine.effects.panel.pictures import ladder
from biotoop.engine.effects.panel.shown import as_html, as_lines, fixed, heads, line_of, p_value
from biotoop.engine.effects.panel.table_in import Data, as_snapshot, engine_for
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


@attrs.frozen(kw_only=True, eq=False)
class Compared:
    """An effect on people, with how alike the sides were.

    Attributes
    ----------
    outcome, term
        The columns.
    effect
        The estimate.
    raw
        The difference without any adjustment, with the same convention of the error.
    balance
        Each covariate before and after the adjustment.
    answer
        The estimate with the weights of the cells; microdata.
    sample
        The cells; microdata.
    engine
        Rows, cells and sides in words.
    """

    outcome: str
    term: str
    effect: Estimate
    raw: Estimate
    balance: tuple[BalanceRow, ...]
    answer: Answer
    sample: Sample
    engine: Note

    def tidy(self) -> pa.Table:
        """Give a row for the effect and one without adjustment."""
        found = (self.effect, self.raw)
        return pa.table(
            {
                "term": [self.term, f"{self.term}, raw"],
                "estimate": [item.value for item in found],
                "std_error": [item.se for item in found],
                "df": [item.df for item in found],
                "p_value": [p_value(item) for item in found],
                "conf_low": [item.low for item in found],
                "conf_high": [item.high for item in found],
                "convention": [item.interval.text("en") if item.interval else "" for item in found],
            }
        )

    def balance_table(self) -> pa.Table:
        """Give a row for each covariate: means, and standardised differences."""
        names = (
            *("covariate", "treated_mean", "comparison_mean", "difference"),
            *("adjusted_difference", "variance_ratio"),
        )
        return pa.table({name: [getattr(row, name) for row in self.balance] for name in names})

    def text(self, language: Language = "en") -> str:
        """Write the result in lines for a terminal."""
        return "\n".join(
            [self._title(language), *as_lines(self._rows(language)), *self._below(language)]
        )

    def __str__(self) -> str:
        """Write the result in English."""
        return self.text("en")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(self._title("en"), self._rows("en"), self._below("en"), self.picture())

    def picture(self, language: Language = "en") -> str:
        """Draw the effect beside the raw difference, as SVG."""
        return ladder(self._title(language), self._named(language), language)

    def _named(self, language: Language) -> list[tuple[str, Estimate]]:
        raw = word("panel.shown", "compare_unadjusted", language)
        return [(self.term, self.effect), (f"{self.term}, {raw}", self.raw)]

    def _title(self, language: Language) -> str:
        return note(
            "panel.shown.compare_title",
            term=self.term,
            outcome=self.outcome,
            method=self.effect.method,
        ).text(language)

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        return [heads(language), *(line_of(*item, language) for item in self._named(language))]

    def _below(self, language: Language) -> list[str]:
        lines = [self.effect.interval.text(language)] if self.effect.interval else []
        lines += [item.text(language) for item in (*self._alike(language), self.engine)]
        caution = word("panel.shown", "caution", language)
        return [*lines, *(f"{caution}: {item.text(language)}" for item in self.effect.warnings)]

    def _alike(self, language: Language) -> list[Note]:
        if not self.balance:
            return []
        names = tuple(dict.fromkeys(row.covariate.partition("=")[0] for row in self.balance))
        assumes = note("panel.shown.compare_assumes", covariates=names, term=self.term)
        adjusted = [row for row in self.balance if row.adjusted_difference is not None]
        if not adjusted:
            worst = max(self.balance, key=lambda row: abs(row.difference))
            far = fixed(worst.difference, 2, language)
            return [
                note("panel.shown.compare_raw", covariate=worst.covariate, difference=far),
                assumes,
            ]
        worst = max(adjusted, key=lambda row: abs(row.adjusted_difference or 0.0))
        said = note(
            "panel.shown.compare_balance",
            covariate=worst.covariate,
            difference=fixed(worst.adjusted_difference, 2, language),
            before=fixed(worst.difference, 2, language),
        )
        return [said, assumes]


def compare(  # noqa: PLR0913 - the choices of a design, all by keyword
    formula: str,
    data: Data,
    *,
    adjust: str = "regression",
    estimand: str = "att",
    error: str | None = None,
    cluster: str | None = None,
    cuts: Mapping[str, Sequence[float]] | None = None,
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> Compared:
    """Compare people who were reached with people who were not.

    Parameters
    ----------
    formula
        ``"lonely ~ reached + age + C(income) + I(hours^2)"``: the first covariate is 1 for who was
        reached and 0 for who was not; the others are held equal.
    data
        A snapshot, a Parquet file, a data frame, arrays by name, or a table of Ibis.
    adjust
        "none", "regression", "interacted_regression" (a regression for each side),
        "inverse_probability" (Hajek 1971; Lunceford & Davidian 2004), "entropy_balancing"
        (Hainmueller 2012), "coarsened_exact_matching" (Iacus, King & Porro 2012), or
        "doubly_robust" (Robins, Rotnitzky & Zhao 1994; Sant'Anna & Zhao 2020).
    estimand
        "att" for those reached, "ate" for everyone; not for "none" and "regression".
    error
        For the regressions, and for the difference without adjustment: "classical", "hc1", "hc2"
        or "hc3"; with clusters "cr1" or "cr2". When not given: "hc2", with clusters "cr1".
    cluster
        Column with the clusters.
    cuts
        Cut points by covariate, for matching.
    where
        Filters.
    engine
        The data engine; DuckDB when not given.

    Raises
    ------
    Refused
        These data cannot answer this question in this way; the text says why and what to do.
    InvalidData, UnknownColumn, NotNumeric, TooManyCells
        The table cannot be used so.
    """
    asked, engine = parse_comparison(formula), engine_for(data, engine)
    choices = _choices(adjust, estimand, error, cluster)
    terms = tuple(_written(asked, term) for term in asked.terms[1:])
    bare = adjust == Adjustment.NONE
    if not bare and not terms:
        raise Refused("panel.refused.compare_covariates", adjust=adjust)
    treatment = _written(asked, asked.terms[0])
    covariates = columns_of(terms)
    by = tuple(dict.fromkeys((treatment, *covariates, *([cluster] if cluster else []))))
    with as_snapshot(data, engine) as snapshot:
        cells = compress(
            snapshot,
            by=by,
            outcomes=(_written(asked, (asked.outcome,)),),
            where=where,
            engine=engine,
        )
    sample = _sample(cells, asked, treatment, terms, cluster)
    answer = _answer(sample, choices, covariates, cuts or {})
    raw = answer if bare else difference_in_means(sample, interval=choices.kind)
    return Compared(
        outcome=asked.outcome.name,
        term=treatment,
        effect=_estimate(answer, cells),
        raw=_estimate(raw, cells),
        balance=balance_rows(sample, answer.weights),
        answer=answer,
        sample=sample,
        engine=note(
            "panel.shown.compare_people",
            rows=cells.rows,
            used=cells.used,
            cells=cells.count,
            reached=sample.count(sample.treated),
            others=sample.count(~sample.treated),
        ),
    )


DOUBLY_ROBUST = "doubly_robust"


@attrs.frozen
class _Choices:
    way: str
    target: Estimand
    kind: IntervalMethod


def _answer(  # noqa: PLR0911 - one for each adjustment
    sample: Sample,
    asked: _Choices,
    covariates: tuple[str, ...],
    cuts: Mapping[str, Sequence[float]],
) -> Answer:
    target, kind = asked.target, asked.kind
    match asked.way:
        case Adjustment.NONE:
            return difference_in_means(sample, interval=kind)
        case Adjustment.REGRESSION:
            return regression_adjusted(sample, interval=kind)
        case Adjustment.INTERACTED_REGRESSION:
            return interacted_regression(sample, estimand=target, interval=kind)
        case Adjustment.INVERSE_PROBABILITY:
            return inverse_probability(sample, estimand=target)
        case Adjustment.ENTROPY_BALANCING:
            return entropy_balancing(sample, estimand=target)
        case Adjustment.COARSENED_EXACT_MATCHING:
            coarsening = tuple(
                Coarsening(column=name, cuts=tuple(points)) for name, points in cuts.items()
            )
            return coarsened_exact_matching(
                sample, covariates=covariates, coarsening=coarsening, estimand=target
            )
        case _:
            return doubly_robust(sample, estimand=target)


def _choices(adjust: str, estimand: str, error: str | None, cluster: str | None) -> _Choices:
    error = error or ("hc2" if cluster is None else "cr1")
    ways = (*(item.value for item in Adjustment), DOUBLY_ROBUST)
    targets, kinds = (tuple(item.value for item in kind) for kind in (Estimand, IntervalMethod))
    for said, allowed in ((adjust, ways), (estimand, targets), (error, kinds)):
        if said not in allowed:
            raise Refused("panel.refused.compare_choice", choice=said, allowed=allowed)
    if cluster is not None and IntervalMethod(error) not in CLUSTERED:
        raise Refused("panel.refused.compare_clusters", choice=error, cluster=cluster)
    return _Choices(adjust, Estimand(estimand), IntervalMethod(error))


def _written(asked: Formula, term: Term) -> str:
    """Write a term as a plan does."""
    if any(factor.log for factor in term) or (term[0] is asked.outcome and not is_stored(term)):
        part = ":".join(factor.shown for factor in term)
        raise Refused("panel.refused.columns_only", formula=asked.text, part=part)
    return ":".join(factor.shown for factor in term)


def _sample(
    cells: Cells, asked: Formula, treatment: str, terms: Sequence[str], cluster: str | None
) -> Sample:
    sides = cells.by[treatment]
    if treatment in cells.labels or set(np.unique(sides).tolist()) != {0.0, 1.0}:
        shown = cells.labels.get(treatment, tuple(f"{value:g}" for value in np.unique(sides)[:5]))
        raise Refused("panel.refused.sides", term=treatment, values=shown or ("-",))
    columns, categories = {}, {}
    for name in columns_of(terms):
        values, labels = cells.by[name], cells.labels.get(name)
        if labels is None and name in asked.categories:
            present, values = np.unique(values, return_inverse=True)
            labels = tuple(f"{value:g}" for value in present)
        if labels is not None:
            categories[name] = labels
        columns[name] = np.asarray(values, dtype=np.float64).reshape(-1)
    X, names = expand(columns, categories, terms)
    (outcome,) = cells.sums
    moved = cells.deviations[outcome]
    return Sample(
        n=cells.n,
        mean=np.asarray(cells.centre[outcome] + moved / cells.n),
        within=np.maximum(cells.squares[outcome] - moved**2 / cells.n, 0.0),
        treated=np.asarray(sides == 1.0),
        X=X if terms else np.empty((cells.count, 0)),
        names=names,
        columns=columns,
        categories=categories,
        clusters=None if cluster is None else _codes(cells.by[cluster]),
    )


def _codes(values: Vector) -> Codes:
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _estimate(answer: Answer, cells: Cells) -> Estimate:
    low, high = interval(answer.value, answer.error.se, answer.error.df)
    return Estimate(
        value=answer.value,
        se=answer.error.se,
        low=low,
        high=high,
        df=answer.error.df,
        n=round(float(cells.n[answer.used].sum())),
        missing=cells.rows - cells.used,
        method=answer.method,
        interval=answer.error.convention,
        warnings=answer.warnings,
    )
