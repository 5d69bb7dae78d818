"""Numbers, bands, euros and dates, in the reader's language.

A number that is not there becomes words, never an empty place. A finding carries its band and n:
``{% band value low high n=n least=10 %}``; an amount its price year: ``{% euros 1200 2025 %}``.
"""

import datetime as dt
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from django import template
from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from biotoop.web.shared import bridge

register = template.Library()
Number = float | int | None
Writer = Callable[[float], str]
TOO_FEW = _("too few to say anything")
UNKNOWN = _("not known")


def language() -> Literal["nl", "en"]:
    """Tell in which of our two languages the reader reads."""
    return "en" if get_language() == "en" else "nl"


def is_missing(value: Number) -> bool:
    """Tell whether there is no number here."""
    return value is None or math.isnan(value)


@register.filter
def number(value: Number, digits: int | None = None) -> str:
    """Write a number: −2,1 or 1.234."""
    if value is None or is_missing(value):
        return str(UNKNOWN)
    return bridge.number(value, language(), digits)


@register.filter
def count(value: Number) -> str:
    """Write how many there are, with a mark at the thousands."""
    return number(value, 0)


@register.filter
def percent(share: Number, digits: int = 0) -> str:
    """Write a share (0 to 1) as a percentage; give the count of people beside it."""
    if share is None or is_missing(share):
        return str(UNKNOWN)
    return bridge.percent(share, language(), digits)


@register.simple_tag
def euros(value: Number, year: int | None, digits: int = 0) -> SafeString:
    """Write an amount with the year of its prices; an amount without that year says so."""
    if value is None or is_missing(value):
        return format_html("{}", UNKNOWN)
    return format_html('<span class="nowrap">{}</span> {}', amount(value, digits), prices(year))


@register.simple_tag
def euros_band(value: Number, low: Number, high: Number, year: int | None) -> SafeString:
    """Write an amount with its band and the year of its prices."""
    if value is None or is_missing(value):
        return format_html("{}", TOO_FEW)
    return format_html("{} {}", with_band(value, low, high, amount), prices(year))


def amount(value: float, digits: int = 0) -> str:
    """Write an amount of euros."""
    return bridge.euros(value, language(), digits)


def prices(year: int | None) -> SafeString:
    """Say of which year the prices are."""
    words = gettext("prices of %(year)s") % {"year": year} if year else gettext("no price year")
    return format_html('<small class="soft">({})</small>', words)


@register.simple_tag
def band(
    value: Number,
    low: Number = None,
    high: Number = None,
    *,
    n: int | None = None,
    least: int = 0,
    digits: int | None = None,
) -> SafeString:
    """Write a finding with its band: −2,1 (−2,6 tot −1,6); below ``least`` people, words."""
    if value is None or is_missing(value) or (n is not None and n < least):
        return format_html('<span class="soft">{}</span>', TOO_FEW)
    places = bridge.shared_decimals(value, low, high) if digits is None else digits
    return with_band(value, low, high, lambda each: bridge.number(each, language(), places))


def with_band(value: float, low: Number, high: Number, write: Writer) -> SafeString:
    """Put the ends of the band behind the number, each written in the same way."""
    if low is None or high is None or is_missing(low) or is_missing(high):
        unsure = gettext("no band")
        return format_html('<span class="band">{} <small>({})</small></span>', write(value), unsure)
    ends = gettext("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}
    return format_html('<span class="band">{} <small>({})</small></span>', write(value), ends)


@register.filter
def few(value: int | None, least: int = 10) -> str:
    """Write a count of people, or words when it is too small to show."""
    return str(TOO_FEW) if value is None or value < least else count(value)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write a date: 3 maart 2026."""
    if value is None:
        return str(UNKNOWN)
    date = localtime(value).date() if isinstance(value, dt.datetime) else value
    return day_in(date, get_language() or "")


@lru_cache(maxsize=4096)
def day_in(date: dt.date, _language: str) -> str:
    """Write a date in the language that is spoken now."""
    return date_format(date, "j F Y")


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """Write a moment in the zone of the reader; machines read it exactly."""
    if value is None:
        return format_html("{}", UNKNOWN)
    here = localtime(value)
    shape = "j F Y, H.i" if language() == "nl" else "j F Y, H:i"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(here, shape))


@register.simple_tag
def period(start: dt.date | None, end: dt.date | None) -> str:
    """Write from when until when; one side may be open."""
    if start and end:
        return f"{day(start)} – {day(end)}"
    if start:
        return gettext("from %(start)s") % {"start": day(start)}
    return gettext("until %(end)s") % {"end": day(end)} if end else str(UNKNOWN)


@register.filter
def page_numbers(paginator: Paginator[object], here: int) -> list[int | None]:
    """Give the numbers of the pages to show; None stands for the ones in between."""
    given = paginator.get_elided_page_range(here, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in given]
