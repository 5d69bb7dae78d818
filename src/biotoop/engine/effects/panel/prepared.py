"""A formula on a table: what is no column yet is made, in a file that is gone when it is read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from biotoop.engine.datasets.store import (
    DataEngine,
    Factor,
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
    plain = Prepared(
        snapshot=snapshot, outcome=asked.outcome.name, x=asked.x, categories=asked.categories
    )
    if not asked.made:
        yield plain
        return
    outcome: Term = (asked.outcome,)
    terms = (*asked.terms, outcome)
    columns = term_columns(snapshot, terms, where=where, engine=engine)
    made = {name: sql for term in terms for name, sql in columns.get(term, {}).items()}
    stored = [factor for term in terms if is_stored(term) for factor in term]
    keep = [*beside, *(factor.name for factor in stored), *(item.column for item in where)]
    with TemporaryDirectory(prefix="biotoop-made-") as folder:
        yield Prepared(
            snapshot=with_columns(snapshot, made, Path(folder), keep=keep, engine=engine),
            outcome=asked.outcome.shown,
            x=tuple(name for term in asked.terms for name in columns.get(term, _itself(term))),
            categories=tuple(factor.name for factor in stored if factor.category),
        )


def _itself(term: tuple[Factor, ...]) -> dict[str, str]:
    return {term[0].name: ""}
