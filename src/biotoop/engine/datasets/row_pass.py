"""Many sets of effects: rows held in memory, and means taken off in turn.

For what products within units cannot hold: people and employers, or three sets of effects. What
comes out is the same as from ``unit_pass``: products of what is left of the columns, by cluster.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.cell_query import require_numeric
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, quoted
from biotoop.engine.datasets.errors import InvalidData, TooManyCells
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.panel_columns import (
    MOST_CODES,
    PanelColumn,
    columns_of,
    is_category,
    levels_of,
    number,
)
from biotoop.engine.datasets.panel_pass import MOST_CLUSTERS, weighting_of
from biotoop.engine.datasets.projections import Absorbed, Groups, KeptRows, absorb, without_singles
from biotoop.engine.datasets.row_selection import RowCount, RowFilter, count_rows, usable
from biotoop.engine.datasets.snapshots import Snapshot

TOLERANCE = 1e-13
MOST_MIB = 16_384
_COPIES = 3
_MIB = 1 << 20


@attrs.frozen(kw_only=True, eq=False)
class RowProducts:
    """Products of what is left of columns when several sets of effects are taken off.

    Attributes
    ----------
    names, outcomes, reference
        As in ``WithinProducts``, without periods.
    clusters, labels
        As in ``WithinProducts``.
    products
        Shape (clusters, P, P).
    before
        Sum of squares of each column off its mean, shape (P,).
    n
        Rows per cluster.
    levels
        Number of effects in each set.
    nested
        Whether each effect of a set lies within one cluster.
    single
        Rows left out since they are alone in their group.
    rounds, settled
        Rounds that it took, and whether all columns came to rest.
    rows, used, missing
        As in ``Cells``.
    note
        Rows, memory and rounds in words.
    kept
        The rows themselves; None unless asked for.
    without
        Products over all rows but those of each cluster, with the effects taken off anew, shape
        (clusters, P, P); None unless asked for.
    """

    names: tuple[str, ...]
    outcomes: tuple[str, ...]
    reference: Mapping[str, str]
    clusters: np.ndarray
    labels: tuple[str, ...]
    products: np.ndarray
    before: np.ndarray
    n: np.ndarray
    levels: tuple[int, ...]
    nested: tuple[bool, ...]
    single: int
    rounds: int
    settled: bool
    rows: int
    used: int
    missing: Mapping[str, int]
    note: Note
    kept: KeptRows | None = None
    without: np.ndarray | None = None


@attrs.frozen(kw_only=True, eq=False)
class RowPass:
    """What is asked of the rows; see ``unit_pass`` for what each is.

    With ``keep`` what is left of the rows is kept; with ``without_each`` the effects are taken
    off again without each cluster in turn.
    """

    snapshot: Snapshot
    effects: tuple[str, ...]
    x: tuple[str, ...]
    outcomes: tuple[str, ...]
    clusters: str | None = None
    where: Sequence[RowFilter] = ()
    weights: str | None = None
    categories: Sequence[str] = ()
    engine: DataEngine | None = None
    keep: bool = False
    without_each: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns that must be filled in."""
        extra = (name for name in (self.clusters, self.weights) if name is not None)
        return (*self.effects, *self.x, *self.outcomes, *extra)


def row_pass(asked: RowPass, *, tolerance: float = TOLERANCE) -> RowProducts:
    """Take several sets of effects off the columns, and sum what is left by cluster.

    Raises
    ------
    InvalidData
        The rows do not fit in memory, or a weight is not above 0.
    TooManyCells
        There are more than 200,000 clusters, or a category with more than 400 codes.
    UnknownColumn, NotNumeric
        A column is not there or cannot be used.
    """
    with (asked.engine or DuckEngine()).open() as session:
        counted = count_rows(session, asked.snapshot, asked.needed, asked.where)
        columns, weighting = _columns(session, asked)
        mib = _require_room(asked, counted, columns)
        table = _read(session, asked, columns, weighting)
    held = _Rows.of(asked, columns, weighting, table)
    return _products(asked, columns, held, counted, tolerance=tolerance, mib=mib)


def count_values(asked: RowPass, column: str, *, most: int) -> int:
    """Count the values of a column, at most, up to one more than ``most``.

    Whole numbers between two ends that lie near each other need no look at the rows.
    """
    found = asked.snapshot.column(column)
    if found.whole and found.minimum is not None and found.maximum is not None:
        room = int(found.maximum - found.minimum) + 1
        if room <= most:
            return room
    condition = usable(asked.snapshot, asked.needed, asked.where)
    name = quoted(found.name)
    with (asked.engine or DuckEngine()).open() as session:
        values = session.table(
            f"SELECT DISTINCT {name} FROM {session.rows_of(asked.snapshot.path)}"
            f" WHERE {condition.sql} LIMIT {most + 1}",
            condition.params,
        )
    return int(values.num_rows)


def _columns(
    session: Session, asked: RowPass
) -> tuple[tuple[PanelColumn, ...], PanelColumn | None]:
    condition = usable(asked.snapshot, asked.needed, asked.where)
    names = [name for name in asked.x if is_category(asked.snapshot, name, asked.categories)]
    wanted = [(name, MOST_CODES) for name in names]
    levels = levels_of(session, asked.snapshot, wanted, condition) if wanted else {}
    weighting = None if asked.weights is None else weighting_of(asked.snapshot, asked.weights)
    columns = (
        *columns_of(asked.snapshot, asked.x, levels),
        *(number(column) for column in require_numeric(asked.snapshot, asked.outcomes)),
    )
    return columns, weighting


def _require_room(asked: RowPass, counted: RowCount, columns: Sequence[PanelColumn]) -> float:
    """Count beforehand what the rows take, in MiB."""
    width = sum(len(column.terms) for column in columns) + len(asked.effects) + 2
    mib = counted.used * (width + _COPIES) * 8 / _MIB
    if mib > MOST_MIB:
        reason = note(
            "datasets.reason.rows_too_many", rows=counted.used, mib=round(mib), most=MOST_MIB
        )
        raise InvalidData(file=asked.snapshot.path.name, reason=reason)
    return mib


def _read(
    session: Session,
    asked: RowPass,
    columns: Sequence[PanelColumn],
    weighting: PanelColumn | None,
) -> pa.Table:
    """Read the rows in their order."""
    condition = usable(asked.snapshot, asked.needed, asked.where)
    chosen = [f"{quoted(name)} AS e{place}" for place, name in enumerate(asked.effects)]
    chosen += [f"{column.sql} AS x{place}" for place, column in enumerate(columns)]
    chosen += [] if weighting is None else [f"{weighting.sql} AS w"]
    chosen += [] if asked.clusters is None else [f"{quoted(asked.clusters)} AS k0"]
    return session.table(
        f"SELECT {', '.join(chosen)} FROM {session.rows_of(asked.snapshot.path)}"
        f" WHERE {condition.sql}",
        condition.params,
    ).combine_chunks()


@attrs.frozen(kw_only=True, eq=False)
class _Rows:
    """The rows that are not alone in a group: effects, columns, weights and clusters."""

    codes: list[np.ndarray]
    values: list[np.ndarray]
    weights: np.ndarray | None
    group: np.ndarray
    numbers: np.ndarray
    labels: tuple[str, ...]
    single: int

    @staticmethod
    def of(
        asked: RowPass,
        columns: Sequence[PanelColumn],
        weighting: PanelColumn | None,
        table: pa.Table,
    ) -> "_Rows":
        codes = [_codes(table[f"e{place}"]) for place in range(len(asked.effects))]
        kept = without_singles(codes) if table.num_rows else np.zeros(0, dtype=bool)
        group, numbers, labels = _clusters(asked, table, kept)
        return _Rows(
            codes=[np.unique(code[kept], return_inverse=True)[1].reshape(-1) for code in codes],
            values=[
                np.asarray(term, dtype=np.float64)[kept]
                for place, column in enumerate(columns)
                for term in column.values(_whole(table[f"x{place}"]))
            ],
            weights=None if weighting is None else weighting.values(_whole(table["w"]))[0][kept],
            group=group,
            numbers=numbers,
            labels=labels,
            single=int(np.sum(~kept)),
        )

    def only(self, kept: np.ndarray) -> "_Rows":
        """Give some of the rows."""
        return attrs.evolve(
            self,
            codes=[
                np.unique(code[kept], return_inverse=True)[1].reshape(-1) for code in self.codes
            ],
            values=[term[kept] for term in self.values],
            weights=None if self.weights is None else self.weights[kept],
            group=self.group[kept],
        )

    @property
    def sets(self) -> list[Groups]:
        return [Groups.of(code, self.weights) for code in self.codes]

    def kept(self, left: Sequence[np.ndarray], tolerance: float) -> KeptRows:
        return KeptRows(
            left=np.array(left),
            weights=self.weights,
            group=self.group,
            sets=tuple(self.sets),
            tolerance=tolerance,
        )

    def absorbed(self, tolerance: float) -> list[Absorbed]:
        sets = self.sets
        return [
            absorb(term, sets, tolerance=tolerance) if term.size else _none()
            for term in self.values
        ]


def _products(
    asked: RowPass,
    columns: Sequence[PanelColumn],
    held: _Rows,
    counted: RowCount,
    *,
    tolerance: float,
    mib: float,
) -> RowProducts:
    left = held.absorbed(tolerance)
    rounds = max((item.rounds for item in left), default=0)
    clusters = held.numbers.size
    return RowProducts(
        names=tuple(term for column in columns for term in column.terms),
        outcomes=asked.outcomes,
        reference={
            column.name: column.levels.labels[0]
            for column in columns
            if column.levels is not None and column.levels.labels
        },
        clusters=held.numbers,
        labels=held.labels,
        products=_by_cluster([item.left for item in left], held.group, clusters, held.weights),
        before=np.array([_square(term, held.weights) for term in held.values]),
        n=np.bincount(held.group, minlength=clusters).astype(np.float64),
        levels=tuple(int(code.max(initial=-1)) + 1 for code in held.codes),
        nested=tuple(_nested(code, held.group) for code in held.codes),
        single=held.single,
        rounds=rounds,
        settled=all(item.settled for item in left),
        rows=counted.rows,
        used=counted.used,
        missing=counted.missing,
        note=note(
            "datasets.row_pass",
            rows=counted.rows,
            used=counted.used,
            columns=len(left),
            effects=asked.effects,
            mib=mib,
            rounds=rounds,
            tolerance=f"{tolerance:.0e}",
        ),
        kept=held.kept([item.left for item in left], tolerance) if asked.keep else None,
        without=_without_each(held, tolerance) if asked.without_each else None,
    )


def _without_each(held: _Rows, tolerance: float) -> np.ndarray:
    """Leave out each cluster in turn, and take the effects off what remains."""
    found = []
    for place in range(held.numbers.size):
        rest = held.only(held.group != place)
        left = [item.left for item in rest.absorbed(tolerance)]
        found.append(_by_cluster(left, np.zeros_like(rest.group), 1, rest.weights)[0])
    return np.array(found)


def _none() -> Absorbed:
    return Absorbed(left=np.empty(0), rounds=0, settled=True)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _codes(column: pa.ChunkedArray) -> np.ndarray:
    found = pc.dictionary_encode(_whole(column))
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return np.asarray(found.indices.to_numpy(), dtype=np.int64)


def _clusters(
    asked: RowPass, table: pa.Table, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Give the place of the cluster of each row, their values in order, and labels."""
    if asked.clusters is None:
        return np.zeros(int(kept.sum()), dtype=np.int64), np.zeros(1), ()
    column = asked.snapshot.column(asked.clusters)
    found, labels = keys_of([column], table, known_labels(asked.snapshot))
    numbers, group = np.unique(found[asked.clusters][kept], return_inverse=True)
    if numbers.size > MOST_CLUSTERS:
        raise TooManyCells(most=MOST_CLUSTERS, columns=(asked.clusters,))
    return group.reshape(-1), numbers, labels.get(asked.clusters, ())


def _by_cluster(
    left: Sequence[np.ndarray], group: np.ndarray, clusters: int, weights: np.ndarray | None
) -> np.ndarray:
    products = np.zeros((clusters, len(left), len(left)))
    for i, one in enumerate(left):
        heavy = one if weights is None else one * weights
        for j, other in enumerate(left[: i + 1]):
            sums = np.bincount(group, weights=heavy * other, minlength=clusters)
            products[:, i, j] = products[:, j, i] = sums
    return products


def _square(values: np.ndarray, weights: np.ndarray | None) -> float:
    """Give the sum of squares off the mean."""
    if not values.size:
        return 0.0
    heavy = np.ones_like(values) if weights is None else weights
    mean = np.add.reduce(values * heavy) / np.add.reduce(heavy)
    return float(np.add.reduce(heavy * (values - mean) ** 2))


def _nested(codes: np.ndarray, group: np.ndarray) -> bool:
    """Tell whether every effect lies within one cluster."""
    if not codes.size:
        return True
    first = np.zeros(int(codes.max()) + 1, dtype=np.int64)
    first[codes] = group
    return bool(np.all(first[codes] == group))
