"""When tables together tell more than their shared margins: the full cross-table behind them.

Tables by area and age, age and sex, and area and sex are all margins of one table by area, age
and sex. That such a table exists limits what hidden cells can be, beyond the sums within each
table. It adds nothing when the tables can be put in a tree, each sharing with one other all that
it shares with the rest (a decomposable set); otherwise the part that goes round in a circle is
laid out in full, as cells that nobody prints.
"""

import itertools
import math
from collections.abc import Mapping, Sequence

import attrs

LARGEST = 4096
Categories = Mapping[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Core:
    """The part of a set of tables that goes round in a circle.

    Attributes
    ----------
    names
        Its characteristics, sorted.
    edges
        For each table in it, the characteristics that it shares with the others, sorted.
    """

    names: tuple[str, ...]
    edges: tuple[tuple[str, ...], ...]


def cyclic_core(edges: Sequence[frozenset[str]]) -> Core | None:
    """Take away, one by one, what hangs on by one end; give what is left, or None.

    This is the reduction of Graham and of Yu and Ozsoyoglu (1979; from memory): drop a
    characteristic that stands in one table only, and a table whose characteristics all stand in
    another.
    """
    left = sorted({edge for edge in edges if edge}, key=sorted)
    while True:
        count = dict.fromkeys(itertools.chain.from_iterable(sorted(e) for e in left), 0)
        for name in itertools.chain.from_iterable(left):
            count[name] += 1
        fewer = [frozenset(name for name in edge if count[name] > 1) for edge in left]
        kept: list[frozenset[str]] = []
        for number, edge in enumerate(fewer):
            others = fewer[number + 1 :] + kept
            if edge and not any(edge <= other for other in others):
                kept.append(edge)
        if kept == left:
            break
        left = sorted(kept, key=sorted)
    if not left:
        return None
    names = tuple(sorted(frozenset().union(*left)))
    return Core(names=names, edges=tuple(tuple(sorted(edge)) for edge in left))


def size_of(core: Core, categories: Categories) -> int:
    """Give the number of cells of the full table of a core."""
    return math.prod(len(categories[name]) for name in core.names)


def crossings(core: Core, categories: Categories) -> list[tuple[tuple[str, str], ...]]:
    """Give the conditions of every cell of the full table of a core."""
    choices = [[(name, category) for category in categories[name]] for name in core.names]
    return list(itertools.product(*choices))
