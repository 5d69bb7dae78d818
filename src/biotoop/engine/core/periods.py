"""Periods of time by local date."""

import datetime as dt

import attrs

from biotoop.engine.core.errors import PeriodReversed
from biotoop.engine.core.schema import field


@attrs.frozen(kw_only=True)
class Period:
    """A span of days, both ends included.

    Raises
    ------
    PeriodReversed
        The period ends before it starts.
    """

    start: dt.date = field("First day, as YYYY-MM-DD.")
    end: dt.date = field("Last day, as YYYY-MM-DD.")

    def __attrs_post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            raise PeriodReversed(start=self.start.isoformat(), end=self.end.isoformat())
