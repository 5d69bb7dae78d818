"""The regression on one side of a comparison, which the covariates there must be able to carry."""

from collections.abc import Sequence

import numpy as np

from biotoop.engine.effects.arrays import Matrix
from biotoop.engine.effects.refusals import Refused

_ALIKE = 1e-12  # smallest eigenvalue of the products scaled to ones


def inverse_on_a_side(products: Matrix, names: Sequence[str]) -> Matrix:
    """Invert the products of the covariates of one side, of shape (k, k).

    Raises
    ------
    Refused
        On this side some covariate is the same for everybody, or follows from the others.
    """
    sizes = np.sqrt(np.diag(products))
    if bool(np.all(sizes > 0.0)):
        roots = np.linalg.eigvalsh(products / np.outer(sizes, sizes))
        if roots.min() > _ALIKE:
            return np.asarray(np.linalg.inv(products), dtype=np.float64)
    raise Refused("effects.refused.alike_on_a_side", covariates=tuple(names))
