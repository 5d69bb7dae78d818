"""People who were reached against people who were not, in one table: one call for each adjustment.

The estimators are those of the study's plan; here they can be called on a file or data frame.
"""

from collections.abc import Mapping, Sequence

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import DataEngine, RowFilter, compress
from biotoop.engine.effects.compared import Compared, compared
from biotoop.engine.effects.comparison import comparison_of
from biotoop.engine.effects.panel.formulas import parse_comparison
from biotoop.engine.effects.panel.table_in import Data, as_snapshot, engine_for

__all__ = ["Compared", "compare"]


def compare(  # noqa: PLR0913 - the choices of a design, all by keyword
    formula: str,
    data: Data,
    *,
    adjust: str = "regression",
    estimand: str = "att",
    error: str | None = None,
    cluster: str | None = None,
    weights: str | None = None,
    counts: str | None = None,
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
        "att" for those reached, "ate" for everyone; not for "none" and "regression". For
        "inverse_probability" also "overlap": people who could have been on either side, who weigh
        by their chance to be on the other (Li, Morgan & Zaslavsky 2018).
    error
        For the regressions, and for the difference without adjustment: "classical", "hc1", "hc2"
        or "hc3"; with clusters "cr1" or "cr2". When not given: "hc2", with clusters "cr1".
    cluster
        Column with the clusters.
    weights
        Column with weights of people, above zero, such as those of a survey: for how many each
        stands. Errors are robust: a person who stands for many is one person.
    counts
        Column with how often a row was seen: the same as writing it out so many times.
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
    engine = engine_for(data, engine)
    asked = comparison_of(
        parse_comparison(formula),
        adjust=adjust,
        estimand=estimand,
        error=error,
        cluster=cluster,
        weights=weights,
        counts=counts,
        cuts=cuts or {},
    )
    with as_snapshot(data, engine) as snapshot:
        cells = compress(
            snapshot, by=asked.by, outcomes=(asked.outcome,), where=where, engine=engine
        )
    sample = asked.sample(cells)
    said = note(
        "panel.shown.compare_people",
        rows=cells.rows,
        used=cells.used,
        cells=cells.count,
        reached=sample.count(sample.treated),
        others=sample.count(~sample.treated),
    )
    return compared(asked, sample, cells.rows - cells.used, said)
