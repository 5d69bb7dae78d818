"""Chapter 5: what to find out next, and what that is worth."""

from collections.abc import Iterator

from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row
from biotoop.engine.reports.charts.euro_scale import euro_scale
from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import draw_rows
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Tone
from biotoop.engine.reports.naming import all_in_full
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import (
    cautions,
    facts,
    heading,
    paragraph,
    row,
    soft,
    table,
)
from biotoop.engine.valuation.voi_result import AgendaRow, ValueOfInformation, VoiRow

MOST = 10


def information_chapter(account: Account) -> Chapter:
    """Write the learning agenda and the value of information behind it."""
    pen, found = account.pen, account.findings.valuation
    blocks: list[Block] = []
    if found is None:
        blocks.append(paragraph(pen.say("voi.no_valuation"), Tone.LEAD))
    else:
        blocks.append(paragraph(pen.say("voi.lead"), Tone.LEAD))
        if found.agenda:
            blocks.append(_agenda(account, found.agenda))
        if found.information is None:
            blocks.append(paragraph(pen.say("voi.no_decision")))
        else:
            blocks += information_blocks(account, found.information, found.price_year)
    return Chapter(
        number=5, anchor="next", title=pen.word("reports.chapter.next"), blocks=tuple(blocks)
    )


def _agenda(account: Account, agenda: tuple[AgendaRow, ...]) -> Block:
    pen = account.pen
    return table(
        pen,
        "table-agenda",
        pen.say("voi.agenda"),
        ("#rank_number", "step", "reason", "#euros_on_it", "#routes", "estimated"),
        [_agenda_row(account, item) for item in agenda],
        note=pen.say("voi.agenda_note"),
    )


def _agenda_row(account: Account, item: AgendaRow) -> Row:
    pen = account.pen
    return row(
        str(item.rank),
        account.step_in_short(item.link),
        pen.note(item.reason),
        pen.euros(item.euros),
        pen.count(item.routes),
        pen.word("reports.yes" if item.estimated else "reports.no"),
    )


def information_blocks(
    account: Account, found: ValueOfInformation, price_year: int
) -> Iterator[Block]:
    """Show the decision, what all knowledge is worth, and what each step adds."""
    pen = account.pen
    yield heading(pen.say("voi.decision"), anchor="decision")
    best = next((option.label for option in found.options if option.id == found.best), None)
    yield facts(
        pen,
        ("decision", pen.text(found.question)),
        ("whose_euros", account.party(found.payer)),
        ("best_now", None if best is None else pen.text(best)),
        ("people", pen.number(found.people)),
        (
            "evpi",
            pen.say(
                "voi.everything",
                worth=pen.give_or_take(
                    found.everything.population, found.everything.population_error
                ),
            ),
        ),
    )
    yield from cautions(pen, "know_first", all_in_full(account, found.warnings))
    yield table(
        pen,
        "table-options",
        pen.say("voi.options"),
        ("option", "#net", "#chance_best"),
        [
            row(
                pen.text(item.label),
                pen.give_or_take(item.net, item.net_error),
                pen.chance(item.chance_best),
                strong=item.id == found.best,
            )
            for item in found.options
        ],
    )
    if found.links:
        yield heading(pen.say("voi.steps"), anchor="worth-of-steps")
        yield _worth_figure(account, found, price_year)
    if found.interactions:
        yield soft(pen.say("voi.interactions", steps=pen.listing(found.interactions)))
    yield soft(pen.note(found.method))


def _worth_figure(account: Account, found: ValueOfInformation, price_year: int) -> Figure:
    pen, shown = account.pen, found.links[:MOST]
    rows = [_worth_row(account, item) for item in shown]
    ends = (end for one in rows for end in (one.low or 0, one.high or 0))
    scale = euro_scale(pen, ends, price_year)
    wide, narrow = draw_rows([scale.row(one) for one in rows], scale.axis, pen.language)
    said = "; ".join(f"{one.label}: {one.shown}" for one in rows)
    return Figure(
        id="figure-worth",
        title=pen.say("voi.figure"),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("voi.figure_alt", rows=said),
        note=pen.say("voi.figure_note"),
        table=table(
            pen,
            "table-worth",
            pen.say("voi.caption"),
            ("what", "#worth", "#error", "#study_cost", "#left"),
            [_voi_row(account, item) for item in (*found.links, *found.inputs, found.everything)],
        ),
    )


def _name(account: Account, item: VoiRow) -> str:
    if item.name == "all":
        return account.pen.word("reports.voi.all")
    if account.link(item.name) is not None:
        return plain_text(account.step_in_short(item.name))
    return plain_text(account.value_input(item.name))


def _worth_row(account: Account, item: VoiRow) -> IntervalRow:
    worth, error = item.population, item.population_error
    return IntervalRow(
        label=_name(account, item),
        shown=account.pen.give_or_take(worth, error)
        if rounded_euros(worth).amount
        else account.pen.word("reports.voi.nothing"),
        value=worth,
        low=max(worth - 2 * error, 0.0),
        high=worth + 2 * error,
    )


def _voi_row(account: Account, item: VoiRow) -> Row:
    pen = account.pen
    return row(
        _name(account, item),
        pen.euros(item.population),
        pen.euros(item.population_error),
        pen.euros(item.study_cost),
        pen.euros(item.net),
    )
