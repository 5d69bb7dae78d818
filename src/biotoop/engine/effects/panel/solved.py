"""Least squares from products within units, by cluster."""

from collections.abc import Mapping

import attrs
import numpy as np

from biotoop.engine.datasets.store import RowProducts, WithinProducts
from biotoop.engine.effects.arrays import Codes, Matrix, Vector
from biotoop.engine.effects.refusals import Refused

COLLINEAR = 1e-10
_TOO_EXACT = 1e-12


@attrs.frozen(kw_only=True, eq=False)
class Solved:
    """A fitted regression with effects of units and periods.

    Attributes
    ----------
    names
        Columns that were kept: indicators of periods, then the covariates.
    terms
        Places of the covariates in ``names``.
    dropped
        Covariates that units, periods and earlier covariates already say.
    coefficients
        Shape (P,).
    bread
        (X'X)^-1, shape (P, P).
    A, b
        X'X and X'y of each cluster, shapes (G, P, P) and (G, P).
    left_over
        Sum of squared residuals.
    squares
        Sum of squares of the outcome within units.
    before
        Sum of squares of each kept column and of the outcome about their overall means,
        shape (P + 1,).
    n, units, periods
        Rows and units that say something (units with one row do not), and periods.
    counted
        Effects that count in K of the factor for small samples, beside ``names``: those that do
        not lie within clusters.
    spent
        Effects that the classical error counts, beside ``names``; the units when not given.
    """

    names: tuple[str, ...]
    terms: Codes
    dropped: tuple[str, ...]
    coefficients: Vector
    bread: Matrix
    A: Matrix
    b: Matrix
    left_over: float
    squares: float
    before: Vector
    n: float
    units: float
    periods: int
    counted: float = 1.0
    spent: float | None = None

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return len(self.A)

    @property
    def unknowns(self) -> float:
        """Covariates and periods; effects of units lie within clusters and are not counted."""
        return len(self.names) + self.counted

    @property
    def free(self) -> float:
        """Rows less all unknowns, effects of units too."""
        return self.n - (self.units if self.spent is None else self.spent) - len(self.names)

    @property
    def scores(self) -> Matrix:
        """X'residual of each cluster, shape (G, P)."""
        return np.asarray(self.b - np.einsum("gij,j->gi", self.A, self.coefficients))

    def place(self, term: str) -> int:
        """Give the place of a covariate.

        Raises
        ------
        Refused
            The covariate was not in the formula, or was dropped.
        """
        if term in self.names:
            return self.names.index(term)
        shown = tuple(self.names[place] for place in self.terms)
        raise Refused("panel.refused.no_term", term=term, terms=shown)


def solve(found: WithinProducts) -> Solved:
    """Solve the normal equations; columns that others already say are dropped, as fixest does.

    Raises
    ------
    Refused
        No row is left, nothing changes within units, the outcome is constant, or the first
        covariate (the one in question) cannot be told apart from units and periods.
    """
    outcome = found.place(found.outcomes[0])
    count = len(found.names) - len(found.outcomes)
    covariates = count - (len(found.periods) - 1 if found.periods else 0)
    _require_rows(found)
    total = found.total
    _require_change(found, total[outcome, outcome], found.before[outcome])
    order = [*range(covariates, count), *range(covariates)]
    kept = _independent(total, found.before, order)
    n = float(found.n.sum() - found.alone.sum())
    return attrs.evolve(
        _fitted(found, kept, covariates, outcome),
        n=n,
        units=float(found.units.sum() - found.alone.sum()),
        periods=len(found.periods),
    )


def solve_rows(found: RowProducts) -> Solved:
    """Solve the normal equations of several sets of effects.

    Effects that do not lie within clusters count in K: as many as there are levels, less one
    for each set but the first (the rule of fixest).

    Raises
    ------
    Refused
        As ``solve``; or taking means off did not come to rest.
    """
    outcome = len(found.names) - 1
    if not found.used:
        raise Refused(
            "panel.refused.nobody_left", rows=found.rows, missing=holed_columns(found.missing)
        )
    if not found.n.sum():
        raise Refused("panel.refused.never_twice", units=found.single)
    if not found.settled:
        raise Refused("panel.refused.unsettled", rounds=found.rounds)
    total = found.products.sum(axis=0)
    _require_change(found, total[outcome, outcome], found.before[outcome])
    kept = _independent(total, found.before, list(range(outcome)))
    outside = [size for size, nested in zip(found.levels, found.nested, strict=True) if not nested]
    return attrs.evolve(
        _fitted(found, kept, outcome, outcome),
        n=float(found.n.sum()),
        units=float(found.levels[0]),
        counted=float(sum(outside) - max(len(outside) - 1, 0)),
        spent=float(sum(found.levels) - len(found.levels) + 1),
    )


def _fitted(
    found: WithinProducts | RowProducts, kept: list[int], covariates: int, outcome: int
) -> Solved:
    """Solve for the columns that were kept."""
    total = np.asarray(found.products.sum(axis=0))
    dropped = tuple(found.names[place] for place in range(covariates) if place not in kept)
    if covariates and 0 not in kept:
        raise Refused("panel.refused.absorbed", term=found.names[0])
    M, v = total[np.ix_(kept, kept)], total[kept, outcome]
    scale = 1.0 / np.sqrt(np.diag(M))
    inverse = np.linalg.inv(M * scale[:, None] * scale)
    bread = inverse * scale[:, None] * scale
    beta = _apply(bread, v)
    beta = beta + _apply(bread, v - _apply(M, beta))
    return Solved(
        names=tuple(found.names[place] for place in kept),
        terms=np.array([i for i, place in enumerate(kept) if place < covariates], dtype=np.int64),
        dropped=dropped,
        coefficients=beta,
        bread=(bread + bread.T) / 2,
        A=found.products[:, kept][:, :, kept],
        b=found.products[:, kept, outcome],
        left_over=max(float(total[outcome, outcome] - np.sum(v * beta)), 0.0),
        squares=float(total[outcome, outcome]),
        before=found.before[[*kept, outcome]],
        n=0.0,
        units=0.0,
        periods=0,
    )


def require_rest(fit: Solved, outcome: str) -> None:
    """Refuse terms that explain the outcome without anything left over."""
    if fit.left_over <= _TOO_EXACT * fit.squares:
        raise Refused("panel.refused.exact", outcome=outcome)


def _apply(M: Matrix, v: Vector) -> Vector:
    """Give M v without a library that splits sums over threads."""
    return np.asarray(np.einsum("ij,j->i", M, v))


def holed_columns(missing: Mapping[str, int]) -> tuple[str, ...]:
    """Name the columns with missing values, and how many."""
    return tuple(f"{name} ({count})" for name, count in missing.items() if count) or ("-",)


def _require_rows(found: WithinProducts) -> None:
    if not found.used:
        holed = holed_columns(found.missing)
        raise Refused("panel.refused.nobody_left", rows=found.rows, missing=holed)
    if found.units.sum() == found.alone.sum():
        raise Refused("panel.refused.never_twice", units=int(found.units.sum()))


def _require_change(found: WithinProducts | RowProducts, within: float, before: float) -> None:
    if within <= COLLINEAR * before or before == 0.0:
        raise Refused("panel.refused.constant_outcome", outcome=found.outcomes[0])


def _independent(total: Matrix, before: Vector, order: list[int]) -> list[int]:
    """Give the columns that add something, by elimination in this order."""
    left, kept = total.copy(), []
    for place in order:
        pivot = left[place, place]
        if pivot <= COLLINEAR * before[place] or pivot <= 0.0:
            continue
        kept.append(place)
        left -= left[:, place, None] * left[place] / pivot
    return kept
