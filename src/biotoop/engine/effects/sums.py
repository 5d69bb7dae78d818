"""Sums over cells whose last bits do not depend on the number of threads.

The linear algebra libraries split long sums over threads, so that their rounding follows the
machine's load. Here every sum over cells is a pairwise sum in one thread; only matrices of the
size of the covariates go to the library.
"""

import numpy as np

from biotoop.engine.effects.arrays import Matrix, Vector


def by_columns(X: Matrix) -> Matrix:
    """Lay a tall matrix out by columns, as all sums here read it."""
    return np.asfortranarray(X, dtype=np.float64)


def dot(a: Vector, b: Vector) -> float:
    """Give the sum of a times b, both of shape (c,)."""
    return float(np.add.reduce(a * b))


def apply(X: Matrix, b: Vector) -> Vector:
    """Give X b for a tall X of shape (c, k)."""
    total = np.zeros(X.shape[0])
    for place in range(X.shape[1]):
        total += X[:, place] * b[place]
    return total


def cross(X: Matrix, v: Vector) -> Vector:
    """Give X'v for a tall X of shape (c, k)."""
    return np.array([np.add.reduce(X[:, place] * v) for place in range(X.shape[1])])


def gram(X: Matrix, w: Vector) -> Matrix:
    """Give X' diag(w) X for a tall X of shape (c, k)."""
    k = X.shape[1]
    columns = [X[:, place] for place in range(k)]
    product = np.empty((k, k))
    for i in range(k):
        weighted = w * columns[i]
        for j in range(i + 1):
            product[i, j] = product[j, i] = np.add.reduce(weighted * columns[j])
    return product


def forms(X: Matrix, M: Matrix) -> Vector:
    """Give x' M x for every row x of a tall X of shape (c, k)."""
    total = np.zeros(X.shape[0])
    for place in range(X.shape[1]):
        total += X[:, place] * apply(X, M[:, place])
    return total
