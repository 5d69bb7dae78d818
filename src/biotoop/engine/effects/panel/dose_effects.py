"""Effects by dose, such as hours of support: one call.

With a dose D that begins at one moment and then stays, and f(D) for the effect of a dose, least
squares of the outcome on f(D) with effects of units and periods gives, under parallel trends, the
effect of each dose on those who have it; that one more hour would have done as much for others
asks for more (Callaway, Goodman-Bacon & Sant'Anna 2024, doi 10.3386/w32117).
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.store import (
    BEFORE,
    DataEngine,
    DosePanel,
    RowFilter,
    RowPass,
    Snapshot,
    before_the_dose,
    compress,
    dose_bins,
    dose_figures,
    with_columns,
)
from biotoop.engine.effects.panel.choosing import Way, way_of
from biotoop.engine.effects.panel.cluster_errors import PanelError
from biotoop.engine.effects.panel.dose_basis import SHARES, Basis, Levels, Spline, growing
from biotoop.engine.effects.panel.dose_figures import DoseMeans, Fitted, assembled, joint
from biotoop.engine.effects.panel.dose_result import DoseResponse, JointTest
from biotoop.engine.effects.panel.formulas import Formula, parse_formula
from biotoop.engine.effects.panel.prepared import columns_of_terms
from biotoop.engine.effects.panel.table_in import Data, as_snapshot, engine_for
from biotoop.engine.effects.panel.two_way import fitted, kind_of, warnings_of
from biotoop.engine.effects.refusals import Refused

_TENTHS = (0.1, 0.3, 0.5, 0.7, 0.9)
_ENDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_ANY = "any dose"
_POINTS = 41


def dose_response(  # noqa: PLR0913 - the choices of a design, all by keyword
    formula: str,
    data: Data,
    *,
    cluster: str | None = None,
    knots: int = 4,
    levels: Sequence[float] | None = None,
    error: str = "cr1",
    weights: str | None = None,
    where: Sequence[RowFilter] = (),
    way: str = "count",
    engine: DataEngine | None = None,
    clock: Callable[[], float] | None = None,
) -> DoseResponse:
    """Estimate the effect of each dose against no dose, in a panel.

    Parameters
    ----------
    formula
        ``"lonely ~ hours + age | person + month"``: the first covariate is the dose, 0 for none
        and above 0 from the moment that it begins.
    data
        A snapshot, a Parquet file, a data frame or arrays by name.
    cluster
        Column with the clusters; must be named, and may be the unit.
    knots
        Of the smooth line: 3, 4 or 5, at fixed quantiles of the doses above 0 (Harrell 2015).
    levels
        Upper edges of levels, ``(2, 4, 8)``: a step for each instead of a smooth line.
    error
        "cr1" or "cr3".
    weights
        Column of weights, above zero.
    where
        Filters.
    way
        As in ``fixed_effects``.
    engine
        The data engine; DuckDB when not given.
    clock
        Gives seconds, such as ``time.perf_counter``.

    Returns
    -------
    DoseResponse
        Prints itself, draws itself; ``tidy()`` gives a table.

    Raises
    ------
    Refused
        These data cannot answer this question in this way; the text says why and what to do.
    InvalidData, UnknownColumn, NotNumeric, TooManyCells
        The table cannot be used so.
    """
    begin = None if clock is None else clock()
    asked = parse_formula(formula)
    engine = engine_for(data, engine)
    choices = _Choices.of(cluster, error, way, knots, levels)
    with as_snapshot(data, engine) as snapshot, TemporaryDirectory(prefix="biotoop-dose-") as held:
        work = _Work(
            asked=asked,
            choices=choices,
            snapshot=snapshot,
            weights=weights,
            where=tuple(where),
            engine=engine,
            folder=Path(held),
        )
        found = work.result()
    return found if clock is None else attrs.evolve(found, seconds=clock() - (begin or 0.0))


@attrs.frozen(kw_only=True)
class _Choices:
    cluster: str
    kind: PanelError
    way: Way
    knots: int
    levels: tuple[float, ...] | None

    @staticmethod
    def of(
        cluster: str | None, error: str, way: str, knots: int, levels: Sequence[float] | None
    ) -> "_Choices":
        kind = kind_of(error)
        if kind not in (PanelError.CR1, PanelError.CR3):
            raise Refused("panel.refused.dose_error", error=error)
        if cluster is None:
            raise Refused("panel.refused.no_clusters", method="dose_response")
        if knots not in SHARES:
            raise Refused("panel.refused.dose_knots", knots=knots)
        edges = None if levels is None else tuple(map(float, levels))
        if edges is not None and not (edges and growing((0.0, *edges))):
            raise Refused("panel.refused.dose_levels", levels=tuple(map(str, edges)) or ("-",))
        return _Choices(cluster=cluster, kind=kind, way=way_of(way), knots=knots, levels=edges)


@attrs.frozen(kw_only=True, eq=False)
class _Work:
    asked: Formula
    choices: _Choices
    snapshot: Snapshot
    weights: str | None
    where: tuple[RowFilter, ...]
    engine: DataEngine | None
    folder: Path

    @property
    def dose(self) -> str:
        return self.asked.terms[0][0].name

    @property
    def panel(self) -> DosePanel:
        names = [factor.name for term in self.asked.terms for factor in term]
        extra = [name for name in (self.weights, self.choices.cluster) if name is not None]
        return DosePanel(
            snapshot=self.snapshot,
            dose=self.dose,
            unit=self.asked.unit,
            period=self.asked.period,
            needed=(self.asked.outcome.name, *names, *extra),
            where=self.where,
            engine=self.engine,
        )

    def result(self) -> DoseResponse:
        """Look the dose over, estimate, and try the same before it began."""
        self._require_dose()
        figures = dose_figures(self.panel, (*SHARES[self.choices.knots], *_TENTHS, *_ENDS))
        if not figures.some:
            raise Refused("panel.refused.dose_none", dose=self.dose)
        if not figures.never and figures.some == figures.rows:
            raise Refused("panel.refused.dose_all", dose=self.dose)
        basis = self._basis(tuple(figures.quantiles[s] for s in SHARES[self.choices.knots]))
        rows, made = self._rows(basis, self.panel.value)
        choice, products, fit, errors = fitted(rows, self.choices.kind, self.choices.way)
        lost = [name for name in basis.names if name in fit.dropped]
        if lost:
            raise Refused("panel.refused.dose_few", dose=self.dose, columns=tuple(lost))
        found = Fitted(
            basis=basis,
            outcome=rows.outcomes[0],
            dose=self.dose,
            effects=self.asked.effects,
            cluster=self.choices.cluster,
            fit=fit,
            products=products,
            errors=errors,
            warnings=warnings_of(products, fit, errors),
            choice=choice.said,
        )
        before, reason = self._before(basis, figures.sorted_periods)
        edges = [figures.quantiles[share] for share in _ENDS]
        edges = sorted({0.0, *edges[1:]})
        return assembled(
            found,
            figures,
            self._means(made, basis, rows),
            at=self._at(basis, figures.quantiles[_TENTHS[0]], figures.quantiles[_TENTHS[-1]]),
            support=dose_bins(self.panel, edges),
            before=before,
            reason=reason,
        )

    def _require_dose(self) -> None:
        first = self.asked.terms[0]
        again = [term for term in self.asked.terms[1:] if self.dose in {f.name for f in term}]
        if len(first) > 1 or not first[0].plain or first[0].category or again:
            raise Refused("panel.refused.dose_plain", formula=self.asked.text)
        if len(self.asked.effects) != 2:
            raise Refused(
                "panel.refused.two_effects", formula=self.asked.text, effects=self.asked.effects
            )
        least = self.snapshot.column(self.dose).minimum
        if least is not None and least < 0.0:
            raise Refused("panel.refused.dose_negative", dose=self.dose, least=least)

    def _basis(self, knots: tuple[float, ...]) -> Basis:
        if self.choices.levels is not None:
            return Levels(dose=self.dose, edges=self.choices.levels)
        if not growing(knots):
            raise Refused(
                "panel.refused.dose_few", dose=self.dose, columns=tuple(f"{k:g}" for k in knots)
            )
        return Spline(dose=self.dose, knots=knots)

    def _rows(
        self, basis: Basis, dose: str, *, source: str | None = None
    ) -> tuple[RowPass, Snapshot]:
        """Make the columns of the dose beside the others, and ask for the regression."""
        rest = attrs.evolve(self.asked, terms=self.asked.terms[1:])
        design = columns_of_terms(rest, self.snapshot, where=self.where, engine=self.engine)
        asked, cluster = self.asked, self.choices.cluster
        beside = (*asked.effects, *(n for n in (cluster, self.weights) if n is not None))
        made = {**design.made, **basis.sql(dose), _ANY: f"CAST(({dose} > 0) AS DOUBLE)"}
        if isinstance(basis, Spline):
            made |= basis.slopes_sql(dose)
        snapshot = with_columns(
            self.snapshot,
            made,
            self.folder,
            keep=[*beside, *design.keep, *(item.column for item in self.where)],
            source=source,
            order=() if source is None else (asked.unit, asked.period),
            engine=self.engine,
        )
        rows = RowPass(
            snapshot=snapshot,
            effects=asked.effects,
            x=(*basis.names, *design.x),
            outcomes=(design.outcome,),
            clusters=cluster,
            where=self.where,
            weights=self.weights,
            categories=design.categories,
            engine=self.engine,
        )
        return rows, snapshot

    def _means(self, made: Snapshot, basis: Basis, rows: RowPass) -> DoseMeans:
        """Average the columns over the rows with a dose."""
        slopes = basis.slope_names if isinstance(basis, Spline) else ()
        names = (*basis.names, *slopes)
        cells = compress(
            made,
            by=(_ANY,),
            outcomes=(*names, *rows.outcomes),
            where=self.where,
            weights=self.weights,
            engine=self.engine,
        )
        place = int(np.flatnonzero(cells.by[_ANY] == 1.0)[0])
        mean = {name: float(cells.sums[name][place] / cells.weight[place]) for name in names}
        return DoseMeans(
            values=np.array([mean[name] for name in basis.names]),
            slopes=np.array([0.0, *(mean[name] for name in slopes)]) if slopes else None,
        )

    def _at(self, basis: Basis, low: float, high: float) -> tuple[float, ...]:
        if isinstance(basis, Levels):
            top = basis.edges[-1] + 1.0
            return (*basis.edges, top)
        return tuple(np.linspace(low, high, _POINTS).tolist()) if low < high else (low,)

    def _before(
        self,
        basis: Basis,
        in_order: bool,  # noqa: FBT001 - what the figures say
    ) -> tuple[JointTest | None, Note | None]:
        """Pretend that the dose began one period earlier, on the rows before it began."""
        if not in_order:
            return None, note("panel.dose.before_texts")
        source = before_the_dose(self.panel)
        try:
            rows, _ = self._rows(basis, f'"{BEFORE}"', source=source)
            _, _, fit, errors = fitted(rows, PanelError.CR1, self.choices.way)
        except Refused as refused:
            return None, refused.why
        places = [place for place, at in enumerate(fit.terms) if fit.names[at] in basis.names]
        beta = fit.coefficients[fit.terms[places]]
        V = errors.covariance[np.ix_(places, places)]
        return joint(beta, V, float(errors.df[0])), None
