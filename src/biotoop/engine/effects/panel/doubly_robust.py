"""Effects by cohort and period, doubly robust: right when either of two models is.

Sant'Anna & Zhao 2020 (doi 10.1016/j.jeconom.2020.06.003), the estimator that R's ``did`` takes by
default: the change of those who start, less that of the others, weighted by their odds to start
(logit) and with what a regression on the covariates expects taken off both. Errors follow how each
unit moves the estimate, with both models estimated.
"""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.datasets.store import UnitTable
from biotoop.engine.effects.arrays import Mask, Matrix, Vector
from biotoop.engine.effects.one_side import inverse_on_a_side
from biotoop.engine.effects.panel.cohorts import Cell, Control, others_of
from biotoop.engine.effects.propensity import fit_propensity
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sums import apply, cross, dot, gram

_MOST_CHANCE = 0.999


@attrs.frozen(kw_only=True, eq=False)
class UnitPulls:
    """Figures with how each unit moves them.

    Attributes
    ----------
    values
        Shape (M,).
    moves
        Shape (M, n).
    units
        The units.
    """

    values: Vector
    moves: Matrix
    units: UnitTable

    def combined(self, weights: Matrix, extra: Matrix | None = None) -> "UnitPulls":
        """Give weighted sums; each unit moves them more by its weight times that of its cohort."""
        moves = np.einsum("lm,mn->ln", weights, self.moves)
        if extra is not None:
            moves += extra[:, self.units.cohort] * self.units.weight
        values = np.einsum("lm,m->l", weights, self.values)
        return UnitPulls(values=values, moves=moves, units=self.units)

    def one(self, place: int) -> "UnitPulls":
        """Give one figure."""
        return UnitPulls(values=self.values[[place]], moves=self.moves[[place]], units=self.units)

    def covariance(self, *, clustered: bool) -> Matrix:
        """Give the covariance of the figures, by unit or by cluster (factor G/(G-1))."""
        moves, factor = self.moves, 1.0
        if clustered:
            groups, place = np.unique(self.units.cluster, return_inverse=True)
            moves = np.array([np.bincount(place, weights=row) for row in moves])
            factor = groups.size / (groups.size - 1)
        size = len(moves)
        found = np.empty((size, size))
        for i in range(size):
            for j in range(i + 1):
                found[i, j] = found[j, i] = dot(moves[i], moves[j])
        return found * factor


def doubly_robust(
    units: UnitTable, cells: Sequence[Cell], control: Control, *, anticipation: int
) -> tuple[tuple[Cell, ...], UnitPulls]:
    """Estimate the effects; those for which there is nobody to compare with are left out.

    Raises
    ------
    Refused
        None is left; the covariates separate who starts from the others; or somebody who did not
        start was so sure to that the weight stands for everybody.
    """
    kept, values, moves = [], [], []
    models: dict[tuple[int, bytes], _Chances] = {}
    for cell in cells:
        others = others_of(units, cell, control, anticipation)
        if not others.any():
            continue
        key = (cell.cohort, others.tobytes())
        if key not in models:
            models[key] = _Chances.of(units, cell, np.asarray(others, dtype=bool))
        value, moved = models[key].effect(units.y[:, cell.period] - units.y[:, cell.base])
        kept.append(cell)
        values.append(value)
        moves.append(moved)
    if not kept:
        raise Refused(f"panel.refused.no_{control.value}")
    return tuple(kept), UnitPulls(values=np.array(values), moves=np.array(moves), units=units)


@attrs.frozen(kw_only=True, eq=False)
class _Chances:
    """Who starts and who is compared with, with the chances to start."""

    chosen: Mask
    mine: Vector
    weight: Vector
    odds: Vector
    X: Matrix
    by_score: Matrix
    expected: Matrix

    @staticmethod
    def of(units: UnitTable, cell: Cell, others: Mask) -> "_Chances":
        reached = units.cohort == cell.cohort
        chosen = reached | others[units.cohort]
        mine, weight = reached[chosen], units.weight[chosen]
        fit = fit_propensity(units.x[chosen], n=weight, treated=mine, names=units.names)
        chance = fit.chance
        if bool(np.any(chance[~mine] > _MOST_CHANCE)):
            raise Refused(
                "panel.refused.too_sure",
                units=int(np.sum(chance[~mine] > _MOST_CHANCE)),
                period=units.periods[cell.start],
                chance=_MOST_CHANCE,
            )
        theirs = np.where(mine, 0.0, weight)
        scores = weight * (mine - chance)
        return _Chances(
            chosen=chosen,
            mine=np.where(mine, weight, 0.0),
            weight=weight,
            odds=theirs * chance / (1.0 - chance),
            X=fit.X,
            by_score=scores[:, None] * _times(fit.X, _inverse(fit.information)),
            expected=inverse_on_a_side(gram(fit.X, theirs), units.names),
        )

    def effect(self, change: Vector) -> tuple[float, Vector]:
        """Give the effect on a change, and how each unit moves it, shape (n,)."""
        moved, change = np.zeros(len(self.chosen)), change[self.chosen]
        X, mine, odds = self.X, self.mine, self.odds
        theirs = np.where(mine > 0.0, 0.0, self.weight)
        left = change - apply(X, np.einsum("ij,j->i", self.expected, cross(X, theirs * change)))
        by_rest = (theirs * left)[:, None] * _times(X, self.expected)
        total, heavy = float(np.add.reduce(mine)), float(np.add.reduce(odds))
        own, other = dot(mine, left) / total, dot(odds, left) / heavy
        pull = mine * (left - own) - apply(by_rest, cross(X, mine))
        against = odds * (left - other)
        against += apply(self.by_score, cross(X, odds * (left - other)))
        against -= apply(by_rest, cross(X, odds))
        moved[self.chosen] = pull / total - against / heavy
        return own - other, moved


def _times(X: Matrix, M: Matrix) -> Matrix:
    """Give X M for a tall X, without a library that splits sums over threads."""
    return np.column_stack([apply(X, M[:, place]) for place in range(M.shape[1])])


def _inverse(M: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(M), dtype=np.float64)
