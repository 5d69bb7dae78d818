"""The columns of a design in SQL: a constant, numbers off their centre, indicators of codes."""

from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.datasets.cell_query import centre_of, offset_of, reach_of, require_numeric
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.data_engine import Params, Session, quoted
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.group_keys import in_order, known_labels
from biotoop.engine.datasets.row_selection import Selection
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

CONSTANT = "1"
MOST_CODES = 400
_WORDS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.DATE})


@attrs.frozen(kw_only=True)
class Term:
    """One column of the design.

    Attributes
    ----------
    name
        "1" for the constant, the name of the column, or ``column=code`` for an indicator.
    sql
        Its value in a row.
    centre
        What was taken off.
    reach
        Largest absolute value.
    usual
        Usual size.
    """

    name: str
    sql: str
    centre: float = 0.0
    reach: float = 1.0
    usual: float = 1.0


@attrs.frozen(kw_only=True)
class Terms:
    """The columns of a design.

    Attributes
    ----------
    terms
        The constant, the covariates, the outcomes.
    reference
        For each category the code that has no indicator.
    params
        Codes of the indicators, as parameters of the query.
    """

    terms: tuple[Term, ...]
    reference: Mapping[str, str]
    params: Params

    def bound_to(self, condition: Selection) -> Selection:
        """Give a condition that carries the parameters of the columns too."""
        return attrs.evolve(condition, params={**condition.params, **self.params})


def terms_of(
    session: Session,
    snapshot: Snapshot,
    x: Sequence[str],
    outcomes: Sequence[str],
    condition: Selection,
) -> Terms:
    """Make the columns of a design; a category becomes indicators of all codes but the first.

    Raises
    ------
    UnknownColumn, NotNumeric
        A column is not there, or an outcome holds words.
    TooManyCells
        A category has more than 400 codes.
    """
    terms = [Term(name=CONSTANT, sql="CAST(1 AS DOUBLE)")]
    reference: dict[str, str] = {}
    params: dict[str, str] = {}
    for place, name in enumerate(x):
        column = snapshot.column(name)
        if column.type not in _WORDS:
            terms.append(_number(column))
            continue
        text = f"CAST({quoted(name)} AS VARCHAR)"
        codes = _codes(session, snapshot, column, condition)
        if codes:
            reference[name] = codes[0]
        for index, code in enumerate(codes[1:]):
            key = f"c{place}_{index}"
            params[key] = code
            terms.append(Term(name=f"{name}={code}", sql=f"CAST({text} = ${key} AS DOUBLE)"))
    terms.extend(_number(column) for column in require_numeric(snapshot, outcomes))
    return Terms(terms=tuple(terms), reference=reference, params=params)


def _number(column: SnapshotColumn) -> Term:
    return Term(
        name=column.name,
        sql=offset_of(column),
        centre=centre_of(column),
        reach=reach_of(column),
        usual=column.deviation or 0.0,
    )


def _codes(
    session: Session, snapshot: Snapshot, column: SnapshotColumn, condition: Selection
) -> tuple[str, ...]:
    found = session.table(
        f"SELECT DISTINCT CAST({quoted(column.name)} AS VARCHAR) AS code"
        f" FROM {session.rows_of(snapshot.path)} WHERE {condition.sql}"
        f" LIMIT {MOST_CODES + 1}",
        condition.params,
    )
    if found.num_rows > MOST_CODES:
        raise TooManyCells(most=MOST_CODES, columns=(column.name,))
    return in_order(found["code"].to_pylist(), known_labels(snapshot).get(column.name, ()))
