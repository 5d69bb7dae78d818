"""Reading a pasted table: rows from Excel or Word, cells with tabs between."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from biotoop.engine.core.problems import Problem
from biotoop.engine.theory.model import LinkKind, NodeKind
from biotoop.engine.theory.pasted import LEAVE_OUT, Question, Shape
from biotoop.engine.theory.pasted_parts import (
    Answers,
    Parts,
    RawLink,
    RawNode,
    answer_to,
    as_label,
    at_row,
    choice,
    items_in,
    remark,
    said_in,
)
from biotoop.engine.theory.pasted_words import column_of, horizon_of, kind_of, link_kind_of

Row = tuple[int, list[str]]
_STEP_COLUMNS = ("from", "to", "if", "then")
_LEVELS = (NodeKind.INTERVENTION, NodeKind.RESULT, NodeKind.OUTCOME, NodeKind.IMPACT)
_LAYOUTS = {
    "from_to": ("from", "to"),
    "kind_label": ("kind", "label"),
    "if_then": ("if", "then"),
    "if_then_because": ("if", "then", "because"),
    "from_to_because": ("from", "to", "because"),
}


@attrs.frozen(kw_only=True)
class Table:
    """A piece of the pasted text with one meaning for each column."""

    row: int
    columns: tuple[str | NodeKind | None, ...]
    rows: tuple[Row, ...]

    def cells(self) -> Iterator[tuple[int, dict[str | NodeKind, str]]]:
        """Give each row as cells by the meaning of their column."""
        for number, cells in self.rows:
            named = zip(self.columns, cells, strict=False)
            yield number, {name: cell for name, cell in named if name is not None and cell}


def is_table(text: str) -> bool:
    """Tell whether the text is a table rather than an outline."""
    lines = [line for line in text.splitlines() if line.strip()]
    with_cells = ["\t" in line.strip() for line in lines]
    return any(with_cells[:1]) or (any(with_cells) and sum(with_cells) * 2 >= len(lines))


def read_tables(text: str, answers: Answers) -> Parts:
    """Read one table or more below each other, each under its own header."""
    parts: list[Parts] = []
    tables, questions, problems = _tables(_grid(text), answers)
    for table in tables:
        if any(isinstance(name, NodeKind) for name in table.columns):
            parts.append(_levels(table, answers))
        elif any(name in _STEP_COLUMNS for name in table.columns):
            parts.append(_steps(table))
        else:
            parts.append(_nodes(table))
    shapes = {part.shape for part in parts}
    return Parts(
        shape=shapes.pop() if len(shapes) == 1 else Shape.BOTH if shapes else Shape.EMPTY,
        nodes=tuple(node for part in parts for node in part.nodes),
        links=tuple(link for part in parts for link in part.links),
        questions=(*questions, *(item for part in parts for item in part.questions)),
        problems=(*problems, *(item for part in parts for item in part.problems)),
    )


def _grid(text: str) -> list[Row]:
    """Give the rows with something in them; a cell may hold several lines, within quotes."""
    try:
        rows = list(csv.reader(io.StringIO(text), dialect="excel-tab"))
    except csv.Error:  # a lone quote somewhere: read the lines as they are
        rows = [line.split("\t") for line in text.splitlines()]
    stripped = ([cell.strip() for cell in row] for row in rows)
    return [(number, row) for number, row in enumerate(stripped, 1) if any(row)]


def _tables(grid: list[Row], answers: Answers) -> tuple[list[Table], list[Question], list[Problem]]:
    tables: list[Table] = []
    problems: list[Problem] = []
    headers = [place for place, (_, cells) in enumerate(grid) if _is_header(cells)]
    if not headers:
        return _without_header(grid, answers)
    for number, _ in grid[: headers[0]]:
        problems.append(remark(number, "above_header"))
    for start, end in zip(headers, [*headers[1:], len(grid)], strict=True):
        number, cells = grid[start]
        columns = _meanings(cells)
        unknown = [cell for cell, name in zip(cells, columns, strict=True) if cell and name is None]
        problems.extend(remark(number, "unknown_column", column=cell) for cell in unknown)
        tables.append(Table(row=number, columns=columns, rows=tuple(grid[start + 1 : end])))
    return tables, [], problems


def _meanings(cells: Sequence[str]) -> tuple[str | NodeKind | None, ...]:
    kinds = [kind_of(cell) for cell in cells]
    if sum(kind is not None for kind in kinds) > 1:
        return tuple(kinds)
    return tuple(column_of(cell) for cell in cells)


def _is_header(cells: Sequence[str]) -> bool:
    known = [name for name in _meanings(cells) if name is not None]
    return len(known) > 1 and len(set(known)) == len(known)


def _without_header(
    grid: list[Row], answers: Answers
) -> tuple[list[Table], list[Question], list[Problem]]:
    """Ask what the columns are; nothing is read before that is known."""
    width = max((len(cells) for _, cells in grid), default=0)
    fitting = tuple(name for name, columns in _LAYOUTS.items() if len(columns) == width)
    levels = ("levels",) if 1 < width <= len(_LEVELS) else ()
    if not fitting and not levels:
        return [], [], [at_row(grid[0][0] if grid else 1, "no_header", columns=width)]
    question = choice("columns", (*fitting, *levels), suggested=_likely(grid, fitting))
    answer = answer_to(question, answers)
    if answer is None:
        return [], [question], []
    columns = _LEVELS if answer == "levels" else _LAYOUTS[answer]
    return [Table(row=0, columns=tuple(columns[:width]), rows=tuple(grid))], [], []


def _likely(grid: list[Row], fitting: tuple[str, ...]) -> str | None:
    first = [cells[0] for _, cells in grid]
    if "kind_label" in fitting and all(kind_of(cell) for cell in first):
        return "kind_label"
    if all(cell.casefold().startswith(("als ", "if ")) for cell in first):
        return next((name for name in fitting if name.startswith("if_then")), None)
    return None


def _nodes(table: Table) -> Parts:
    nodes, problems = [], []
    for number, cells in table.cells():
        label = cells.get("label", "")
        if not label:
            problems.append(at_row(number, "no_label"))
            continue
        said = cells.get("kind", "")
        kind = kind_of(said)
        if said and kind is None:
            problems.append(remark(number, "unknown_kind", said=said))
        nodes.append(
            RawNode(
                row=number, label=label, code=cells.get("code", ""), kind=kind,
                whose=cells.get("whose", ""),
            )
        )  # fmt: skip
    return Parts(shape=Shape.NODES, nodes=tuple(nodes), problems=tuple(problems))


def _steps(table: Table) -> Parts:
    links: list[RawLink] = []
    problems: list[Problem] = []
    for number, cells in table.cells():
        if_, then, because = (
            said_in(name, cells.get(name, "")) for name in ("if", "then", "because")
        )
        start = cells.get("from") or as_label(if_)
        end = cells.get("to") or as_label(then)
        missing = [name for name, text in (("start", start), ("end", end)) if not text]
        if missing:
            problems.extend(at_row(number, f"no_{name}") for name in missing)
            continue
        horizon, kind = cells.get("horizon", ""), cells.get("kind", "")
        if horizon and horizon_of(horizon) is None:
            problems.append(remark(number, "unknown_horizon", said=horizon))
        if kind and link_kind_of(kind) is None:
            problems.append(remark(number, "unknown_link_kind", said=kind))
        links.append(
            RawLink(
                row=number, start=start, end=end, code=cells.get("code", ""),
                kind=link_kind_of(kind) or LinkKind.CAUSE, if_=if_, then=then, because=because,
                assumptions=items_in(cells.get("assumptions", "")),
                rivals=items_in(cells.get("rivals", "")),
                conditions=items_in(cells.get("conditions", "")),
                horizon=horizon_of(horizon),
            )
        )  # fmt: skip
    return Parts(shape=Shape.STEPS, links=tuple(links), problems=tuple(problems))


def _levels(table: Table, answers: Answers) -> Parts:
    """Read a table with a column for each level; whether a row is a chain is asked."""
    nodes: list[RawNode] = []
    links: list[RawLink] = []
    kinds = [name for name in table.columns if isinstance(name, NodeKind)]
    rows = [(number, cells) for number, cells in table.cells() if cells]
    question = _about_rows(rows, kinds)
    answer = None if question is None else answer_to(question, answers)
    above: dict[str | NodeKind, str] = {}
    for number, cells in rows:
        found = [(kind, cells[kind]) for kind in kinds if kind in cells]
        nodes.extend(RawNode(row=number, label=label, kind=kind) for kind, label in found)
        if answer == "chain_down":
            above = {**above, **cells}
            found = [(kind, above[kind]) for kind in kinds if kind in above]
        if answer in ("chain", "chain_down"):
            links.extend(
                RawLink(row=number, start=start, end=end)
                for (_, start), (_, end) in pairwise(found)
            )
    asked = (question,) if question is not None and answer is None else ()
    once = {(link.start, link.end): link for link in reversed(links)}
    return Parts(
        shape=Shape.LEVELS,
        nodes=tuple(nodes),
        links=tuple(reversed(once.values())),
        questions=asked,
    )


def _about_rows(
    rows: Sequence[tuple[int, dict[str | NodeKind, str]]], kinds: Sequence[NodeKind]
) -> Question | None:
    if not any(len(cells) > 1 for _, cells in rows):
        return None
    holes = any(set(kinds) - set(cells) for _, cells in rows[1:])
    return choice("rows", ("chain", *(("chain_down",) if holes else ()), LEAVE_OUT))
