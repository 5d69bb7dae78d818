"""Which day it is: that of the site, for everybody alike.

A role, a seat or an agreement ends on a day. Were that the day of whoever asks, it would end at
another moment for each of them, and what is kept for a day would pass from one zone to the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.utils.timezone import get_default_timezone, localdate  # noqa: TID251 - here it is

HELD: ContextVar[date | None] = ContextVar("day", default=None)


def site_day() -> date:
    """Give the day at the site, whatever zone the reader has."""
    return HELD.get() or localdate(timezone=get_default_timezone())


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Let it be this day, so that nothing in here sees midnight pass."""
    token = HELD.set(day)
    try:
        yield
    finally:
        HELD.reset(token)
