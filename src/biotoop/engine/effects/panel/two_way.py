"""Two-way fixed effects: an effect for each unit and each period, one call."""

from collections.abc import Callable, Sequence

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.store import (
    DataEngine,
    Panel,
    PanelScores,
    RowFilter,
    RowPass,
    RowProducts,
    WithinProducts,
    unit_pass,
)
from biotoop.engine.effects.panel.choosing import Choice, Way, choose, way_of
from biotoop.engine.effects.panel.cluster_errors import Errors, PanelError, panel_errors
from biotoop.engine.effects.panel.formulas import Formula, parse_formula
from biotoop.engine.effects.panel.panel_result import FixedEffects
from biotoop.engine.effects.panel.prepared import prepared
from biotoop.engine.effects.panel.row_wise import by_rows
from biotoop.engine.effects.panel.solved import Solved, require_rest, solve
from biotoop.engine.effects.panel.table_in import Data, as_snapshot, engine_for
from biotoop.engine.effects.panel.unit_errors import errors_by_unit
from biotoop.engine.effects.refusals import Refused

_FEW_CLUSTERS = 20
_LEVEL = 0.95


def fixed_effects(  # noqa: PLR0913 - the choices of a design, all by keyword
    formula: str,
    data: Data,
    *,
    cluster: str | None = None,
    error: str = "cr1",
    weights: str | None = None,
    where: Sequence[RowFilter] = (),
    way: str = "count",
    keep_rows: bool = False,
    engine: DataEngine | None = None,
    clock: Callable[[], float] | None = None,
) -> FixedEffects:
    """Estimate a regression with an effect for each unit and each period.

    Rows are read once (with units as clusters twice) and never held: memory does not depend on
    their number when they lie in the order of units and periods. With three or more sets of
    effects, or more than 400 periods (people and employers), rows are held in memory and means
    are taken off in turn; the result says which way it went, and why.

    Parameters
    ----------
    formula
        As in R's fixest: ``"hours ~ reached + age + C(income) | person + month"``, with one or
        more sets of effects behind the bar. The first covariate is the one in question.
        ``C(name)`` gives each code its own effect; texts always get one.
    data
        A snapshot, a Parquet file, a data frame (pandas, polars, Arrow) or arrays by name.
    cluster
        Column with the clusters; must be named, unless ``error="classical"``. May be the unit.
    error
        "cr1" (the factor of fixest), "cr2" (few clusters; Satterthwaite), "cr3" (jackknife),
        "classical", or "hc1" (each row its own spread; with ``way="rows"``).
    weights
        Column of weights, above zero.
    where
        Filters.
    engine
        The data engine; DuckDB when not given. The result does not depend on its threads.
    way
        "count": products where these can hold the effects, by a count; "products" or "rows".
    keep_rows
        Keep rows that are held in memory, for ``wild_bootstrap()``.
    clock
        Gives seconds, such as ``time.perf_counter``; the result then says what it took.

    Returns
    -------
    FixedEffects
        Prints itself; ``tidy()`` gives a table.

    Raises
    ------
    Refused
        These data cannot answer this question in this way; the text says why and what to do.
    InvalidData, UnknownColumn, NotNumeric, TooManyCells
        The table cannot be used so.

    Examples
    --------
    >>> found = fixed_effects("y ~ d | unit + period", table, cluster="town")  # doctest: +SKIP
    >>> print(found)  # doctest: +SKIP
    """
    begin = None if clock is None else clock()
    asked, kind, chosen = parse_formula(formula), kind_of(error), way_of(way)
    if kind not in (PanelError.CLASSICAL, PanelError.HC1) and cluster is None:
        raise Refused("panel.refused.no_clusters", method=kind.value.upper())
    engine = engine_for(data, engine)
    beside = (*asked.effects, *(name for name in (cluster, weights) if name is not None))
    with (
        as_snapshot(data, engine) as snapshot,
        prepared(asked, snapshot, beside=beside, where=where, engine=engine) as design,
    ):
        rows = RowPass(
            snapshot=design.snapshot,
            effects=asked.effects,
            x=design.x,
            outcomes=(design.outcome,),
            clusters=cluster,
            where=where,
            weights=weights,
            categories=design.categories,
            engine=engine,
            keep=keep_rows,
        )
        choice, products, fit, errors = fitted(rows, kind, chosen)
    found = _result(asked, design.outcome, cluster, products, fit, errors)
    found = attrs.evolve(found, choice=choice.said)
    return found if clock is None else attrs.evolve(found, seconds=clock() - (begin or 0.0))


def fitted(
    rows: RowPass, kind: PanelError, way: Way
) -> tuple[Choice, WithinProducts | RowProducts, Solved, Errors]:
    """Choose a way, take products and solve.

    Raises
    ------
    Refused
        As ``fixed_effects``.
    """
    choice = choose(rows, way)
    work = by_rows if choice.way is Way.ROWS else _by_products
    return (choice, *work(rows, kind))


def _by_products(asked: RowPass, kind: PanelError) -> tuple[WithinProducts, Solved, Errors]:
    """Take products within units, in one pass that holds no rows."""
    unit, period = asked.effects
    scores = PanelScores(
        snapshot=asked.snapshot,
        panel=Panel(
            unit=unit, period=period, clusters=None if asked.clusters == unit else asked.clusters
        ),
        x=asked.x,
        outcome=asked.outcomes[0],
        where=asked.where,
        weights=asked.weights,
        categories=tuple(asked.categories),
        engine=asked.engine,
    )
    products = unit_pass(
        asked.snapshot,
        scores.panel,
        x=asked.x,
        outcomes=asked.outcomes,
        where=asked.where,
        weights=asked.weights,
        categories=asked.categories,
        engine=asked.engine,
    )
    fit = solve(products)
    require_rest(fit, asked.outcomes[0])
    return products, fit, _errors(fit, kind, asked.clusters, scores)


def kind_of(error: str) -> PanelError:
    """Read the convention that was asked for.

    Raises
    ------
    Refused
        There is no such convention.
    """
    try:
        return PanelError(error)
    except ValueError:
        allowed = tuple(item.value for item in PanelError)
        raise Refused("panel.refused.error", error=error, allowed=allowed) from None


def _errors(fit: Solved, kind: PanelError, cluster: str | None, scores: PanelScores) -> Errors:
    one_by_one = kind not in (PanelError.CLASSICAL, PanelError.HC1)
    if one_by_one and cluster == scores.panel.unit:
        if kind is not PanelError.CR1:
            raise Refused("panel.refused.units_cr1", error=kind.value.upper())
        return errors_by_unit(fit, scores)
    return panel_errors(fit, kind, cluster, weighted=scores.weights is not None)


def _result(
    asked: Formula,
    outcome: str,
    cluster: str | None,
    products: WithinProducts | RowProducts,
    fit: Solved,
    errors: Errors,
) -> FixedEffects:
    method = note("panel.method.fixed_effects", effects=asked.effects)
    warnings = warnings_of(products, fit, errors)
    terms = {}
    for place, column in enumerate(fit.terms):
        value, se, df = float(fit.coefficients[column]), float(errors.se[place]), errors.df[place]
        reach = float(scipy.special.stdtrit(df, (1 + _LEVEL) / 2)) * se
        terms[fit.names[column]] = Estimate(
            value=value,
            se=se,
            low=value - reach,
            high=value + reach,
            df=float(df),
            n=int(fit.n),
            missing=products.rows - products.used,
            method=method,
            interval=errors.convention,
            warnings=warnings,
        )
    return FixedEffects(
        outcome=outcome,
        effects=asked.effects,
        cluster=cluster,
        terms=terms,
        covariance=errors.covariance,
        fit=fit,
        products=products,
        within_r2=_within_r2(products, fit),
        warnings=warnings,
        engine=products.note,
    )


def _within_r2(products: WithinProducts | RowProducts, fit: Solved) -> float:
    """Compare what is left with what is left after units and periods alone."""
    times = [place for place in range(len(fit.names)) if place not in set(fit.terms)]
    total, right = fit.A.sum(axis=0), fit.b.sum(axis=0)
    alone = fit.squares
    if times:
        beta = np.linalg.solve(total[np.ix_(times, times)], right[times])
        alone -= float(np.sum(right[times] * beta))
    return 1.0 - fit.left_over / alone if products.used and alone > 0.0 else 0.0


def warnings_of(
    products: WithinProducts | RowProducts, fit: Solved, errors: Errors
) -> tuple[Note, ...]:
    """Say what a reader must know before using the figures."""
    found = [note("effects.warning.dropped", terms=fit.dropped)] if fit.dropped else []
    term = fit.names[fit.terms[0]] if len(fit.terms) else ""
    if isinstance(products, WithinProducts):
        found += _of_panels(products, term)
    elif products.single:
        found.append(note("panel.warning.single", rows=products.single))
    groups = int(errors.df[0]) + 1
    changed = fit.A[:, fit.terms[0], fit.terms[0]] > 0.0
    if 1 < fit.clusters < _FEW_CLUSTERS:
        found.append(note("panel.warning.few_clusters", clusters=groups))
    if fit.clusters > 1 and int(changed.sum()) == 1:
        found.append(note("panel.warning.one_changed", term=term))
    return tuple(found)


def _of_panels(products: WithinProducts, term: str) -> list[Note]:
    found = []
    if products.alone.any():
        found.append(note("panel.warning.alone", units=int(products.alone.sum())))
    if term in products.falls:
        found.append(note("panel.warning.falls", term=term, units=products.falls[term]))
    if products.patterns is None or products.patterns > 1:
        shown = "> 100,000" if products.patterns is None else products.patterns
        found.append(note("panel.warning.gaps", patterns=shown))
    return found
