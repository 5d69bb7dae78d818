"""The query of one compressing pass: which columns, which exact sums, which groups."""

from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import Session, quoted
from biotoop.engine.datasets.errors import InvalidData, NotNumeric
from biotoop.engine.datasets.fixed_point import ExactSum, exact_sum, number
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

_EXACT_AS_DOUBLE = 2.0**53


def centre_of(column: SnapshotColumn) -> float:
    """Give what is taken off before squaring: the mean, rounded for columns of whole numbers.

    Off a whole number whole numbers stay whole, and their squares carry no rounding at all.
    """
    mean = column.mean or 0.0
    return float(round(mean)) if column.whole else mean


def reach_of(column: SnapshotColumn) -> float:
    """Give the largest distance from the centre."""
    if column.minimum is None or column.maximum is None:
        return 0.0
    centre = centre_of(column)
    return max(column.maximum - centre, centre - column.minimum)


def offset_of(column: SnapshotColumn) -> str:
    """Write a column with its centre taken off."""
    return f"({as_double(column)} - {number(centre_of(column))})"


def require_numeric(snapshot: Snapshot, names: Sequence[str]) -> tuple[SnapshotColumn, ...]:
    """Give columns that can be summed, each once.

    Raises
    ------
    UnknownColumn, NotNumeric
        A column is not there, or holds words.
    """
    columns = tuple(snapshot.column(name) for name in dict.fromkeys(names))
    for column in columns:
        if not column.numeric and column.missing < snapshot.rows:
            raise NotNumeric(column=column.name, what=column.type.value)
    return columns


def require_keys(snapshot: Snapshot, names: Sequence[str]) -> tuple[SnapshotColumn, ...]:
    """Give columns to group by.

    Raises
    ------
    UnknownColumn, InvalidData
        A column is not there, is named twice, or has whole numbers that a double cannot hold.
    """
    if len(set(names)) != len(names):
        raise InvalidData(
            file=snapshot.path.name,
            reason=note("datasets.reason.named_twice", columns=tuple(names)),
        )
    columns = tuple(snapshot.column(name) for name in names)
    for column in columns:
        if column.type is ColumnType.INTEGER and _largest(column) > _EXACT_AS_DOUBLE:
            raise InvalidData(
                file=snapshot.path.name,
                reason=note("datasets.reason.too_large", column=column.name),
            )
    return columns


def _largest(column: SnapshotColumn) -> float:
    return max(abs(column.minimum or 0.0), abs(column.maximum or 0.0))


@attrs.frozen(kw_only=True)
class CellQuery:
    """The columns of one pass and the SQL that they give.

    Attributes
    ----------
    by, outcomes
        Columns that make the groups, and columns that are summed.
    weights
        Column of weights, or None.
    """

    by: tuple[SnapshotColumn, ...]
    outcomes: tuple[SnapshotColumn, ...]
    weights: SnapshotColumn | None

    @staticmethod
    def of(
        snapshot: Snapshot, by: Sequence[str], outcomes: Sequence[str], weights: str | None
    ) -> "CellQuery":
        """Look the columns up and refuse what cannot be grouped or summed."""
        weighting = None if weights is None else require_numeric(snapshot, [weights])[0]
        if weighting is not None and (weighting.minimum or 0.0) < 0:
            raise InvalidData(
                file=snapshot.path.name,
                reason=note("datasets.reason.negative", column=weighting.name),
            )
        return CellQuery(
            by=require_keys(snapshot, by),
            outcomes=require_numeric(snapshot, outcomes),
            weights=weighting,
        )

    def sums(self, session: Session) -> dict[str, ExactSum]:
        """Give every sum by its name.

        With ``p`` the power of the weight: ``t<p>`` the total, and for outcome ``j`` ``o<p>_j``
        the total where it is present, ``d<p>_j`` its offsets and ``s<p>_j`` their squares.
        """
        if self.weights is None:
            return self._moments(session, "", 1.0, "1")
        weight, heaviest = as_double(self.weights), _largest(self.weights)
        found: dict[str, ExactSum] = {}
        for power in (1, 2):
            factor = " * ".join([weight] * power)
            bound = heaviest**power
            found[f"t{power}"] = exact_sum(session, factor, bound=bound, usual=0.0)
            found |= self._moments(session, f"{factor} * ", bound, str(power))
        return found

    def _moments(
        self, session: Session, factor: str, heaviest: float, power: str
    ) -> dict[str, ExactSum]:
        found: dict[str, ExactSum] = {}
        for place, column in enumerate(self.outcomes):
            offset, reach, usual = offset_of(column), reach_of(column), column.deviation or 0.0
            if column.missing:
                present = f"CASE WHEN {as_double(column)} IS NOT NULL THEN 1.0 END"
                found[f"o{power}_{place}"] = exact_sum(
                    session, f"{factor}{present}", bound=heaviest
                )
            found[f"d{power}_{place}"] = exact_sum(
                session, f"{factor}{offset}", bound=heaviest * reach
            )
            found[f"s{power}_{place}"] = exact_sum(
                session,
                f"{factor}{offset} * {offset}",
                bound=heaviest * reach**2,
                usual=heaviest * usual**2,
            )
        return found

    def select(self, sums: Mapping[str, ExactSum]) -> str:
        """Write the SELECT list: keys ``k0, k1, ..``, rows ``n`` and the sums."""
        keys = [f"{quoted(column.name)} AS k{place}" for place, column in enumerate(self.by)]
        totals = [f"{item.as_double} AS {name}" for name, item in sums.items()]
        return f"SELECT {', '.join([*keys, 'count(*) AS n', *totals])}"

    @property
    def group_by(self) -> str:
        """Write the grouping; no rows give no cell."""
        keys = ", ".join(quoted(column.name) for column in self.by)
        return f"GROUP BY {keys}" if keys else "HAVING count(*) > 0"
