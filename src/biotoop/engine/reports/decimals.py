"""How many decimals a number may carry: as many as its uncertainty bears."""

import math

_MOST = 6


def shared_decimals(value: float, low: float | None = None, high: float | None = None) -> int:
    """Choose one number of decimals for a value and both ends of its interval.

    Parameters
    ----------
    value, low, high
        The number and its interval; without an interval the size of the number decides.

    Returns
    -------
    int
        Decimals such that half the width of the interval keeps two significant figures, or the
        number itself three when there is no interval; 0 to 6.
    """
    if low is not None and high is not None and math.isfinite(high - low) and high > low:
        return _decimals(abs(high - low) / 2, figures=2)
    return 0 if float(value).is_integer() else _decimals(abs(value), figures=3)


def _decimals(size: float, figures: int) -> int:
    if not math.isfinite(size) or size == 0:
        return 0
    return min(max(figures - 1 - math.floor(math.log10(size)), 0), _MOST)
