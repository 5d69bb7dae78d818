"""What a reader can work out: the smallest and largest value of every hidden cell.

The reader knows every shown cell, every sum, what earlier releases told, and that counts are
whole numbers from 0 up. The bounds are exact: a linear programme first, and an integer programme
where its answer is not whole (Fischetti and Salazar 2001, Management Science 47, 1008-1027, treat
the same attacker).
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse.csgraph import connected_components

from biotoop.engine.disclosure.faults import ImpossibleKnowledge
from biotoop.engine.disclosure.linking import System
from biotoop.engine.disclosure.tables import rounded_to, rounding_range

Floats = NDArray[np.float64]
_WHOLE = 1e-6
_INFEASIBLE, _UNBOUNDED = 2, 3


@attrs.frozen(kw_only=True, eq=False)
class Block:
    """Cells that are unknown together: no sum ties them to unknown cells elsewhere.

    Attributes
    ----------
    cells
        Places of the unknown cells in the system, shape (k,).
    matrix
        Coefficients of the sums in these cells, shape (m, k).
    known
        What the known cells bring to each sum, shape (m,): ``matrix @ x = known``.
    """

    cells: NDArray[np.int64]
    matrix: sparse.csr_array
    known: Floats


def incidence(system: System) -> sparse.csr_array:
    """Give the sums as a matrix with ``matrix @ values = 0``: total +1, parts -1."""
    rows, columns, entries = [], [], []
    for number, line in enumerate(system.sums):
        rows += [number] * (len(line.parts) + 1)
        columns += [line.total, *line.parts]
        entries += [1.0] + [-1.0] * len(line.parts)
    shape = (len(system.sums), len(system.keys))
    return sparse.csr_array((entries, (rows, columns)), shape=shape)


def blocks(matrix: sparse.csr_array, low: Floats, high: Floats) -> tuple[Block, ...]:
    """Divide the unknown cells into blocks that no sum connects.

    Raises
    ------
    ImpossibleKnowledge
        A sum of known cells does not add up.
    """
    free = np.flatnonzero(low < high)
    fixed = np.where(low < high, 0.0, low)
    known = -(matrix @ fixed)
    own = matrix[:, free]
    empty = np.diff(own.indptr) == 0
    if (np.abs(known[empty]) > _WHOLE * max(1.0, float(np.abs(fixed).max(initial=0)))).any():
        raise ImpossibleKnowledge(what="-", reason="-")
    links = sparse.csr_array(abs(own).T @ abs(own))
    count, label = connected_components(links, directed=False)
    found = []
    for number in range(count):
        members = np.flatnonzero(label == number)
        rows = np.flatnonzero(np.diff(sparse.csr_array(own[:, members]).indptr) > 0)
        part = sparse.csr_array(own[:, members][rows])
        found.append(Block(cells=free[members], matrix=part, known=known[rows]))
    return tuple(found)


@attrs.frozen(kw_only=True, eq=False)
class Bound:
    """How small or large one cell of a block can be.

    Attributes
    ----------
    value
        The bound; infinite when nothing limits it.
    world
        Values of all cells of the block that reach it, shape (k,); None when unbounded.
    is_whole
        Whether what must be whole numbers is so in that world.
    """

    value: float
    world: Floats | None
    is_whole: bool


@attrs.frozen(kw_only=True, eq=False)
class Question:
    """A block with what is known of its cells.

    Attributes
    ----------
    block
        The block.
    low, high
        What is known of its cells, shape (k,).
    whole
        Which of them are whole numbers, shape (k,).
    """

    block: Block
    low: Floats
    high: Floats
    whole: NDArray[np.bool_]


def _solved(
    question: Question, place: int, sign: float, whole: NDArray[np.int64]
) -> OptimizeResult:
    """Solve for one end of one cell; ``milp`` also for a linear programme, as it costs a third."""
    cost = np.zeros(len(question.low))
    cost[place] = sign
    block = question.block
    return milp(
        cost,
        integrality=whole,
        bounds=Bounds(question.low, question.high),
        constraints=LinearConstraint(block.matrix, block.known, block.known),
        options={"mip_rel_gap": 0.0},
    )


def relaxed(question: Question, place: int, sign: float) -> Bound:
    """Find how small (sign +1) or large (sign -1) a cell can be, whole numbers or not.

    Parameters
    ----------
    question
        The block and what is known of it.
    place
        Place of the cell within the block.
    sign
        +1 for the smallest value, -1 for the largest.

    Raises
    ------
    ImpossibleKnowledge
        No values fit what is known.
    """
    none = np.zeros(len(question.low), dtype=np.int64)
    found = _solved(question, place, sign, none)
    unclear = found.x is None and found.status not in (_UNBOUNDED, _INFEASIBLE)
    if unclear and _solved(question, place, 0.0, none).x is None:
        raise ImpossibleKnowledge(what="-", reason="-")
    if unclear or found.status == _UNBOUNDED:
        return Bound(value=-sign * np.inf, world=None, is_whole=True)
    if found.x is None:
        raise ImpossibleKnowledge(what="-", reason="-")
    world = np.where(np.abs(found.x - np.round(found.x)) <= _WHOLE, np.round(found.x), found.x)
    is_whole = bool((world == np.round(world))[question.whole].all())
    return Bound(value=float(world[place]), world=world, is_whole=is_whole)


def exact(question: Question, place: int, sign: float, first: Bound | None = None) -> Bound:
    """Find how small (sign +1) or large (sign -1) a cell can be, in whole numbers.

    Parameters
    ----------
    question, place, sign
        As for ``relaxed``.
    first
        The relaxed bound, when it is known already.

    Raises
    ------
    ImpossibleKnowledge
        No values fit what is known.
    """
    bound = relaxed(question, place, sign) if first is None else first
    if bound.is_whole:
        return bound
    found = _solved(question, place, sign, question.whole.astype(np.int64))
    if found.x is None:
        raise ImpossibleKnowledge(what="-", reason="-")
    world = np.where(question.whole, np.round(found.x), found.x)
    return Bound(value=float(world[place]), world=world, is_whole=True)


@attrs.frozen(kw_only=True, eq=False)
class Knowledge:
    """What the reader can work out about each cell.

    Attributes
    ----------
    low, high
        Bounds of each cell of the system, shape (c,); equal where the reader knows the value.
    asked
        Cells for which bounds were computed or that are known, shape (c,).
    """

    low: Floats
    high: Floats
    asked: NDArray[np.bool_]


def work_out(
    system: System, low: Floats, high: Floats, targets: Sequence[int] | None = None
) -> Knowledge:
    """Work out the bounds of cells from what is known.

    Parameters
    ----------
    system
        The linked cells.
    low, high
        What is known of each cell, shape (c,): shown cells have ``low == high``.
    targets
        Places of the cells to work out; by default all that are not known.

    Raises
    ------
    ImpossibleKnowledge
        No values fit what is known.
    """
    matrix = incidence(system)
    bounds_low, bounds_high = low.copy(), high.copy()
    asked = low >= high
    wanted = None if targets is None else set(targets)
    for block in blocks(matrix, low, high):
        question = ask(system, block, low, high)
        for number, place in enumerate(block.cells):
            if wanted is not None and int(place) not in wanted:
                continue
            bounds_low[place] = exact(question, number, 1.0).value
            bounds_high[place] = exact(question, number, -1.0).value
            asked[place] = True
    return Knowledge(low=bounds_low, high=bounds_high, asked=asked)


def ask(system: System, block: Block, low: Floats, high: Floats) -> Question:
    """Put a block together with what is known of its cells."""
    cells = block.cells
    return Question(block=block, low=low[cells], high=high[cells], whole=system.is_whole[cells])


def known_bounds(
    system: System, shown: NDArray[np.bool_], *, rounding: int | None = None
) -> tuple[Floats, Floats]:
    """Give what a reader knows at once: shown cells, earlier releases, cells that must be empty.

    Parameters
    ----------
    system
        The linked cells.
    shown
        Which cells this release shows, shape (c,).
    rounding
        Base to which shown counts are rounded.

    Returns
    -------
    tuple
        Lowest and highest value of each cell, shape (c,) each.
    """
    low, high = system.low.copy(), system.high.copy()
    bottom, top = shown_range(system, rounding)
    low = np.where(shown, np.maximum(low, bottom), low)
    high = np.where(shown, np.minimum(high, top), high)
    return low, high


def shown_range(system: System, rounding: int | None) -> tuple[Floats, Floats]:
    """Give what a cell tells when it is shown: its value, or all that round to the same."""
    if rounding is None:
        return system.values, system.values
    bottom, top = rounding_range(rounded_to(system.values, rounding), rounding)
    amounts = system.is_amount
    return np.where(amounts, system.values, bottom), np.where(amounts, system.values, top)


def with_marks(
    low: Floats, high: Floats, system: System, marks: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    """Add what a mark such as "<5" tells about a hidden cell, by the cell's written identity."""
    low, high = low.copy(), high.copy()
    for place, name in enumerate(system.keys):
        if str(name) in marks:
            low[place], high[place] = marks[str(name)]
    return low, high
