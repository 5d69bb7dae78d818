"""One column of a file read by the codebook: its value, why it is missing, what is wrong.

The SQL comes in layers, each a SELECT around the one before, so that no cell is parsed twice:
``x`` the cell,
``t`` the cell as text, ``n`` as number, ``m`` the code that says why it is missing, ``v`` the
value of the canonical table. The number behind the letter is the place of the column.
"""

from collections.abc import Iterator, Sequence

import attrs

from biotoop.engine.core.formats import number as shown_number
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.codebook import Column, ColumnType
from biotoop.engine.datasets.data_engine import literal
from biotoop.engine.datasets.fixed_point import number
from biotoop.engine.datasets.raw_tables import RawColumn, RawKind

_TRUE = ("true", "ja", "yes", "1", "waar")
_FALSE = ("false", "nee", "no", "0", "onwaar")
_DIGITS = "'[-+]?[0-9]+'"
_POINT = "'[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?'"
_COMMA = "'[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][-+]?[0-9]+)?'"
_DAY = "'[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00([.]0+)?)?'"
_EXACT = number(2.0**53)
_BLANK = literal(" \t\r\n\u00a0")
_WORDS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT})
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.INTEGER})
_NUMERIC_KINDS = frozenset({RawKind.INTEGER, RawKind.NUMBER})


@attrs.frozen(kw_only=True)
class Check:
    """A condition in SQL that must hold in no row, and what to say when it does.

    Attributes
    ----------
    sql
        The condition.
    code
        Code of the message.
    allowed
        What is allowed, for the message.
    only_with
        A second condition: the fault counts only when some row fulfils this one.
    """

    sql: str
    code: str
    allowed: str = ""
    only_with: str = "TRUE"


@attrs.frozen(kw_only=True)
class ColumnReading:
    """How one column of the file becomes one column of the table.

    Attributes
    ----------
    place
        Number of the column in the layers.
    column
        What the codebook says.
    raw
        What stands in the file.
    decimal_comma
        Whether a comma may be the decimal sign.
    """

    place: int
    column: Column
    raw: RawColumn
    decimal_comma: bool = False

    @property
    def text(self) -> str:
        """The cell as text; empty cells become NULL."""
        cell = self.raw.sql
        if self.raw.kind is RawKind.TEXT:
            return f"nullif(trim(CAST({cell} AS VARCHAR), {_BLANK}), '')"
        if self.raw.kind is RawKind.NUMBER:
            whole = f"{cell} = trunc({cell}) AND abs({cell}) < {_EXACT}"
            return (
                f"CASE WHEN isnan(CAST({cell} AS DOUBLE)) THEN NULL WHEN {whole}"
                f" THEN CAST(CAST({cell} AS BIGINT) AS VARCHAR) ELSE CAST({cell} AS VARCHAR) END"
            )
        return f"CAST({cell} AS VARCHAR)"

    @property
    def filled(self) -> str:
        """The condition that the cell is not empty, from the layer of texts."""
        if self.raw.kind is RawKind.NUMBER:
            return f"(x{self.place} IS NOT NULL AND NOT isnan(CAST(x{self.place} AS DOUBLE)))"
        return f"{'t' if self.raw.kind is RawKind.TEXT else 'x'}{self.place} IS NOT NULL"

    @property
    def number(self) -> str:
        """The cell as a double, from the layer of texts; no finite number becomes NULL."""
        if self.raw.kind in _NUMERIC_KINDS:
            cell = f"CAST(x{self.place} AS DOUBLE)"
            return f"CASE WHEN isfinite({cell}) THEN {cell} END"
        if not self._needs_number:
            return "CAST(NULL AS DOUBLE)"
        text = f"t{self.place}"
        pattern = _COMMA if self.decimal_comma else _POINT
        point = f"replace({text}, ',', '.')" if self.decimal_comma else text
        double = f"TRY_CAST({point} AS DOUBLE)"
        return f"CASE WHEN regexp_full_match({text}, {pattern}) THEN {double} END"

    @property
    def _needs_number(self) -> bool:
        return self.column.type in _NUMBERS or bool(self.raw.labels.missing_ranges)

    @property
    def missing_code(self) -> str:
        """The code that says why the value is missing, from the layers before; else NULL."""
        labels = self.raw.labels
        codes = tuple(dict.fromkeys((*self.column.missing, *labels.missing_codes)))
        cases = [f"WHEN {self._is(code)} THEN {literal(code)}" for code in codes]
        for low, high in labels.missing_ranges:
            if isinstance(low, str) or isinstance(high, str):
                span = f"t{self.place} BETWEEN {literal(str(low))} AND {literal(str(high))}"
            else:
                span = f"n{self.place} BETWEEN {number(low)} AND {number(high)}"
            cases.append(f"WHEN {span} THEN t{self.place}")
        return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"

    @property
    def has_missing_codes(self) -> bool:
        """Whether codebook or file name codes that mean missing."""
        labels = self.raw.labels
        return bool(self.column.missing or labels.missing_codes or labels.missing_ranges)

    def _is(self, code: str) -> str:
        same = f"t{self.place} = {literal(code)}"
        if self.column.type not in _NUMBERS:
            return same
        try:
            return f"{same} OR n{self.place} = {number(float(code))}"
        except ValueError:
            return same

    @property
    def value(self) -> str:
        """The value, from the layers before; missing codes and what does not fit become NULL."""
        if not self.has_missing_codes:
            return self._value
        return f"CASE WHEN m{self.place} IS NULL THEN {self._value} END"

    @property
    def _value(self) -> str:
        text, double = f"t{self.place}", f"n{self.place}"
        kind = self.column.type
        if kind is ColumnType.NUMBER:
            return f"CASE WHEN {double} = 0 THEN CAST(0 AS DOUBLE) ELSE {double} END"
        if kind is ColumnType.INTEGER:
            return self._integer
        if kind is ColumnType.BOOLEAN:
            true, false = codes_in_sql(_TRUE), codes_in_sql(_FALSE)
            return (
                f"CASE WHEN lower({text}) IN ({true}) THEN true"
                f" WHEN lower({text}) IN ({false}) THEN false END"
            )
        if kind is ColumnType.DATE:
            day = f"TRY_CAST(left({text}, 10) AS DATE)"
            return f"CASE WHEN regexp_full_match({text}, {_DAY}) THEN {day} END"
        return text

    @property
    def _integer(self) -> str:
        if self.raw.kind is RawKind.INTEGER:
            return f"TRY_CAST(x{self.place} AS BIGINT)"
        text, double = f"t{self.place}", f"n{self.place}"
        return (
            f"CASE WHEN regexp_full_match({text}, {_DIGITS}) THEN TRY_CAST({text} AS BIGINT)"
            f" WHEN {double} = trunc({double}) AND abs({double}) < {_EXACT}"
            f" THEN CAST({double} AS BIGINT) END"
        )

    def checks(self) -> Iterator[Check]:
        """Give what must not occur in this column, in terms of the layers."""
        kind, text = self.column.type, f"t{self.place}"
        said = f"m{self.place} IS NULL AND {self.filled}"
        if kind not in _WORDS:
            yield Check(sql=f"{said} AND v{self.place} IS NULL", code=f"datasets.not_{kind.value}")
        if kind in _NUMBERS:
            yield from self._range()
        if kind is ColumnType.CATEGORY and self.column.values:
            known = tuple(self.column.values)
            yield Check(
                sql=f"{said} AND {text} NOT IN ({codes_in_sql(known)})",
                code="datasets.unknown_code",
                allowed=", ".join(known),
            )
        if self.decimal_comma and kind is ColumnType.NUMBER:
            yield Check(
                sql=f"{said} AND contains({text}, '.')",
                code="datasets.mixed_decimals",
                only_with=f"contains({text}, ',')",
            )

    def _range(self) -> Iterator[Check]:
        low, high = self.column.minimum, self.column.maximum
        outside = [
            f"v{self.place} {sign} {number(float(limit))}"
            for sign, limit in (("<", low), (">", high))
            if limit is not None
        ]
        if outside:
            shown = ["…" if limit is None else shown_number(limit, "en") for limit in (low, high)]
            yield Check(
                sql=f"({' OR '.join(outside)})",
                code="datasets.out_of_range",
                allowed=" .. ".join(shown),
            )


def codes_in_sql(codes: Sequence[str]) -> str:
    """List codes for an IN condition."""
    return ", ".join(literal(code) for code in codes)


def layers(readings: Sequence[ColumnReading], source: str) -> str:
    """Write the SELECT with ``r`` the row from 0, and the layers of every column."""
    cells = [f"{item.raw.sql} AS x{item.place}, {item.text} AS t{item.place}" for item in readings]
    query = f"SELECT {', '.join(['file_row_number AS r', *cells])} FROM {source}"
    for letter, attribute in (("n", "number"), ("m", "missing_code"), ("v", "value")):
        parts = [f"{getattr(item, attribute)} AS {letter}{item.place}" for item in readings]
        query = f"SELECT {', '.join(['*', *parts])} FROM ({query})"
    return query


def fault_of(check: Check, reading: ColumnReading, value: str | None) -> Problem:
    """Make the fault of one row; a value that may identify somebody is not repeated."""
    shown = "…" if reading.column.personal else _short(value or "")
    name = reading.raw.name
    return problem(check.code, name, column=name, value=shown, allowed=check.allowed)


def _short(value: str) -> str:
    longest = 40
    return value if len(value) <= longest else value[: longest - 1] + "…"
