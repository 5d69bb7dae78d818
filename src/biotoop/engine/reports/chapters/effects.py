"""Chapter 3: what was estimated, over all plans, and how measures stood at each moment."""

import datetime as dt
from collections.abc import Iterator

from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.recipes.findings import MeasureMoment, MeasureSummary
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row, Table
from biotoop.engine.reports.chapters.effect_plan import no_number, plan_blocks
from biotoop.engine.reports.charts.rows import Axis, IntervalRow, draw_rows
from biotoop.engine.reports.charts.waves import WavePanel, WavePoint, draw_waves
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Tone
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import estimate_cell, heading, info, paragraph, row, soft, table


def effects_chapter(account: Account) -> Chapter:
    """Show every plan, all together and one by one."""
    pen, effects = account.pen, account.findings.effects
    blocks: list[Block] = []
    if not effects:
        blocks.append(paragraph(pen.say("effect.none"), Tone.LEAD))
    else:
        blocks += [paragraph(pen.say("effect.lead"), Tone.LEAD), forest(account)]
        if any(item.primary.design is Design.PRE_POST for item in effects):
            blocks.append(info(pen.say("effect.changed_is_no_effect")))
        for item in effects:
            blocks += plan_blocks(account, item)
    blocks += moments_blocks(account)
    return Chapter(
        number=3,
        anchor="effects",
        title=pen.word("reports.chapter.effects"),
        blocks=tuple(blocks),
    )


def forest(account: Account) -> Figure:
    """Draw the standardised effect of every plan and subgroup on one scale."""
    pen = account.pen
    shown = [
        finding for item in account.findings.effects for finding in (item.primary, *item.subgroups)
    ]
    rows = [_forest_row(account, finding) for finding in shown]
    wide, narrow = draw_rows(
        rows,
        Axis(
            title=pen.word("reports.effect.standardised_axis"),
            left=pen.word("reports.effect.against_intention"),
            right=pen.word("reports.effect.as_intended"),
        ),
        pen.language,
    )
    return Figure(
        id="figure-forest",
        title=pen.say("effect.forest"),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("effect.forest_alt", rows=_in_words(rows)),
        note=pen.say("effect.forest_note"),
        table=_forest_table(account, shown),
    )


def _in_words(rows: list[IntervalRow]) -> str:
    return "; ".join(f"{row.label}: {row.shown}" for row in rows)


def finding_name(account: Account, finding: EffectFinding) -> str:
    """Name an analysis: by its measure, with the group where it is limited to one."""
    name = plain_text(account.measure_name(finding.outcome))
    if finding.subgroup is not None:
        return f"{name}; {account.group(finding.dataset, finding.subgroup)}"
    return name


def _forest_row(account: Account, finding: EffectFinding) -> IntervalRow:
    pen, found = account.pen, finding.standardised
    label = finding_name(account, finding)
    if found is None:
        return IntervalRow(label=label, shown=plain_text(no_number(account, finding)))
    return IntervalRow(
        label=label,
        shown=pen.band(found.value, found.low, found.high),
        value=found.value,
        low=found.low,
        high=found.high,
        strong=finding.subgroup is None,
    )


def _forest_table(account: Account, shown: list[EffectFinding]) -> Table:
    pen = account.pen
    return table(
        pen,
        "table-forest",
        pen.say("effect.forest_table"),
        ("analysis", "#standardised", "#in_unit", "unit", "#n", "#level", "registration"),
        [_forest_cells(account, finding) for finding in shown],
    )


def _forest_cells(account: Account, finding: EffectFinding) -> Row:
    pen, found = account.pen, finding.standardised
    estimate = finding.estimate
    return row(
        finding_name(account, finding),
        no_number(account, finding) if found is None else estimate_cell(pen, found),
        estimate_cell(pen, estimate),
        account.unit(finding),
        "-" if estimate is None else pen.count(estimate.n),
        str(finding.level),
        pen.word(f"recipes.registration.{finding.registration.value}"),
    )


def moments_blocks(account: Account) -> Iterator[Block]:
    """Show how every measure stood at each moment, by date of observation."""
    pen = account.pen
    moved = [item for item in account.findings.measures if len(item.moments) > 1]
    if not moved:
        return
    yield heading(pen.say("moment.heading"), anchor="moments")
    yield paragraph(pen.say("moment.lead"))
    panels = [panel for item in moved if (panel := _panel(account, item)) is not None]
    if panels:
        wide, narrow = draw_waves(panels, pen.language)
        yield Figure(
            id="figure-moments",
            title=pen.say("moment.figure"),
            wide=wide,
            narrow=narrow,
            alt=pen.plain("moment.alt", rows="; ".join(_panel_in_words(one) for one in panels)),
            note=pen.say("moment.note"),
        )
    yield table(
        pen,
        "table-moments",
        pen.say("moment.caption"),
        ("measure", "moment", "#mean", "#sd", "#n", "#missing"),
        [_moment_row(account, item, one) for item in moved for one in _in_time(account, item)],
    )
    if len(panels) < len(moved):
        yield soft(pen.say("moment.no_date"))


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
        digits = shared_decimals(mean.value, mean.low, mean.high)
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
