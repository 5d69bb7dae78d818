"""What is known of a dose, such as hours of support, before anything is estimated.

Counted where the data lie: how many had none, how the others spread, whether a dose stays the same
once it has begun, and how many moments there were to begin.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import attrs

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, literal, quoted
from biotoop.engine.datasets.fixed_point import number
from biotoop.engine.datasets.group_keys import in_order, known_labels
from biotoop.engine.datasets.panel_pass import MOST_PERIODS
from biotoop.engine.datasets.row_selection import RowFilter, Selection, usable
from biotoop.engine.datasets.snapshots import Snapshot

BEFORE = "dose that comes"
_DOSE = "0 biotoop dose"
_TEXTS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT})


@attrs.frozen(kw_only=True)
class DoseBin:
    """A part of the doses above 0: bounds, rows and units."""

    low: float
    high: float
    rows: int
    units: int


@attrs.frozen(kw_only=True)
class DoseFigures:
    """A dose in a panel.

    Attributes
    ----------
    rows, some
        Rows that take part, and rows with a dose above 0.
    least
        Smallest dose.
    quantiles
        Of the doses above 0, by share.
    units, never, always, changing, stopping
        Units: all; never a dose; a dose in all their periods; more than one dose above 0; a
        dose that goes back to 0.
    starts
        Number of moments at which a dose begins.
    sorted_periods
        Whether periods in the order of their values are in the order of time.
    """

    rows: int
    some: int
    least: float
    quantiles: Mapping[float, float]
    units: int
    never: int
    always: int
    changing: int
    stopping: int
    starts: int
    sorted_periods: bool


@attrs.frozen(kw_only=True, eq=False)
class DosePanel:
    """A dose in a panel: the table, the columns, and which rows take part."""

    snapshot: Snapshot
    dose: str
    unit: str
    period: str
    needed: Sequence[str] = ()
    where: Sequence[RowFilter] = ()
    engine: DataEngine | None = None

    @property
    def condition(self) -> Selection:
        """Which rows take part."""
        return usable(self.snapshot, (self.dose, self.unit, self.period, *self.needed), self.where)

    @property
    def value(self) -> str:
        """The dose in SQL."""
        return as_double(self.snapshot.column(self.dose))


def dose_figures(panel: DosePanel, shares: Sequence[float]) -> DoseFigures:
    """Count a dose, and find quantiles of those above 0."""
    chosen, value = panel.condition, panel.value
    unit, period = quoted(panel.unit), quoted(panel.period)
    with (panel.engine or DuckEngine()).open() as session:
        rows = session.rows_of(panel.snapshot.path)
        listed = ", ".join(number(share) for share in shares)
        spread = session.table(
            f"SELECT count(*) AS n, count(*) FILTER ({value} > 0) AS given, min({value}) AS least,"
            f" quantile_cont({value}, [{listed}]) FILTER ({value} > 0) AS q"
            f" FROM {rows} WHERE {chosen.sql}",
            chosen.params,
        ).to_pylist()[0]
        units = session.table(
            f"SELECT count(*) AS units, count(*) FILTER (s IS NULL) AS never,"
            f" count(*) FILTER (given = n) AS every, count(*) FILTER (low < high) AS changing,"
            f" count(*) FILTER (zero > s) AS stopping, count(DISTINCT s) AS starts"
            f" FROM (SELECT count(*) AS n, count(*) FILTER ({value} > 0) AS given,"
            f" min({value}) FILTER ({value} > 0) AS low, max({value}) AS high,"
            f" min({period}) FILTER ({value} > 0) AS s, max({period}) FILTER ({value} = 0) AS zero"
            f" FROM {rows} WHERE {chosen.sql} GROUP BY {unit})",
            chosen.params,
        ).to_pylist()[0]
        tidy = _sorted(session, panel, chosen)
    quantiles = spread["q"] or [0.0] * len(shares)
    return DoseFigures(
        rows=int(spread["n"]),
        some=int(spread["given"]),
        least=float(spread["least"] or 0.0),
        quantiles=dict(zip(shares, map(float, quantiles), strict=True)),
        units=int(units["units"]),
        never=int(units["never"]),
        always=int(units["every"]),
        changing=int(units["changing"]),
        stopping=int(units["stopping"]),
        starts=int(units["starts"]),
        sorted_periods=tidy,
    )


def _sorted(session: Session, panel: DosePanel, chosen: Selection) -> bool:
    """Tell whether the values of the periods lie in the order of time; "10" lies before "9"."""
    column = panel.snapshot.column(panel.period)
    if column.type not in _TEXTS:
        return True
    found = session.table(
        f"SELECT DISTINCT CAST({quoted(column.name)} AS VARCHAR) AS code"
        f" FROM {session.rows_of(panel.snapshot.path)} WHERE {chosen.sql} LIMIT {MOST_PERIODS + 1}",
        chosen.params,
    )
    codes = sorted(found["code"].to_pylist())
    return codes == list(in_order(codes, known_labels(panel.snapshot).get(column.name, ())))


def dose_bins(panel: DosePanel, edges: Sequence[float]) -> tuple[DoseBin, ...]:
    """Count rows and units between edges, each with its upper edge."""
    chosen, value = panel.condition, panel.value
    with (panel.engine or DuckEngine()).open() as session:
        place = " + ".join(f"CAST(({value} > {number(edge)}) AS INTEGER)" for edge in edges)
        found = session.table(
            f"SELECT {place} AS place, count(*) AS n, count(DISTINCT {quoted(panel.unit)}) AS units"
            f" FROM {session.rows_of(panel.snapshot.path)} WHERE {chosen.sql} GROUP BY 1",
            chosen.params,
        ).to_pylist()
    rows = {int(item["place"]): item for item in found}
    return tuple(
        DoseBin(
            low=low,
            high=high,
            rows=int(rows[place]["n"]) if place in rows else 0,
            units=int(rows[place]["units"]) if place in rows else 0,
        )
        for place, (low, high) in enumerate(pairwise(edges), start=1)
    )


def before_the_dose(panel: DosePanel) -> str:
    """Write the rows before any dose, with the dose that comes in the last of them, as SQL.

    Each unit has its highest dose in its last period before it begins, and 0 before that; units
    without a dose have 0 everywhere.
    """
    chosen, unit, period = panel.condition, quoted(panel.unit), quoted(panel.period)
    dose = quoted(_DOSE)
    with (panel.engine or DuckEngine()).open() as session:
        rows = session.rows_of(panel.snapshot.path)
    told = f"(SELECT *, {panel.value} AS {dose} FROM {rows} WHERE {_inlined(chosen)})"
    begun = (
        f"(SELECT {unit} AS u, max({dose}) AS high, min({period}) FILTER ({dose} > 0) AS s"
        f" FROM {told} GROUP BY {unit})"
    )
    last = (
        f"(SELECT b.u AS u, max(t.{period}) AS l FROM {told} t JOIN {begun} b"
        f" ON t.{unit} = b.u WHERE t.{period} < b.s GROUP BY b.u)"
    )
    return (
        f"(SELECT t.*, CASE WHEN t.{period} = l.l THEN b.high ELSE 0.0 END AS {quoted(BEFORE)}"
        f" FROM {told} t JOIN {begun} b ON t.{unit} = b.u LEFT JOIN {last} l ON l.u = b.u"
        f" WHERE b.s IS NULL OR t.{period} < b.s)"
    )


def _inlined(chosen: Selection) -> str:
    """Write the parameters of a condition into it, where none may stand."""

    def shown(found: re.Match[str]) -> str:
        value = chosen.params[found[1]]
        return literal(value) if isinstance(value, str) else number(float(value or 0.0))

    return re.sub(r"\$(f\d+_\d+)", shown, chosen.sql)
