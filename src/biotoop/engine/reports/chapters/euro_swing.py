"""On which inputs the net value turns: tornado, break-even, scenarios and weight of wellbeing."""

from collections.abc import Iterator

from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row
from biotoop.engine.reports.charts.euro_scale import euro_scale
from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import draw_rows
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import euro_cell, heading, paragraph, row, soft, table
from biotoop.engine.valuation.result import BreakEven, TornadoRow, ValuationResult, WelfareRow

MOST = 12


def swing_blocks(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Show what would change the answer."""
    pen = account.pen
    yield heading(pen.say("swing.heading"), anchor="swing")
    if found.tornado:
        yield paragraph(pen.say("swing.lead"))
        yield tornado(account, found)
        if len(found.tornado) > MOST:
            yield soft(pen.say("swing.more", more=len(found.tornado) - MOST))
    yield from _turning_points(account, found)
    yield from _other_choices(account, found)


def _turning_points(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Say at which value of one input the net value turns."""
    pen = account.pen
    turning = [item for item in found.break_even if item.value is not None]
    if turning:
        yield table(
            pen,
            "table-break-even",
            pen.say("swing.break_even"),
            ("input", "#now", "#turns_at", "#chance_beyond"),
            [_break_even(account, item) for item in turning],
        )
    if len(turning) < len(found.break_even):
        yield soft(pen.say("swing.never", inputs=len(found.break_even) - len(turning)))


def _other_choices(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Give the net value under another structure, and with wellbeing weighed in."""
    pen = account.pen
    if found.scenarios:
        yield table(
            pen,
            "table-scenarios",
            pen.say("swing.scenarios"),
            ("scenario", "#net", "#chance"),
            [
                row(
                    pen.text(item.label),
                    euro_cell(pen, item.net),
                    pen.chance(item.chance_positive.value),
                )
                for item in found.scenarios
            ],
        )
    if found.welfare:
        yield table(
            pen,
            "table-welfare",
            pen.say("swing.welfare"),
            ("factor", "#net", "#chance", "first_on_agenda"),
            [_welfare(account, item) for item in found.welfare],
            note=pen.say("swing.welfare_note"),
        )


def _welfare(account: Account, item: WelfareRow) -> Row:
    pen = account.pen
    return row(
        pen.say("swing.factor", factor=pen.number(item.factor, 2)),
        euro_cell(pen, item.net),
        pen.chance(item.chance_positive.value),
        item.first_on_agenda or "-",
    )


def tornado(account: Account, found: ValuationResult) -> Figure:
    """Draw the net value with one input low or high, the widest bar first."""
    pen, shown = account.pen, found.tornado[:MOST]
    rows = [_bar(account, item, found.net.mid) for item in shown]
    ends = (end for one in rows for end in (one.low or 0, one.high or 0))
    scale = euro_scale(pen, ends, found.price_year)
    wide, narrow = draw_rows([scale.row(one) for one in rows], scale.axis, pen.language)
    said = "; ".join(f"{one.label}: {one.shown}".replace("\n", " ") for one in rows)
    return Figure(
        id="figure-tornado",
        title=pen.say("swing.tornado"),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("swing.tornado_alt", rows=said, mid=pen.euros(found.net.mid)),
        note=pen.say("swing.tornado_note", mid=pen.euros(found.net.mid)),
        table=table(
            pen,
            "table-tornado",
            pen.say("swing.tornado_table"),
            ("input", "#at_p5", "#at_p95", "#net_at_p5", "#net_at_p95"),
            [_tornado_row(account, item) for item in shown],
        ),
    )


def _bar(account: Account, item: TornadoRow, mid: float) -> IntervalRow:
    return IntervalRow(
        label=plain_text(account.value_input(item.input)),
        shown=account.pen.plain(
            "swing.ends",
            low=account.pen.euros(item.net_at_p5),
            high=account.pen.euros(item.net_at_p95),
        ),
        low=item.net_at_p5,
        high=item.net_at_p95,
        filled_to=mid,
    )


def _tornado_row(account: Account, item: TornadoRow) -> Row:
    pen = account.pen
    return row(
        account.value_input(item.input),
        pen.number(item.at_p5),
        pen.number(item.at_p95),
        pen.euros(item.net_at_p5),
        pen.euros(item.net_at_p95),
    )


def _break_even(account: Account, item: BreakEven) -> Row:
    pen = account.pen
    return row(
        account.value_input(item.input),
        pen.number(item.now),
        pen.number(item.value),
        pen.chance(item.chance_beyond),
    )
