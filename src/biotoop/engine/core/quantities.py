"""Numbers as parameters of sentences that say how they want to be written."""

import math

import attrs


@attrs.frozen
class Euro:
    """An amount in euros; the price year stands beside it where it is shown.

    Attributes
    ----------
    amount
        Euros.
    """

    amount: float


_ROUNDED_FROM = 1000.0


def rounded_euros(amount: float) -> Euro:
    """Give an amount as every reader sees it: to the hundred from a thousand on, else whole.

    More digits would claim what the draws do not know; one rule, so that no two places of a
    report give the same amount differently.
    """
    return Euro(float(round(amount, -2 if abs(amount) >= _ROUNDED_FROM else 0)))


@attrs.frozen
class Fixed:
    """A number with a fixed count of decimals.

    Attributes
    ----------
    value
        The number.
    digits
        Decimals to write.
    """

    value: float
    digits: int


def in_step(*values: float) -> tuple[Fixed, ...]:
    """Give numbers that stand together the same decimals: two figures of their half width.

    So an estimate and its interval read alike: -0.28 (-0.58 to 0.02), 1,794 (475 to 3,113).
    """
    half = (max(values) - min(values)) / 2
    size = half if half > 0 else max(abs(value) for value in values)
    digits = 0 if size == 0 else min(max(1 - math.floor(math.log10(size)), 0), 6)
    return tuple(Fixed(value, digits) for value in values)
