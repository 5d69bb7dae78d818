"""Figures beside rounded counts, rounded too: else they give the exact number of people away.

A mean of whole answers times the number of people is a whole number, and of the few numbers that a
rounded count leaves open only one fits a mean in full. An interval over a spread tells a number of
people as well. So means, estimates and bounds are rounded to a unit of at least a third of their
standard error, and at least the part of it that the base is of half the people; the unit is 1, 2 or
5 times a power of ten. Then every number of people that rounds to what is shown fits: where ten or
more people differ from the usual answer by one step or more, the unit times n is at least a step,
and twice the error of n by an interval is at least the base. Errors are left out.
"""

import math

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, Param
from biotoop.engine.effects.diagnostics import BalanceRow, Group

_UNITS = (1.0, 2.0, 5.0, 10.0)
_DIGITS = 2


def unit_of(se: float, n: int, base: int) -> float:
    """Give the unit to which a figure with this standard error is rounded."""
    least = se * max(1.0 / 3.0, 2.0 * base / max(n, 1))
    if not math.isfinite(least) or least <= 0:
        return math.nan
    power = 10.0 ** math.floor(math.log10(least))
    return next(part * power for part in _UNITS if part * power >= least * (1 - 1e-12))


def to_unit(value: float, unit: float) -> float:
    """Round a figure to a unit; without one it is not shown."""
    if math.isnan(unit) or not math.isfinite(value):
        return math.nan
    return float(f"{round(value / unit) * unit:.12g}")


def rounded_estimate(found: Estimate, base: int) -> Estimate:
    """Round an estimate and its bounds, and leave out what tells its number of people."""
    unit = math.nan if found.se is None else unit_of(found.se, found.n, base)

    def bound(value: float | None) -> float | None:
        return None if value is None or math.isnan(unit) else to_unit(value, unit)

    return attrs.evolve(
        found,
        value=to_unit(found.value, unit),
        se=None,
        low=bound(found.low),
        high=bound(found.high),
        df=None,
        interval=None,
        method=in_short(found.method),
        assumptions=tuple(in_short(item) for item in found.assumptions),
        warnings=tuple(in_short(item) for item in found.warnings),
    )


def rounded_group(group: Group, base: int) -> Group:
    """Round the raw mean and spread of a side."""
    unit = unit_of(group.sd / math.sqrt(max(group.n, 1)), group.n, base)
    before, left = group.mean_before, group.effective_n
    return attrs.evolve(
        group,
        mean=to_unit(group.mean, unit),
        sd=to_unit(group.sd, unit),
        mean_before=None if before is None else to_unit(before, unit),
        effective_n=None if left is None else float(base * round(left / base)),
    )


def rounded_spread(sd: float, n: int, base: int) -> float:
    """Round a standard deviation as the mean beside it."""
    return to_unit(sd, unit_of(sd / math.sqrt(max(n, 1)), n, base))


def rounded_row(row: BalanceRow, n: int, base: int) -> BalanceRow:
    """Round the means of a characteristic; its spread follows from its differences."""
    apart = row.treated_mean - row.comparison_mean
    sd = abs(apart / row.difference) if row.difference else math.nan
    unit = unit_of(sd / math.sqrt(max(n, 1)), n, base)

    def mean(value: float | None) -> float | None:
        return None if value is None else to_unit(value, unit)

    return attrs.evolve(
        row,
        treated_mean=to_unit(row.treated_mean, unit),
        comparison_mean=to_unit(row.comparison_mean, unit),
        adjusted_treated_mean=mean(row.adjusted_treated_mean),
        adjusted_comparison_mean=mean(row.adjusted_comparison_mean),
    )


def in_short(said: Note) -> Note:
    """Give a sentence with its figures to two decimals: in full they tell counts."""
    return Note(code=said.code, params={name: _short(value) for name, value in said.params.items()})


def _short(value: Param) -> Param:
    if isinstance(value, Note):
        return in_short(value)
    if isinstance(value, float) and math.isfinite(value):
        return round(value, _DIGITS)
    return value
