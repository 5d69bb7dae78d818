"""A formula on a table: what is no column yet is made, in a file that is gone when it is read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from biotoop.engine.datasets.store import (
    DataEngine,
    RowFilter,
    Snapshot,
    Term,
    is_stored,
    term_columns,
    with_columns,
)
from biotoop.engine.effects.panel.formulas import Formula


@attrs.frozen(kw_only=True)
class Prepared:
    """A table with all columns of a formula.

    Attributes
    ----------
    snapshot
        The table.
    outcome, x, categories
        The columns.
    """

    snapshot: Snapshot
    outcome: str
    x: tuple[str, ...]
    categories: tuple[str, ...]


@contextmanager
def prepared(
    asked: Formula,
    snapshot: Snapshot,
    *,
    beside: Sequence[str],
    where: Sequence[RowFilter],
    engine: DataEngine | None,
) -> Iterator[Prepared]:
    """Make the products, powers and logarithms of a formula.

    Parameters
    ----------
    asked
        The formula.
    snapshot
        The table.
    beside
        Other columns that are read: effects, clusters, weights.
    where
        Filters.
    engine
        The data engine.
    """
    if not asked.made:
        yield Prepared(
            snapshot=snapshot, outcome=asked.outcome.name, x=asked.x, categories=asked.categories
        )
        return
    design = columns_of_terms(asked, snapshot, where=where, engine=engine)
    keep = [*beside, *design.keep, *(item.column for item in where)]
    with TemporaryDirectory(prefix="biotoop-made-") as folder:
        yield Prepared(
            snapshot=with_columns(snapshot, design.made, Path(folder), keep=keep, engine=engine),
            outcome=design.outcome,
            x=design.x,
            categories=design.categories,
        )


@attrs.frozen(kw_only=True)
class TermColumns:
    """The columns of a formula.

    Attributes
    ----------
    outcome, x, categories
        The columns by name.
    made
        SQL of those that must be made.
    keep
        Those that are there.
    """

    outcome: str
    x: tuple[str, ...]
    categories: tuple[str, ...]
    made: dict[str, str]
    keep: tuple[str, ...]


def columns_of_terms(
    asked: Formula,
    snapshot: Snapshot,
    *,
    where: Sequence[RowFilter],
    engine: DataEngine | None,
) -> TermColumns:
    """Tell which columns of a formula are there, and how the others are made."""
    terms: tuple[Term, ...] = (*asked.terms, (asked.outcome,))
    columns = term_columns(snapshot, terms, where=where, engine=engine)
    stored = [term[0] for term in terms if is_stored(term)]
    names = [name for term in asked.terms for name in columns.get(term, {term[0].name: ""})]
    return TermColumns(
        outcome=asked.outcome.shown,
        x=tuple(dict.fromkeys(names)),
        categories=tuple(factor.name for factor in stored if factor.category),
        made={name: sql for term in terms for name, sql in columns.get(term, {}).items()},
        keep=tuple(factor.name for factor in stored),
    )
