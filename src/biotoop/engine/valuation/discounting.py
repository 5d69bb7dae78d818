"""Discounting by a named convention, and prices of one year brought to another."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import attrs
import numpy as np

from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.model import Discounting, IndexSeries, Timing
from biotoop.engine.valuation.quantile_fit import FloatArray

OWN = "own"
_SHIFT = {Timing.START_OF_YEAR: 1.0, Timing.MID_YEAR: 0.5, Timing.END_OF_YEAR: 0.0}


@attrs.frozen(kw_only=True)
class Convention:
    """A published rate: share per year, since when, by whose word."""

    rate: float
    since: dt.date
    source: str


@attrs.frozen(kw_only=True)
class Rates:
    """The rates that are used, as shares per year, with their timing and provenance."""

    items: float
    costs: float
    timing: Timing
    source: Text
    since: dt.date


@cache
def conventions() -> Mapping[str, Convention]:
    """Give the known discounting conventions by name."""
    file = resources.files("biotoop.engine.valuation") / "conventions.toml"
    return {name: Convention(**part) for name, part in tomllib.loads(file.read_text()).items()}


def rates_of(given: Discounting) -> Rates:
    """Give the rates of a discounting section that has passed the checks."""
    known = conventions().get(given.convention)
    if known is not None:
        rate, source, since = known.rate, Text.of(known.source), known.since
    else:
        rate = given.rate or 0.0
        source, since = given.source or Text(), given.date or dt.date.min
    return Rates(
        items=rate if given.effect_rate is None else given.effect_rate,
        costs=rate if given.cost_rate is None else given.cost_rate,
        timing=given.timing,
        source=source,
        since=since,
    )


def discount_factors(rate: float, timing: Timing, first: int, years: int) -> FloatArray:
    """Give the factor of each year from year ``first`` (1 is the base year) on.

    Year k counts (1 + rate)^-(k - 1) with money at the start of the year, ^-(k - 1/2) in the
    middle, ^-k at the end. At the start, the base year itself is not discounted.
    """
    k = np.arange(first, first + years, dtype=np.float64)
    return np.power(1 + rate, _SHIFT[timing] - k)


def index_factor(series: IndexSeries | None, price_year: int, to_year: int) -> float:
    """Give the factor from prices of one year to another; 1 within the same year.

    Raises
    ------
    KeyError
        The series lacks one of the years; the checks tell this to the user beforehand.
    """
    if price_year == to_year or series is None:
        return 1.0
    return series.values[str(to_year)] / series.values[str(price_year)]
