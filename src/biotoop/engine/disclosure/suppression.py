"""Secondary suppression: which more cells to hide, so that no hidden cell can be worked out.

For each cell that must stay hidden, a linear programme finds the cheapest two worlds that fit
everything published and lie far enough apart in that cell; every shown cell that differs between
them is hidden. Then hidden cells are shown again, the dearest first, wherever all requirements
still hold. Last, the attacker of ``attack`` goes over the result with exact bounds.
"""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from biotoop.engine.disclosure.attack import (
    Block,
    ask,
    blocks,
    exact,
    incidence,
    known_bounds,
    relaxed,
    shown_range,
)
from biotoop.engine.disclosure.linking import System
from biotoop.engine.disclosure.primary import Requirement

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MOVED = 1e-6
_ROUNDS = 6


@attrs.frozen(kw_only=True, eq=False)
class Pattern:
    """Which cells are shown and which are hidden.

    Attributes
    ----------
    shown
        Cells that this release shows, shape (c,).
    primary
        Cells hidden for their own sake, shape (c,).
    secondary
        Cells hidden for the sake of others, shape (c,).
    unmet
        Requirements that no pattern can meet, because earlier releases or public figures already
        tell too much.
    """

    shown: Flags
    primary: Flags
    secondary: Flags
    unmet: tuple[Requirement, ...]


def weights(system: System) -> Floats:
    """Give the price of hiding each cell, shape (c,): large cells and totals cost more."""
    size = np.nan_to_num(np.where(system.is_amount, system.people, system.values))
    depth = np.array([len(name.conditions) for name in system.keys], dtype=np.float64)
    most = depth.max(initial=0.0)
    tie = np.arange(len(depth)) * 1e-9
    price: Floats = system.worth * (1.0 + np.log1p(size)) * (1.0 + 0.5 * (most - depth)) + tie
    return price


def suppress(
    system: System,
    needed: Sequence[Requirement],
    *,
    rounding: int | None = None,
) -> Pattern:
    """Find a pattern of hidden cells that meets every requirement, hiding little more.

    Parameters
    ----------
    system
        The linked cells.
    needed
        What must stay hidden, and how well.
    rounding
        Base to which shown counts are rounded.

    Returns
    -------
    Pattern
        Deterministic for the same input.
    """
    search = _Search(system, needed, rounding)
    for requirement in search.order:
        search.protect(requirement)
    search.show_again()
    secondary = search.hidden & system.can_show & ~search.primary
    return Pattern(
        shown=system.can_show & ~search.hidden,
        primary=search.primary,
        secondary=secondary,
        unmet=tuple(search.unmet),
    )


class _Search:
    """The state of the search: what is hidden so far, and worlds that show it is safe.

    A world is a set of values for all cells that fits everything shown. Two worlds that lie far
    enough apart in a cell prove that it is safe; most questions are answered by worlds already
    found, without a new programme.
    """

    def __init__(self, system: System, needed: Sequence[Requirement], rounding: int | None) -> None:
        self.system, self.rounding = system, rounding
        self.matrix = incidence(system)
        self.programme = _Programme(system, self.matrix, rounding)
        self.price = weights(system)
        self.told_low, self.told_high = shown_range(system, rounding)
        self.primary = np.zeros(len(system.keys), dtype=bool)
        for requirement in needed:
            place = requirement.place
            self.primary[place] = system.can_show[place] and not system.public[place]
        self.hidden = ~system.can_show | self.primary
        self.order = sorted(needed, key=lambda item: (-item.width, -item.at_least, item.place))
        self.unmet: list[Requirement] = []
        self.met: list[Requirement] = []
        self.worlds = np.empty((0, len(system.keys)))

    def protect(self, requirement: Requirement) -> None:
        """Hide what is needed for one requirement, unless nothing can be enough."""
        for extra in range(_ROUNDS):
            if self._is_met(requirement, self.hidden, self.worlds):
                self.met.append(requirement)
                return
            wider = attrs.evolve(requirement, width=requirement.width + extra)
            moved = self.programme.solve(wider, np.where(self.hidden, 0.0, self.price))
            if moved is None:
                break
            self.hidden = self.hidden | moved
        self.unmet.append(requirement)

    def show_again(self) -> None:
        """Show secondary cells again, the dearest first, where everything stays met."""
        system = self.system
        again = np.flatnonzero(self.hidden & system.can_show & ~self.primary & ~system.public)
        for place in sorted(again.tolist(), key=lambda item: (-self.price[item], item)):
            self._try_to_show(place)

    def _try_to_show(self, place: int) -> None:
        trial = self.hidden.copy()
        trial[place] = False
        for number, requirement in enumerate(self.met):
            if not self._is_met(requirement, trial, self._fitting(place)):
                self.met.insert(0, self.met.pop(number))  # ask the strictest one first next time
                return
        self.worlds = self._fitting(place)
        self.hidden = trial

    def _fitting(self, place: int) -> Floats:
        """Give the worlds that still fit when a cell is shown; nan plays no part."""
        own = self.worlds[:, place]
        apart = (own < self.told_low[place] - _MOVED) | (own > self.told_high[place] + _MOVED)
        fitting: Floats = self.worlds[~apart]
        return fitting

    def _is_met(self, requirement: Requirement, hidden: Flags, worlds: Floats) -> bool:
        """Tell whether a requirement is met: by known worlds, else by exact bounds."""
        place = requirement.place
        seen = worlds[:, place]
        seen = seen[~np.isnan(seen)]
        if seen.size and requirement.is_met(float(seen.min()), float(seen.max())):
            return True
        shown = self.system.can_show & ~hidden
        low, high = known_bounds(self.system, shown, rounding=self.rounding)
        if low[place] >= high[place]:
            return requirement.is_met(float(low[place]), float(high[place]))
        block, number = _block_with(blocks(self.matrix, low, high), place)
        question = ask(self.system, block, low, high)
        least, most = (relaxed(question, number, sign) for sign in (1.0, -1.0))
        if not requirement.is_met(least.value, most.value):
            return False
        least, most = exact(question, number, 1.0, least), exact(question, number, -1.0, most)
        for bound in (least, most):
            if bound.world is not None:
                world = np.full((1, len(low)), np.nan)
                world[0, block.cells] = bound.world
                self.worlds = np.concatenate([self.worlds, world])
        return requirement.is_met(least.value, most.value)


def _block_with(found: Sequence[Block], place: int) -> tuple[Block, int]:
    """Give the block that holds an unknown cell, and the place of the cell in it."""
    block = next(block for block in found if (block.cells == place).any())
    return block, int(np.flatnonzero(block.cells == place)[0])


class _Programme:
    """The linear programme over two worlds: each cell is what is told, plus up, minus down."""

    def __init__(self, system: System, matrix: sparse.csr_array, rounding: int | None) -> None:
        known = ~np.isnan(system.values)
        bottom, top = shown_range(system, rounding)
        start = np.where(known, np.maximum(bottom, system.low), system.low)
        end = np.where(known, np.minimum(top, system.high), system.high)
        movable = known & ~system.public
        up = np.subtract(system.high, end, out=np.zeros_like(end), where=movable)
        down = np.subtract(start, system.low, out=np.zeros_like(end), where=movable)
        none = np.zeros_like(end)
        self.count = len(system.keys)
        world = sparse.hstack([matrix, matrix, -matrix])
        self.equal = sparse.block_diag([world, world], format="csr")
        lows, highs = np.concatenate([start, none, none]), np.concatenate([end, up, down])
        self.limits = np.column_stack([np.tile(lows, 2), np.tile(highs, 2)])

    def solve(self, requirement: Requirement, price: Floats) -> Flags | None:
        """Give the cells that move between the cheapest two worlds; None without worlds."""
        lower, upper = self._cell(requirement.place, 0), self._cell(requirement.place, 1)
        rows, bounds = [lower - upper], [-requirement.width]
        if np.isfinite(requirement.at_most):
            rows, bounds = [*rows, lower], [*bounds, requirement.at_most]
        if requirement.at_least > 0:
            rows, bounds = [*rows, -upper], [*bounds, -requirement.at_least]
        if requirement.share > 0:
            rows, bounds = [*rows, lower - (1 - requirement.share) * upper], [*bounds, 0.0]
        one = np.concatenate([np.zeros(self.count), price, price])
        found = linprog(
            np.concatenate([one, one]),
            A_ub=sparse.csr_array(np.array(rows)), b_ub=bounds,
            A_eq=self.equal, b_eq=np.zeros(self.equal.shape[0]),
            bounds=self.limits, method="highs-ds",
        )  # fmt: skip
        if found.x is None:
            return None
        parts = found.x.reshape(2, 3, self.count)
        moved: Flags = (parts[:, 1] + parts[:, 2]).max(axis=0) > _MOVED
        return moved

    def _cell(self, place: int, world: int) -> Floats:
        """Give the row that reads one cell in one world."""
        row = np.zeros((2, 3, self.count))
        row[world, 0, place], row[world, 1, place], row[world, 2, place] = 1.0, 1.0, -1.0
        return row.ravel()
