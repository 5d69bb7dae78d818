"""The columns of a panel as they are read, and the terms that each of them makes."""

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from biotoop.engine.datasets.cell_query import centre_of, reach_of
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import Session, quoted
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.group_keys import in_order, known_labels
from biotoop.engine.datasets.limbs import Split, split_for
from biotoop.engine.datasets.row_selection import Selection
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

MOST_CODES = 400
WORDS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.DATE})
_TOGETHER = 2048
_SCAN_APART = 1e9
_AS_IT_IS = frozenset({ColumnType.INTEGER, ColumnType.BOOLEAN})


@attrs.frozen(kw_only=True, eq=False)
class Levels:
    """The values of a column that occur, in order.

    Attributes
    ----------
    values
        As they stand in the table.
    labels
        As text.
    """

    values: pa.Array
    labels: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False)
class PanelColumn:
    """A column of the table and the terms that it makes.

    Attributes
    ----------
    name
        The column.
    sql
        How it is read.
    levels
        For a category its levels, of which the first has no indicator; None for numbers.
    centre, reach, usual
        What is taken off, the largest distance from it, and the usual one.
    whole
        Whether the terms are whole numbers.
    switch
        Whether it is 0 or 1 only.
    least, codes
        The smallest value, and how many codes from there on; 0 when these are too many.
    stored
        Whether it is read as it is stored.
    """

    name: str
    sql: str
    levels: Levels | None = None
    centre: float = 0.0
    reach: float = 1.0
    usual: float = 1.0
    whole: bool = True
    switch: bool = False
    least: float = 0.0
    codes: int = 0
    stored: bool = False

    @property
    def design(self) -> np.ndarray:
        """The terms of each code, shape (codes, terms)."""
        if self.levels is not None:
            return np.asarray(np.eye(self.codes)[:, 1:])
        return np.arange(self.codes, dtype=np.float64)[:, None] + (self.least - self.centre)

    def code(self, column: pa.Array) -> np.ndarray:
        """Give the code of some rows."""
        if self.levels is not None:
            return np.asarray(pc.index_in(column, value_set=self.levels.values).to_numpy())
        if pa.types.is_boolean(column.type):
            column = column.cast(pa.int8())
        found = column.to_numpy()
        return np.asarray(found if self.least == 0.0 else found - int(self.least))

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the terms: the column, or ``column=code`` for each indicator."""
        if self.levels is None:
            return (self.name,)
        return tuple(f"{self.name}={code}" for code in self.levels.labels[1:])

    @property
    def split(self) -> Split:
        """How a term becomes pieces."""
        if self.levels is not None:
            return Split(exponent=0, count=1)
        return split_for(self.reach, whole=self.whole, usual=self.usual)

    def values(self, column: pa.Array) -> list[np.ndarray]:
        """Give the terms of some rows, off their centre."""
        if self.levels is not None:
            code = pc.index_in(column, value_set=self.levels.values).to_numpy()
            return [code == place for place in range(1, len(self.levels.labels))]
        if pa.types.is_boolean(column.type):
            column = column.cast(pa.int8())
        return [np.asarray(column.to_numpy(), dtype=np.float64) - self.centre]


def levels_of(
    session: Session,
    snapshot: Snapshot,
    asked: Sequence[tuple[str, int]],
    condition: Selection,
) -> dict[str, Levels]:
    """Find the values of columns that occur, in few scans: short ranges are looked up together.

    Parameters
    ----------
    session, snapshot, condition
        The data engine, the table, and the rows that take part.
    asked
        Columns with the most values that each may have.

    Raises
    ------
    TooManyCells
        A column has more.
    """
    found: dict[str, Levels] = {}
    most = dict(asked)
    for names in _together(snapshot, most):
        listed = ", ".join(quoted(snapshot.column(name).name) for name in names)
        limit = max(_TOGETHER, *(most[name] for name in names)) + 1
        table = session.table(
            f"SELECT DISTINCT {listed} FROM {session.rows_of(snapshot.path)}"
            f" WHERE {condition.sql} LIMIT {limit}",
            condition.params,
        )
        for name in names:
            values = pc.unique(table[name])
            if len(values) > most[name]:
                raise TooManyCells(most=most[name], columns=(name,))
            found[name] = _levels(session, snapshot, name, values)
    return found


def _together(snapshot: Snapshot, most: Mapping[str, int]) -> Iterator[list[str]]:
    """Put columns with few possible values together, so that one scan finds them all."""
    waiting: list[str] = []
    room = 1.0
    for name in most:
        column = snapshot.column(name)
        reach = _SCAN_APART
        if column.type in _AS_IT_IS and column.minimum is not None:
            reach = (column.maximum or 0.0) - column.minimum + 1.0
        if waiting and room * reach > _TOGETHER:
            yield waiting
            waiting, room = [], 1.0
        waiting.append(name)
        room *= reach
    if waiting:
        yield waiting


def _levels(session: Session, snapshot: Snapshot, name: str, values: pa.Array) -> Levels:
    """Put values in the order of the codebook, else by number, else as text."""
    texts = _texts(session, values)
    order = in_order(texts, known_labels(snapshot).get(name, ()))
    places = [texts.index(label) for label in order]
    return Levels(values=values.take(pa.array(places, pa.int64())), labels=order)


def _texts(session: Session, values: pa.Array) -> list[str]:
    """Write values as the data engine does."""
    listed = values.to_pylist()
    if pa.types.is_boolean(values.type):
        return [str(value).lower() for value in listed]
    if not pa.types.is_floating(values.type):
        return [str(value) for value in listed]
    sql = "SELECT CAST(CAST($value AS DOUBLE) AS VARCHAR) AS text"
    return [str(session.table(sql, {"value": float(value)})["text"][0]) for value in listed]


def is_category(snapshot: Snapshot, name: str, categories: Sequence[str]) -> bool:
    """Whether a covariate enters as indicators: words, and columns named as such."""
    return snapshot.column(name).type in WORDS or name in categories


def number(column: SnapshotColumn, *, centred: bool = True) -> PanelColumn:
    """Read a column as numbers, off their centre or as they are."""
    as_it_is = column.type in _AS_IT_IS
    ends = (column.minimum or 0.0, column.maximum or 0.0)
    return PanelColumn(
        name=column.name,
        sql=quoted(column.name) if as_it_is else as_double(column),
        centre=centre_of(column) if centred else 0.0,
        reach=reach_of(column) if centred else max(map(abs, ends)),
        usual=column.deviation or 0.0,
        whole=column.whole,
        switch=column.whole and ends == (0.0, 1.0),
        least=ends[0],
        stored=as_it_is or (column.type is ColumnType.NUMBER and not column.nan),
        codes=int(ends[1] - ends[0]) + 1 if as_it_is and ends[1] - ends[0] < MOST_CODES else 0,
    )


def columns_of(
    snapshot: Snapshot, x: Sequence[str], levels: Mapping[str, Levels]
) -> tuple[PanelColumn, ...]:
    """Make the columns: those with levels become indicators of all but the first."""
    return tuple(
        category(snapshot.column(name), levels[name])
        if name in levels
        else number(snapshot.column(name))
        for name in x
    )


def category(column: SnapshotColumn, levels: Levels) -> PanelColumn:
    """Read a column as indicators of all its codes but the first."""
    return PanelColumn(
        name=column.name,
        sql=quoted(column.name),
        levels=levels,
        codes=len(levels.labels),
        stored=True,
    )
