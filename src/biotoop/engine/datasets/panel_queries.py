"""The two queries behind the products of a panel."""

from collections.abc import Mapping, Sequence

import attrs
import pyarrow as pa

from biotoop.engine.datasets.data_engine import Params, Session, quoted
from biotoop.engine.datasets.design_terms import Term, Terms
from biotoop.engine.datasets.errors import InvalidData, TooManyCells
from biotoop.engine.datasets.fixed_point import ExactSum, exact_sum
from biotoop.engine.datasets.group_keys import in_order, known_labels
from biotoop.engine.datasets.row_selection import Selection
from biotoop.engine.datasets.snapshots import Snapshot

MOST_PERIODS = 126
MOST_PATTERNS = 100_000
_HEAD = (
    "k0, CAST(pattern AS VARCHAR) AS pattern, count(*) AS units,"
    " bool_and(n = bit_count(pattern)) AS once, bool_and(one) AS one"
)


@attrs.frozen(kw_only=True)
class Panel:
    """Which columns make a table a panel.

    Attributes
    ----------
    unit, period
        Columns that name the unit and the moment; together they name a row once.
    clusters
        Column with the clusters, each unit in one; None takes all units together.
    """

    unit: str
    period: str
    clusters: str | None = None


@attrs.frozen(kw_only=True)
class UnitSums:
    """Sums over the units of one cluster and pattern.

    Attributes
    ----------
    first
        For column ``i`` the sum of its sums per unit.
    second
        For columns ``i >= j`` the sum of the products of their sums per unit.
    """

    first: Mapping[int, ExactSum]
    second: Mapping[tuple[int, int], ExactSum]


@attrs.frozen(kw_only=True)
class PanelQuery:
    """The two passes over the rows, written for one question.

    Attributes
    ----------
    session, snapshot
        The data engine and the table.
    panel
        Columns with unit, period and cluster.
    design
        Columns that are summed, the constant first.
    condition
        Rows that take part.
    """

    session: Session
    snapshot: Snapshot
    panel: Panel
    design: Terms
    condition: Selection

    @property
    def rows(self) -> str:
        """FROM item and WHERE."""
        return f"{self.session.rows_of(self.snapshot.path)} WHERE {self.condition.sql}"

    @property
    def cluster(self) -> str:
        """The cluster in SQL; one cluster 0 without clusters."""
        return quoted(self.panel.clusters) if self.panel.clusters else "0"

    @property
    def params(self) -> Params:
        """Codes of the filters and of the indicators."""
        return self.design.bound_to(self.condition).params

    @property
    def columns(self) -> tuple[Term, ...]:
        """The columns that are summed: all but the constant."""
        return self.design.terms[1:]

    def periods(self) -> tuple[str, ...]:
        """Give the codes of the periods, in order."""
        period = quoted(self.panel.period)
        found = self.session.table(
            f"SELECT DISTINCT CAST({period} AS VARCHAR) AS p FROM {self.rows}"
            f" LIMIT {MOST_PERIODS + 1}",
            self.condition.params,
        )["p"].to_pylist()
        if len(found) > MOST_PERIODS:
            raise TooManyCells(most=MOST_PERIODS, columns=(self.panel.period,))
        return in_order(found, known_labels(self.snapshot).get(self.panel.period, ()))

    def products(self) -> dict[tuple[int, int], ExactSum]:
        """Write the sum of every product of two columns, constant first, lower triangle."""
        return {
            (i, j): exact_sum(
                self.session,
                f"{left.sql} * {right.sql}",
                bound=left.reach * right.reach,
                usual=left.usual * right.usual,
            )
            for i, left in enumerate(self.design.terms)
            for j, right in enumerate(self.design.terms[: i + 1])
        }

    def moments(self) -> tuple[pa.Table, dict[tuple[int, int], ExactSum]]:
        """First pass: rows, sums and products per cluster and period."""
        sums = self.products()
        totals = ", ".join(f"{item.as_double} AS p{i}_{j}" for (i, j), item in sums.items())
        period = quoted(self.panel.period)
        return self.session.table(
            f"SELECT {self.cluster} AS k0, CAST({period} AS VARCHAR) AS period, {totals}"
            f" FROM {self.rows} GROUP BY k0, {period} ORDER BY k0, period",
            self.params,
        ), sums

    def units(self, periods: Sequence[str]) -> tuple[pa.Table, UnitSums]:
        """Second pass: sums per unit, then their products per cluster and pattern."""
        sums = self._sums_of_units(len(periods))
        firsts = [f"{item.as_double} AS a{i}" for i, item in sums.first.items()]
        seconds = [f"{item.as_double} AS u{i}_{j}" for (i, j), item in sums.second.items()]
        table = self.session.table(
            f"SELECT {', '.join([_HEAD, *firsts, *seconds])} FROM ({self._units(periods)})"
            f" GROUP BY k0, pattern LIMIT {MOST_PATTERNS + 1}",
            {**self.params, **{f"t{place}": code for place, code in enumerate(periods)}},
        )
        self._refuse(table)
        return table, sums

    def _units(self, periods: Sequence[str]) -> str:
        code = f"CAST({quoted(self.panel.period)} AS VARCHAR)"
        bits = " ".join(
            f"WHEN {code} = $t{place} THEN CAST('{1 << place}' AS HUGEINT)"
            for place in range(len(periods))
        )
        totals = "".join(
            f", {item.as_double} * {2.0**-item.exponent!r} AS s{place}"
            for place, item in enumerate(self._sums())
        )
        return (
            f"SELECT min({self.cluster}) AS k0, min({self.cluster}) = max({self.cluster}) AS one,"
            f" count(*) AS n, bit_or(CASE {bits} END) AS pattern{totals}"
            f" FROM {self.rows} GROUP BY {quoted(self.panel.unit)}"
        )

    def _sums(self) -> list[ExactSum]:
        return [exact_sum(self.session, term.sql, bound=term.reach) for term in self.columns]

    def _sums_of_units(self, length: int) -> UnitSums:
        first = {
            i: exact_sum(self.session, f"s{i}", bound=length * term.reach)
            for i, term in enumerate(self.columns)
        }
        second = {
            (i, j): exact_sum(
                self.session,
                f"s{i} * s{j}",
                bound=length**2 * left.reach * right.reach,
                usual=left.usual * right.usual,
            )
            for i, left in enumerate(self.columns)
            for j, right in enumerate(self.columns[: i + 1])
        }
        return UnitSums(first=first, second=second)

    def _refuse(self, table: pa.Table) -> None:
        name = self.snapshot.path.name
        if table.num_rows > MOST_PATTERNS:
            raise TooManyCells(most=MOST_PATTERNS, columns=(self.panel.period,))
        if not all(table["once"].to_pylist()):
            raise InvalidData(file=name, reason=f"{self.panel.unit} + {self.panel.period}: 2x")
        if not all(table["one"].to_pylist()):
            raise InvalidData(file=name, reason=f"{self.panel.unit}: > 1 {self.panel.clusters}")
