"""Columns made from others: products, powers, logarithms, and whatever else SQL can say of a row.

They are written beside the columns that are needed, once, in a snapshot of their own; all passes
then read them as any other column.
"""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import attrs

from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.messages import note
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double, measure
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, literal, quoted
from biotoop.engine.datasets.errors import InvalidData, NotNumeric
from biotoop.engine.datasets.panel_columns import MOST_CODES, is_category, levels_of
from biotoop.engine.datasets.row_selection import RowFilter, usable
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn


@attrs.frozen(kw_only=True)
class Factor:
    """One part of a term.

    Attributes
    ----------
    name
        The column.
    category
        Whether each of its codes counts by itself.
    power
        The column to this power.
    log
        Its natural logarithm; missing where it is not above 0.
    """

    name: str
    category: bool = False
    power: int = 1
    log: bool = False

    @property
    def plain(self) -> bool:
        """Whether the column can be read as it is."""
        return self.power == 1 and not self.log

    @property
    def shown(self) -> str:
        """Its name in a result."""
        if self.log:
            return f"log({self.name})"
        return self.name if self.power == 1 else f"{self.name}^{self.power}"


Term = tuple[Factor, ...]


def is_stored(term: Term) -> bool:
    """Tell whether a term is a column as it stands in the table."""
    return len(term) == 1 and term[0].plain


def term_columns(
    snapshot: Snapshot,
    terms: Sequence[Term],
    *,
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> dict[Term, dict[str, str]]:
    """Write terms as columns: SQL by name, for each term that is no column already.

    A category gives an indicator for each code, without the first one when the term without the
    category is in the formula too (the rule of R).

    Raises
    ------
    UnknownColumn, NotNumeric, TooManyCells
        A column is not there, holds words where numbers are needed, or has too many codes.
    """
    made = [term for term in terms if not is_stored(term)]
    categories = [factor.name for term in terms for factor in term if factor.category]
    worded = {
        factor.name
        for term in made
        for factor in term
        if is_category(snapshot, factor.name, categories)
    }
    names = [factor.name for term in terms for factor in term]
    with (engine or DuckEngine()).open() as session:
        asked = [(name, MOST_CODES) for name in sorted(worded)]
        condition = usable(snapshot, names, where)
        levels = levels_of(session, snapshot, asked, condition) if asked else {}
    labels = {name: found.labels for name, found in levels.items()}
    there = {frozenset(factor.shown for factor in term) for term in terms}
    return {term: _columns(snapshot, term, labels, there) for term in made}


def _columns(
    snapshot: Snapshot,
    term: Term,
    labels: Mapping[str, tuple[str, ...]],
    there: set[frozenset[str]],
) -> dict[str, str]:
    parts = []
    for factor in term:
        column = snapshot.column(factor.name)
        if factor.name in labels and factor.plain:
            rest = frozenset(other.shown for other in term if other is not factor)
            codes = labels[factor.name][0 if rest and rest not in there else 1 :]
            parts.append([(f"{factor.name}={code}", _is(column, code)) for code in codes])
            continue
        if not column.numeric and column.missing < snapshot.rows:
            raise NotNumeric(column=column.name, what=column.type.value)
        parts.append([(factor.shown, _value(column, factor))])
    return {
        ":".join(name for name, _ in chosen): " * ".join(sql for _, sql in chosen)
        for chosen in product(*parts)
    }


def _is(column: SnapshotColumn, code: str) -> str:
    """Write an indicator; missing where the column is."""
    value = quoted(column.name)
    value = f"CAST({value} AS DOUBLE)" if column.type is ColumnType.NUMBER else value
    return f"CAST((CAST({value} AS VARCHAR) = {literal(code)}) AS DOUBLE)"


def _value(column: SnapshotColumn, factor: Factor) -> str:
    value = as_double(column)
    if factor.log:
        return f"(CASE WHEN {value} > 0 THEN ln({value}) END)"
    return f"({' * '.join([f'({value})'] * factor.power)})"


def with_columns(
    snapshot: Snapshot,
    made: Mapping[str, str],
    folder: Path,
    *,
    keep: Sequence[str],
    source: str | None = None,
    order: Sequence[str] = (),
    engine: DataEngine | None = None,
) -> Snapshot:
    """Write columns of a table with made ones beside them, in the same order of rows.

    Parameters
    ----------
    snapshot
        The table.
    made
        SQL of numbers by name.
    folder
        Where the file goes.
    keep
        Columns that go along.
    source
        FROM item with the rows, when they are others than those of the snapshot.
    order
        Columns that order the rows; as they lie when not given.
    engine
        The data engine; DuckDB when not given.

    Raises
    ------
    InvalidData
        A made column has the name of one that is there.
    """
    kept = [snapshot.column(name) for name in dict.fromkeys(keep)]
    _require_new(snapshot, made)
    said = [snapshot.content_hash, [column.name for column in kept], dict(made), source or ""]
    digest = hashlib.sha256(canonical_json(said)).hexdigest()
    path = folder / f"{digest[:32]}.parquet"
    with (engine or DuckEngine()).open() as session:
        chosen = [quoted(column.name) for column in kept]
        chosen += [f"CAST({sql} AS DOUBLE) AS {quoted(name)}" for name, sql in made.items()]
        rows = source or session.rows_of(snapshot.path)
        ordering = f" ORDER BY {', '.join(quoted(name) for name in order)}" if order else ""
        session.keep(f"SELECT {', '.join(chosen)} FROM {rows}{ordering}", path)
        count, columns = _measured(session, kept, made, path, again=source is not None)
    return attrs.evolve(
        snapshot, path=path, content_hash=digest, rows=count, columns=columns, exclusions=()
    )


def _measured(
    session: Session,
    kept: Sequence[SnapshotColumn],
    made: Mapping[str, str],
    path: Path,
    *,
    again: bool,
) -> tuple[int, tuple[SnapshotColumn, ...]]:
    """Find the figures of what is new; with other rows those of all columns."""
    types = dict.fromkeys(made, ColumnType.NUMBER)
    if again:
        types = {column.name: column.type for column in kept} | types
    count, columns = measure(session, session.rows_of(path), types, file=path.name)
    there = () if again else tuple(attrs.evolve(column, reasons=None) for column in kept)
    return count, (*there, *columns)


def _require_new(snapshot: Snapshot, made: Mapping[str, str]) -> None:
    taken = {column.name.lower() for column in snapshot.columns}
    both = tuple(name for name in made if name.lower() in taken)
    if both:
        reason = note("datasets.reason.names_alike", columns=both)
        raise InvalidData(file=snapshot.path.name, reason=reason)
