"""What was measured on one node, at each moment, with the effect of the plans that end there."""

from collections.abc import Iterator

from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.recipes.findings import MeasureSummary
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Row
from biotoop.engine.reports.chapters.effects import finding_names
from biotoop.engine.reports.setting import estimate_cell, heading, row, table


def measured_on(account: Account, node: str) -> Iterator[Block]:
    """Give the measures of a node with their moments, and the effects found on it."""
    measures = [item for item in account.findings.measures if item.node == node]
    if measures:
        pen = account.pen
        yield heading(pen.say("moment.heading"))
        yield table(
            pen,
            "table-moments",
            pen.say("moment.caption"),
            ("measure", "moment", "#mean", "#n", "#missing"),
            [line for item in measures for line in moments_of(account, item)],
        )
    yield from effects_on(account, node)


def moments_of(account: Account, measure: MeasureSummary) -> Iterator[Row]:
    """Write how a measure stood at each moment."""
    pen = account.pen
    names = {
        count.wave: count.label.get(pen.language)
        for data in account.findings.datasets
        if data.id == measure.dataset
        for count in data.waves
    }
    for one in measure.moments:
        name = names.get(one.wave or "", one.wave or "-")
        n, missing = pen.count(one.mean.n), pen.count(one.mean.missing)
        yield row(pen.text(measure.label), name, estimate_cell(pen, one.mean), n, missing)


def effects_on(account: Account, node: str) -> Iterator[Block]:
    """Write the effects of the plans that end at this node, each with its interval, n and level."""
    pen = account.pen
    shown = [item.primary for item in account.findings.effects if item.primary.to == node]
    if not shown:
        return
    yield table(
        pen,
        "table-effects",
        pen.say("effect.forest_table"),
        ("analysis", "#standardised", "#in_unit", "unit", "#n", "#level", "registration"),
        [effect_row(account, finding, name) for finding, name in finding_names(account, shown)],
    )


def effect_row(account: Account, finding: EffectFinding, name: str) -> Row:
    """Write one effect; without a number it says why."""
    pen, found, estimate = account.pen, finding.standardised, finding.estimate
    return row(
        name,
        pen.say("effect.no_number") if found is None else estimate_cell(pen, found),
        estimate_cell(pen, estimate),
        account.unit(finding),
        "-" if estimate is None else pen.count(estimate.n),
        str(finding.level),
        pen.word(f"recipes.registration.{finding.registration.value}"),
    )
