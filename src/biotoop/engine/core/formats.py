"""Numbers as readers write them: Dutch and English separators, true minus sign, euros."""

import math
from typing import Literal

MINUS = "\u2212"
NARROW = "\u00a0"
_SEPARATORS = {"nl": (".", ","), "en": (",", ".")}
_ENOUGH_FOR_ONE_DECIMAL = 100
_ENOUGH_FOR_TWO_DECIMALS = 10


def number(value: float, language: Literal["nl", "en"], digits: int | None = None) -> str:
    """Write a number for a reader.

    Parameters
    ----------
    value
        The number; a missing number (nan) is written as "-".
    language
        "nl" writes 1.234,5; "en" writes 1,234.5.
    digits
        Decimals; by default three significant figures at least, and none where they say nothing.
    """
    if math.isnan(value):
        return "-"
    if math.isinf(value):
        return "\u221e" if value > 0 else f"{MINUS}\u221e"
    places = _decimals(value) if digits is None else digits
    plain = f"{abs(value):,.{places}f}"
    if digits is None and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    sign = MINUS if value < 0 and plain.strip("0.,") else ""
    thousands, decimal = _SEPARATORS[language]
    return sign + plain.translate(str.maketrans(",.", thousands + decimal))


def _decimals(value: float) -> int:
    size = abs(value)
    if size == 0 or size >= _ENOUGH_FOR_ONE_DECIMAL or float(value).is_integer():
        return 0
    if size >= _ENOUGH_FOR_TWO_DECIMALS:
        return 1
    if size >= 1:
        return 2
    return min(2 - math.floor(math.log10(size)), 6)


def euros(value: float, language: Literal["nl", "en"], digits: int = 0) -> str:
    """Write an amount in euros with a space that does not break: "€ 1.234" or "€1,234"."""
    shown = number(abs(value), language, digits)
    sign = MINUS if value < 0 and shown.strip("0.,") else ""
    return f"{sign}€{NARROW}{shown}" if language == "nl" else f"{sign}€{shown}"


def percent(share: float, language: Literal["nl", "en"], digits: int = 0) -> str:
    """Write a share (0 to 1) as a percentage."""
    shown = number(100 * share, language, digits)
    return f"{shown}{NARROW}%" if language == "nl" else f"{shown}%"
