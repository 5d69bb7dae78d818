"""Other databases behind the same seam: whatever Ibis reaches, such as PostgreSQL and Spark.

The passes write SQL as DuckDB reads it. Here it is written anew in the tongue of the database
(sqlglot, which Ibis stands on), with the rows of an Ibis expression where a file would be, and
run by Ibis. Sums are of whole numbers, as in DuckDB, so that cells have the same bits.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeGuard

import attrs
import pyarrow as pa

from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.messages import note
from biotoop.engine.core.reasons import original
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import measure, type_of
from biotoop.engine.datasets.data_engine import Params, Session, quoted
from biotoop.engine.datasets.errors import InvalidData, QueryFailed
from biotoop.engine.datasets.snapshots import Snapshot

_BATCH = 50_000
_PIECE = 2.0**40
_THEIRS = frozenset({"duckdb", "ibis", "psycopg", "pyspark", "sqlglot"})
_NUMBER = r"^\s*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\s*$"


class IbisTable(Protocol):
    """A table or expression of Ibis, bound to a database."""

    def get_backend(self) -> Any:  # noqa: ANN401 - Ibis is not here when it is not installed
        """Give the connection."""
        ...

    def schema(self) -> Any:  # noqa: ANN401 - as above
        """Give names and types of the columns."""
        ...


def is_ibis(data: object) -> TypeGuard[IbisTable]:
    """Tell whether this is a table of Ibis, without importing it."""
    return type(data).__module__.startswith("ibis.") and hasattr(data, "get_backend")


@attrs.frozen(kw_only=True, eq=False)
class IbisEngine:
    """A database that Ibis reaches, and the table or expression that is read there.

    Attributes
    ----------
    table
        The rows: a table of Ibis, or any expression on tables, bound to a connection.
    most_cells
        Most cells that may be handed over to Python.
    """

    table: IbisTable
    most_cells: int = 5_000_000
    made: dict[str, str] = attrs.field(factory=dict, repr=False)

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Use the connection of the table."""
        yield IbisSession(
            connection=self.table.get_backend(), most_cells=self.most_cells, made=self.made
        )

    def snapshot(self) -> Snapshot:
        """Look the table over: kinds of columns, ranges, means. The rows stay where they are.

        The hash is of names, figures and query, not of every value: it finds that a table
        became another, not that two values changed places.

        Raises
        ------
        InvalidData
            A column is of a kind that has no place here, or holds infinite values.
        """
        ibis = import_module("ibis")
        name = "table"
        schema = self.table.schema().to_pyarrow()
        types: dict[str, ColumnType] = {}
        read = []
        for field in schema:
            kind = type_of(field.type)
            if kind is None:
                reason = note("datasets.reason.kind", column=field.name, kind=str(field.type))
                raise InvalidData(file=name, reason=reason)
            truth = kind is ColumnType.BOOLEAN
            types[field.name] = ColumnType.INTEGER if truth else kind
            column = quoted(field.name)
            read.append(f"CAST({column} AS INTEGER) AS {column}" if truth else column)
        told = str(ibis.to_sql(self.table))
        said = _rewritten(told, self.table.get_backend())
        self.made[name] = f"SELECT {', '.join(read)} FROM ({said}) AS rows"
        with self.open() as session:
            rows, columns = measure(session, session.rows_of(Path(name)), types, file=name)
        figures = [attrs.astuple(column) for column in columns]
        digest = hashlib.sha256(canonical_json([told, rows, repr(figures)])).hexdigest()
        return Snapshot(path=Path(name), content_hash=digest, rows=rows, columns=columns)


def _rewritten(sql: str, connection: Any) -> str:  # noqa: ANN401 - a connection of Ibis
    """Write SQL of a database as DuckDB would."""
    sqlglot = import_module("sqlglot")
    tree = sqlglot.parse_one(sql, read=str(connection.name))
    return str(tree.sql(dialect="duckdb"))


@attrs.frozen(kw_only=True)
class IbisSession:
    """An open connection of Ibis.

    Attributes
    ----------
    connection
        The backend of Ibis.
    made
        Queries whose result stands for the rows of a path.
    """

    connection: Any
    most_cells: int
    made: dict[str, str]
    threads: int = 1

    def rows_of(self, path: Path) -> str:
        """Give the FROM item that reads the rows of a snapshot."""
        return f"({self.made[str(path)]}) AS told"

    def whole(self, expression: str, *, wide: bool) -> str:
        """Round to a whole number; a wide one in two pieces, as a double has no more digits."""
        if self.dialect == "duckdb":
            return f"CAST({expression} AS {'HUGEINT' if wide else 'BIGINT'})"
        if not wide:
            narrow = f"CAST(rint({expression}) AS BIGINT)"
            # PostgreSQL sums these without end; Spark would run over
            return narrow if self.dialect == "postgres" else f"CAST({narrow} AS DECIMAL(38, 0))"
        high = f"floor(({expression}) / {_PIECE!r})"
        low = f"rint(({expression}) - {high} * {_PIECE!r})"
        piece = f"CAST({int(_PIECE)} AS DECIMAL(38, 0))"
        return (
            f"(CAST(CAST({high} AS BIGINT) AS DECIMAL(38, 0)) * {piece}"
            f" + CAST(CAST({low} AS BIGINT) AS DECIMAL(38, 0)))"
        )

    def table(self, sql: str, params: Params | None = None) -> pa.Table:
        """Run a query and give its result, which must be small."""
        with _failures():
            return self._asked(sql, params).to_pyarrow()

    def batches(
        self, sql: str, params: Params | None = None, *, rows: int = _BATCH
    ) -> Iterator[pa.RecordBatch]:
        """Run a query and give its rows so many at a time, in order."""
        with _failures():
            yield from self._asked(sql, params).to_pyarrow_batches(chunk_size=rows)

    def stored(
        self, path: Path, names: Sequence[str], *, rows: int
    ) -> Iterator[pa.RecordBatch] | None:
        """Tell that only a query can bring columns."""
        del path, names, rows
        return None

    def run(self, sql: str, params: Params | None = None) -> None:
        """Run a statement that gives no rows."""
        with _failures():
            self.connection.raw_sql(translated(sql, params, self.dialect))

    def keep(self, sql: str, path: Path) -> None:
        """Let a query stand for the rows of a path; nothing is written."""
        self.made[str(path)] = sql

    @property
    def dialect(self) -> str:
        """The tongue of the database, as sqlglot names it."""
        return str(self.connection.name)

    def _asked(self, sql: str, params: Params | None) -> Any:  # noqa: ANN401 - of Ibis
        return self.connection.sql(translated(sql, params, self.dialect))


def translated(sql: str, params: Params | None, dialect: str) -> str:
    """Write SQL of DuckDB as another database reads it, with the parameters in it.

    Parameters
    ----------
    sql
        As the passes write it.
    params
        Values by name.
    dialect
        Name of the other tongue, such as "postgres" or "spark".
    """
    sqlglot, exp = import_module("sqlglot"), import_module("sqlglot.expressions")
    tongue = {"pyspark": "spark"}.get(dialect, dialect)
    tree = sqlglot.parse_one(sql, read="duckdb")
    values = dict(params or {})

    def filled(node: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
        if not (isinstance(node, exp.Placeholder) and node.name in values):
            return node
        value = values[node.name]
        return exp.convert(float(value) if isinstance(value, int | float) else value)

    tree = tree.transform(filled, copy=False)
    # one after the other: what is written anew is not looked into
    for rewrite in (_truth, *_REWRITES.get(tongue, ())):
        tree = tree.transform(rewrite, exp, copy=False)
    for place, part in enumerate(tree.find_all(exp.Subquery)):
        if isinstance(part.parent, exp.From | exp.Join) and not part.alias:
            part.set("alias", exp.TableAlias(this=exp.to_identifier(f"part{place}")))
    return str(tree.sql(dialect=tongue))


def _truth(node: Any, exp: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
    """Write a truth as a double by way of a whole number."""
    if not isinstance(node, exp.Cast) or isinstance(node, exp.TryCast):
        return node
    truths = (exp.Predicate, exp.Connector, exp.Not)
    if node.to.this == exp.DataType.Type.DOUBLE and isinstance(node.this.unnest(), truths):
        return exp.cast(exp.cast(node.this, "INT"), "DOUBLE")
    return node


def _not_a_number(node: Any, exp: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
    if not isinstance(node, exp.IsNan):
        return node
    return exp.EQ(this=node.this, expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE"))


def _tried(node: Any, exp: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
    """Cast only texts that are numbers."""
    if not isinstance(node, exp.TryCast):
        return node
    text = exp.cast(node.this, "TEXT")
    plain = exp.RegexpLike(this=text, expression=exp.Literal.string(_NUMBER))
    return exp.Case(ifs=[exp.If(this=plain, true=exp.cast(text.copy(), node.to))])


def _rounded(node: Any, exp: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
    """Round halves to even, as PostgreSQL does with doubles."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "rint":
        return exp.Round(this=node.expressions[0])
    return node


def _quantiles(node: Any, exp: Any) -> Any:  # noqa: ANN401 - nodes of sqlglot
    """Ask Spark for quantiles between two values, as percentile() gives them."""
    if not isinstance(node, exp.PercentileCont):
        return node
    return exp.Anonymous(this="PERCENTILE", expressions=[node.this, node.expression])


_REWRITES = {"postgres": (_not_a_number, _tried, _rounded), "spark": (_quantiles,)}


@contextmanager
def _failures() -> Iterator[None]:
    """Tell failures of the database as a refusal that says what to do."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.split(".")[0] in _THEIRS:
            raise QueryFailed(reason=original(str(error))) from error
        raise
