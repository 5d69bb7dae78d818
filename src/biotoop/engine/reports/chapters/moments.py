"""How measures stood at each moment: what changed, not why."""

import datetime as dt
from collections.abc import Iterator

from biotoop.engine.recipes.findings import MeasureMoment, MeasureSummary
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row
from biotoop.engine.reports.chapters.two_groups import has_both_groups
from biotoop.engine.reports.charts.waves import WavePanel, WavePoint, draw_waves
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import estimate_cell, heading, paragraph, row, soft, table

_PANELS = 4


def moments_blocks(account: Account) -> Iterator[Block]:
    """Show how every measure stood at each moment, by date of observation."""
    pen = account.pen
    moved = [item for item in account.findings.measures if len(item.moments) > 1]
    if not moved:
        return
    yield heading(pen.say("moment.heading"), anchor="moments")
    yield paragraph(pen.say("moment.lead"))
    apart = {
        item.primary.outcome for item in account.findings.effects if has_both_groups(item.primary)
    }
    whole = [item for item in moved if item.id not in apart]
    if len(whole) < len(moved):
        yield paragraph(pen.say("moment.apart"))
    panels = [panel for item in whole if (panel := _panel(account, item)) is not None]
    yield from _moments_figures(account, panels)
    yield table(
        pen,
        "table-moments",
        pen.say("moment.caption"),
        ("measure", "moment", "#mean", "#sd", "#n", "#missing"),
        [_moment_row(account, item, one) for item in moved for one in _in_time(account, item)],
    )
    if len(panels) < len(whole):
        yield soft(pen.say("moment.no_date"))


def _moments_figures(account: Account, panels: list[WavePanel]) -> Iterator[Figure]:
    """Draw the panels, a few to a figure so that a page can hold it."""
    pen = account.pen
    parts = [panels[start : start + _PANELS] for start in range(0, len(panels), _PANELS)]
    for place, some in enumerate(parts, start=1):
        wide, narrow = draw_waves(some, pen.language)
        title = pen.say("moment.figure_part", part=place, parts=len(parts))
        yield Figure(
            id=f"figure-moments-{place}",
            title=title if len(parts) > 1 else pen.say("moment.figure"),
            wide=wide,
            narrow=narrow,
            alt=pen.plain("moment.alt", rows="; ".join(_panel_in_words(one) for one in some)),
            note=pen.say("moment.note"),
        )


def _wave(
    account: Account, measure: MeasureSummary, wave: str | None
) -> tuple[str, dt.date | None]:
    for data in account.findings.datasets:
        if data.id == measure.dataset:
            for count in data.waves:
                if count.wave == wave:
                    return plain_text(account.pen.text(count.label)), count.date
    return wave or "-", None


def _in_time(account: Account, measure: MeasureSummary) -> list[MeasureMoment]:
    """Put moments in the order of their dates; without a date they keep their place."""
    first = dt.date.min
    return sorted(measure.moments, key=lambda one: _wave(account, measure, one.wave)[1] or first)


def _panel(account: Account, measure: MeasureSummary) -> WavePanel | None:
    """Make the panel of a measure; None when a moment has no date to place it by."""
    pen = account.pen
    points = []
    for one in measure.moments:
        name, date = _wave(account, measure, one.wave)
        if date is None:
            return None
        mean = one.mean
        digits = max(shared_decimals(mean.value, mean.low, mean.high) - 1, 0)
        points.append(
            WavePoint(
                date=date,
                label=f"{name}\n{pen.month(date)}",
                shown=pen.number(mean.value, digits),
                value=mean.value,
                low=mean.low,
                high=mean.high,
            )
        )
    label, unit = plain_text(pen.text(measure.label)), plain_text(pen.text(measure.unit))
    title = label if unit.casefold() == label.casefold() else f"{label}, {unit}"
    return WavePanel(title=title, points=tuple(points))


def _panel_in_words(panel: WavePanel) -> str:
    said = ", ".join(f"{point.label.replace(chr(10), ' ')} {point.shown}" for point in panel.points)
    return f"{panel.title}: {said}"


def _moment_row(account: Account, measure: MeasureSummary, one: MeasureMoment) -> Row:
    pen, mean = account.pen, one.mean
    name, date = _wave(account, measure, one.wave)
    return row(
        pen.text(measure.label),
        name if date is None else f"{name}, {pen.date(date)}",
        estimate_cell(pen, mean),
        pen.number(one.sd),
        pen.count(mean.n),
        pen.count(mean.missing),
    )
