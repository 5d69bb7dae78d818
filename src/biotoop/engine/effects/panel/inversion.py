"""An interval from a test: the effects that the test does not reject."""

from collections.abc import Callable

import numpy as np

REJECTED = 0.05  # a test rejects at this p-value and under it
TIE = 1e-10  # statistics nearer to each other than this count as equal
_STEPS = 60
_FARTHEST = 40


def bound(share: Callable[[float], float], estimate: float, step: float, alpha: float) -> float:
    """Find the effect on one side of the estimate at which a test starts to reject.

    Parameters
    ----------
    share
        The p-value of each effect.
    estimate
        Where to start.
    step
        First step, below 0 for the lower bound.
    alpha
        The test rejects at this and under it.

    Returns
    -------
    float
        The last effect not rejected; infinite when none is rejected, however far away.
    """
    inside, reach = estimate, step
    for _ in range(_FARTHEST):
        if share(estimate + reach) <= alpha + TIE:
            break
        inside, reach = estimate + reach, 2 * reach
    else:
        return float(np.inf) if step > 0 else float(-np.inf)
    outside = estimate + reach
    for _ in range(_STEPS):
        middle = (inside + outside) / 2
        if share(middle) <= alpha + TIE:
            outside = middle
        else:
            inside = middle
        if abs(outside - inside) <= TIE * abs(step):
            break
    return inside
