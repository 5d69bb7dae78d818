"""Taking off the means of many sets of groups at once, in turn, until nothing moves any more.

Alternating projections (Guimaraes & Portugal 2010), swept forth and back so that a sweep is
symmetric, and quickened by conjugate gradients (Hernandez-Ramos, Escalante & Raydan 2011; as
Correia's reghdfe does; from memory).
"""

from collections.abc import Sequence

import attrs
import numpy as np

MOST_ROUNDS = 5_000


@attrs.frozen(kw_only=True, eq=False)
class Groups:
    """One set of groups, with the weights of the rows.

    Attributes
    ----------
    codes
        Group of each row, from 0, shape (N,).
    weights
        Shape (N,); None when all count once.
    sizes
        Sum of the weights of each group.
    """

    codes: np.ndarray
    weights: np.ndarray | None
    sizes: np.ndarray

    @staticmethod
    def of(codes: np.ndarray, weights: np.ndarray | None) -> "Groups":
        """Weigh the groups."""
        return Groups(codes=codes, weights=weights, sizes=np.bincount(codes, weights=weights))

    def without_means(self, values: np.ndarray) -> np.ndarray:
        """Take the mean of its group off each row."""
        heavy = values if self.weights is None else values * self.weights
        means = np.bincount(self.codes, weights=heavy, minlength=self.sizes.size) / self.sizes
        return np.asarray(values - means[self.codes])


@attrs.frozen(kw_only=True, eq=False)
class Absorbed:
    """What is left of a column, the rounds that it took, and whether it came to rest."""

    left: np.ndarray
    rounds: int
    settled: bool


def absorb(values: np.ndarray, sets: Sequence[Groups], *, tolerance: float) -> Absorbed:
    """Take off what all sets of groups explain together.

    Parameters
    ----------
    values
        Shape (N,).
    sets
        The sets, one or more, each with a group for every row.
    tolerance
        Stop when a sweep moves less than this share of the size of the values.
    """
    if len(sets) == 1:
        return Absorbed(left=sets[0].without_means(values), rounds=1, settled=True)
    path = [*sets, *sets[-2::-1]]
    weights = sets[0].weights
    off = np.zeros_like(values)
    residual = values - _swept(values, path)
    direction, size = residual, _square(residual, weights)
    enough = tolerance**2 * _square(values, weights)
    rounds = 1
    while size > enough and rounds < MOST_ROUNDS:
        moved = direction - _swept(direction, path)
        step = size / _product(direction, moved, weights)
        off += step * direction
        residual = residual - step * moved
        last, size = size, _square(residual, weights)
        direction = residual + size / last * direction
        rounds += 1
    return Absorbed(left=_swept(values - off, path), rounds=rounds, settled=size <= enough)


def _swept(values: np.ndarray, path: Sequence[Groups]) -> np.ndarray:
    for groups in path:
        values = groups.without_means(values)
    return values


def _square(values: np.ndarray, weights: np.ndarray | None) -> float:
    return _product(values, values, weights)


def _product(a: np.ndarray, b: np.ndarray, weights: np.ndarray | None) -> float:
    """Sum without a library that splits sums over threads."""
    both = a * b if weights is None else a * b * weights
    return float(np.add.reduce(both))


def without_singles(sets: Sequence[np.ndarray]) -> np.ndarray:
    """Tell which rows stay when rows alone in a group fall out, again and again.

    Parameters
    ----------
    sets
        Group of each row, from 0, for each set.
    """
    kept = np.ones(sets[0].size, dtype=bool)
    while True:
        single = np.zeros(kept.size, dtype=bool)
        for codes in sets:
            single |= np.bincount(codes[kept], minlength=int(codes.max(initial=0)) + 1)[codes] == 1
        if not bool(np.any(single & kept)):
            return kept
        kept &= ~single


@attrs.frozen(kw_only=True, eq=False)
class KeptRows:
    """Rows that stay in memory.

    Attributes
    ----------
    left
        What is left of the columns in each row, shape (P, rows).
    weights
        Of the rows; None when all count once.
    group
        Place of the cluster of each row.
    sets
        The effects.
    tolerance
        When taking off came to rest.
    """

    left: np.ndarray
    weights: np.ndarray | None
    group: np.ndarray
    sets: tuple[Groups, ...]
    tolerance: float

    def heavy(self, values: np.ndarray) -> np.ndarray:
        """Give values times the weights of the rows."""
        return values if self.weights is None else values * self.weights

    def spread(self, values: np.ndarray, along: np.ndarray, clusters: int) -> np.ndarray:
        """Tell how the values of each cluster reach all clusters, once effects are taken off.

        Returns
        -------
        numpy.ndarray
            Sum over the rows of cluster g, times ``along``, of what is left of the values of
            cluster h alone; shape (g, h).
        """
        found = np.empty((clusters, clusters))
        heavy = self.heavy(along)
        for place in range(clusters):
            alone = np.where(self.group == place, values, 0.0)
            left = absorb(alone, self.sets, tolerance=self.tolerance).left
            found[:, place] = np.bincount(self.group, weights=heavy * left, minlength=clusters)
        return found
