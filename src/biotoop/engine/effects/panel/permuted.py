"""What a regression would have found under other assignments of clusters, from the store.

Where all units of a cluster are reached in the same periods, being reached is a path over time:
a sum of indicators of periods. The products of another path with all other columns are then sums
of stored products, so that no row is read again, whatever is assigned to whom.
"""

from collections.abc import Iterator

import attrs
import numpy as np

from biotoop.engine.datasets.store import WithinProducts
from biotoop.engine.effects.arrays import Codes, Matrix, Vector
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.refusals import Refused

_PURE = 1e-9
_DIGITS = 8
_AT_ONCE = 256


@attrs.frozen(kw_only=True, eq=False)
class Paths:
    """How clusters were reached over time.

    Attributes
    ----------
    distinct
        The K paths: value in each period but the first, less that in the first, shape (K, T - 1).
    of_cluster
        Path of each cluster, shape (G,).
    """

    distinct: Matrix
    of_cluster: Codes


def paths_of(found: WithinProducts, term: str, cluster: str) -> Paths:
    """Find the path over time of each cluster.

    Raises
    ------
    Refused
        Units of one cluster were not reached in the same periods, or a cluster misses a period.
    """
    place, times = found.place(term), _times(found)
    rows = []
    for A in found.products:
        T, right = A[np.ix_(times, times)], A[times, place]
        if np.linalg.matrix_rank(T, hermitian=True) < len(times):
            raise Refused("panel.refused.path_unknown", cluster=cluster, term=term)
        path = np.linalg.solve(T, right)
        if A[place, place] - float(np.sum(path * right)) > _PURE * (A[place, place] + 1.0):
            raise Refused("panel.refused.not_whole", cluster=cluster, term=term)
        rows.append(np.round(path, _DIGITS) + 0.0)
    distinct, of_cluster = np.unique(np.array(rows), axis=0, return_inverse=True)
    return Paths(distinct=distinct, of_cluster=of_cluster.reshape(-1).astype(np.int64))


def _times(found: WithinProducts) -> list[int]:
    end = len(found.names) - len(found.outcomes)
    return list(range(end - len(found.periods) + 1, end))


@attrs.frozen(kw_only=True, eq=False)
class Assigned:
    """Estimates under assignments, as functions of the tested effect, linear in it throughout.

    With an effect ``e`` taken off the outcome, the estimate of draw ``b`` is
    ``top[0][b] - e * top[1][b]``, and its pull by cluster ``parts[0][b] - e * parts[1][b]``.
    """

    top: tuple[Vector, Vector]
    parts: tuple[Matrix, Matrix]

    def statistics(self, tested: float, *, studentised: bool) -> Vector:
        """Give the size of the statistic of each assignment when an effect is taken off."""
        size = np.abs(self.top[0] - tested * self.top[1])
        if not studentised:
            return np.asarray(size)
        spread = np.sqrt(np.sum((self.parts[0] - tested * self.parts[1]) ** 2, axis=1))
        found = np.full(len(size), np.inf)
        np.divide(size, spread, out=found, where=spread > 0.0)
        return found


def assigned(found: WithinProducts, fit: Solved, term: str, paths: Paths, draws: Codes) -> Assigned:
    """Estimate again under each assignment of paths to clusters.

    Parameters
    ----------
    found, fit
        The sums, and the regression that was solved from them.
    term
        What was assigned.
    paths
        The paths.
    draws
        Path of each cluster in each draw, shape (B, G).
    """
    blocks = _Blocks.of(found, fit, term, paths.distinct)
    pieces = [blocks.estimated(part) for part in _in_parts(draws)]
    tops, parts = zip(*pieces, strict=True)
    return Assigned(
        top=(np.concatenate([item[0] for item in tops]), np.concatenate([i[1] for i in tops])),
        parts=(np.concatenate([item[0] for item in parts]), np.concatenate([i[1] for i in parts])),
    )


def _in_parts(draws: Codes) -> Iterator[Codes]:
    for start in range(0, len(draws), _AT_ONCE):
        yield draws[start : start + _AT_ONCE]


@attrs.frozen(kw_only=True, eq=False)
class _Blocks:
    """Products of clusters: others with each other, with outcome and term, and with each path.

    ``own`` (G, K, K); ``right`` (2, G, K) for the outcome and the term as observed; ``across``
    (G, paths, K); ``square`` (G, paths); ``down`` (2, G, paths); ``bread`` (K, K).
    """

    own: Matrix
    right: Matrix
    across: Matrix
    square: Matrix
    down: Matrix
    bread: Matrix

    @staticmethod
    def of(found: WithinProducts, fit: Solved, term: str, distinct: Matrix) -> "_Blocks":
        A, times = found.products, _times(found)
        others = [found.place(name) for name in fit.names if name != term]
        targets = [found.place(found.outcomes[0]), found.place(term)]
        own = A[:, others][:, :, others]
        return _Blocks(
            own=own,
            right=np.array([A[:, others, place] for place in targets]),
            across=np.einsum("kt,gto->gko", distinct, A[:, times][:, :, others]),
            square=np.einsum("kt,gts,ks->gk", distinct, A[:, times][:, :, times], distinct),
            down=np.array([np.einsum("kt,gt->gk", distinct, A[:, times, p]) for p in targets]),
            bread=np.linalg.inv(own.sum(axis=0)),
        )

    def estimated(self, draws: Codes) -> tuple[tuple[Vector, Vector], tuple[Matrix, Matrix]]:
        """Give estimates and pulls by cluster, for the outcome and for the term as observed."""
        places = np.arange(draws.shape[1])
        across, square = self.across[places, draws], self.square[places, draws]
        v = np.sum(across, axis=1)
        w = np.einsum("bk,kl->bl", v, self.bread)
        left = np.sum(square, axis=1) - np.sum(v * w, axis=1)
        left = np.where(left > _PURE * np.sum(square, axis=1), left, np.nan)
        turned = np.einsum("bk,gkl->bgl", w, self.own)
        tops, parts = [], []
        for down, right in zip(self.down, self.right, strict=True):
            mine, total = down[places, draws], right.sum(axis=0)
            value = (np.sum(mine, axis=1) - np.einsum("bk,k->b", w, total)) / left
            other = np.einsum("kl,bl->bk", self.bread, total - v * value[:, None])
            score = mine - value[:, None] * square - np.einsum("bgk,bk->bg", across, other)
            score -= np.einsum("bk,gk->bg", w, right)
            score += value[:, None] * np.einsum("bgk,bk->bg", across, w)
            score += np.einsum("bgk,bk->bg", turned, other)
            tops.append(np.where(np.isnan(value), np.inf, value))
            parts.append(np.nan_to_num(score / left[:, None]))
        return (tops[0], tops[1]), (parts[0], parts[1])
