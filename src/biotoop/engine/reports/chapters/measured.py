"""In the methods: what each measure is, and what was found at each moment."""

from collections.abc import Iterator

from biotoop.engine.recipes.findings import MeasureSummary
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Row
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import (
    bullets,
    coefficient_cell,
    estimate_cell,
    heading,
    paragraph,
    row,
    table,
)


def measure_blocks(account: Account) -> Iterator[Block]:
    """Define every measure, and give its figures at each moment."""
    pen, measures = account.pen, account.findings.measures
    yield heading(pen.say("appendix.measures"), anchor="measures")
    if not measures:
        yield paragraph(pen.say("appendix.no_measures"))
        return
    yield table(
        pen,
        "table-measures",
        pen.say("appendix.measures_caption"),
        ("measure", "definition", "unit", "intended", "node"),
        [_measure_row(account, item) for item in measures],
    )
    yield table(
        pen,
        "table-measured",
        pen.say("appendix.measured"),
        ("measure", "moment", "#n", "#missing", "#mean", "#sd", "#alpha", "#omega"),
        [line for item in measures for line in _moment_rows(account, item)],
    )
    remarks = tuple(_remarks(account))
    if remarks:
        yield heading(pen.say("appendix.measured_remarks"), 4)
        yield bullets(remarks)


def _remarks(account: Account) -> Iterator[Prose]:
    """Give each remark on a measure once, with the moments at which it was made."""
    pen = account.pen
    for item in account.findings.measures:
        said: dict[Prose, list[str]] = {}
        for one in item.moments:
            for remark in one.remarks:
                when = account.moment(item.dataset, one.wave)
                said.setdefault(told(account, remark, item.dataset), []).append(when)
        for words, moments in said.items():
            name = pen.say(
                "appendix.remark_on_measure", measure=item.label, moments=pen.listing(moments)
            )
            yield glued(name, words)


def _measure_row(account: Account, item: MeasureSummary) -> Row:
    pen = account.pen
    name = pen.text(item.label)
    return row(
        name if item.instrument is None else glued(name, f"({item.instrument})"),
        pen.text(item.definition),
        pen.text(item.unit),
        pen.word(f"reports.intended.{item.intended.value}"),
        account.node(item.node),
    )


def _moment_rows(account: Account, item: MeasureSummary) -> Iterator[Row]:
    pen = account.pen
    for one in item.moments:
        yield row(
            pen.text(item.label),
            account.moment(item.dataset, one.wave),
            pen.count(one.mean.n),
            pen.count(one.mean.missing),
            estimate_cell(pen, one.mean),
            pen.number(one.sd),
            coefficient_cell(pen, one.alpha),
            coefficient_cell(pen, one.omega),
        )
