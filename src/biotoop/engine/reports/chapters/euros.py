"""Chapter 4: what it costs, who pays, who benefits, and how sure that is."""

from collections.abc import Iterator

from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row, Table, Tile, Tiles
from biotoop.engine.reports.chapters.euro_sources import source_blocks
from biotoop.engine.reports.chapters.euro_swing import swing_blocks
from biotoop.engine.reports.charts.euro_scale import euro_scale
from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import draw_rows
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Prose, Tone
from biotoop.engine.reports.naming import all_in_full
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import (
    caution,
    cautions,
    cell,
    euro_cell,
    heading,
    paragraph,
    row,
    soft,
    table,
    with_columns,
)
from biotoop.engine.valuation.model import SOCIETY
from biotoop.engine.valuation.result import PartyRow, Ratio, ValuationResult


def euros_chapter(account: Account) -> Chapter:
    """Write the chapter on euros; a study without says so in a sentence."""
    pen, found = account.pen, account.findings.valuation
    if found is None:
        blocks: tuple[Block, ...] = (paragraph(pen.say("euro.none"), Tone.LEAD),)
    else:
        blocks = (
            *_first(account, found),
            *payer_blocks(account, found),
            *matrix_blocks(account, found),
            *swing_blocks(account, found),
            *source_blocks(account, found),
        )
    return Chapter(number=4, anchor="euros", title=pen.word("reports.chapter.euros"), blocks=blocks)


def _first(account: Account, found: ValuationResult) -> Iterator[Block]:
    pen = account.pen
    yield paragraph(
        pen.say(
            "euro.lead",
            party=account.party(found.perspective),
            year=str(found.price_year),
            base=str(found.base_year),
        ),
        Tone.LEAD,
    )
    if found.illustrative or found.invented:
        yield caution(pen.say("euro.invented" if found.invented else "euro.illustrative"))
    yield from cautions(pen, "euro.changed", all_in_full(account, found.deviations))
    yield from cautions(pen, "know_first", all_in_full(account, found.warnings))
    yield from cautions(pen, "euro.double", found.double_counts)
    yield tiles(account, found)
    yield soft(pen.say("euro.mean_and_mid", mid=pen.euros(found.net.mid)))
    shown = [ratio for ratio in found.ratios if ratio.shown and ratio.kind is found.ratio]
    for ratio in shown:
        yield paragraph(_ratio(account, ratio))
    if not found.complete:
        yield paragraph(pen.say("euro.no_ratio"))


def tiles(account: Account, found: ValuationResult) -> Tiles:
    """Give net value, benefits and costs with their bands, and the chance of a gain."""
    pen = account.pen
    made = [
        Tile(
            label=pen.say(f"euro.{name}"),
            value=pen.euros(found.headline_value if name == "net" else band.mean),
            band=pen.euro_interval(band.p5, band.p95),
            note=pen.say(f"euro.headline_{found.headline.value if name == 'net' else 'mean'}"),
            gain=name == "net" and band.p5 > 0,
        )
        for name, band in (
            ("net", found.net),
            ("benefits", found.benefits),
            ("costs", found.costs),
        )
    ]
    if found.chance_positive is not None:
        made.append(
            Tile(
                label=pen.say("euro.chance"),
                value=pen.chance(found.chance_positive.value),
                band=pen.plain(
                    "euro.chance_error", error=pen.percent(found.chance_positive.error, 1)
                ),
                note=pen.say("euro.chance_note"),
            )
        )
    return Tiles(items=tuple(made))


def _ratio(account: Account, ratio: Ratio) -> Prose:
    pen = account.pen
    return pen.say(
        "euro.ratio",
        name=pen.word(f"reports.ratio.{ratio.kind.value}"),
        band=f"{pen.number(ratio.of_means, 2)} "
        f"({pen.interval_of(pen.number(ratio.p5, 2), pen.number(ratio.p95, 2))})",
        definition=ratio.definition,
    )


def payer_blocks(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Give the net value for each payer, as bands and as a table."""
    pen = account.pen
    yield heading(pen.say("euro.payers"), anchor="payers")
    rows = [_payer_row(account, party, found) for party in found.parties]
    scale = euro_scale(
        pen, (end for one in rows for end in (one.low or 0, one.high or 0)), found.price_year
    )
    wide, narrow = draw_rows([scale.row(one) for one in rows], scale.axis, pen.language)
    said = "; ".join(f"{one.label}: {one.shown}".replace("\n", " ") for one in rows)
    yield Figure(
        id="figure-payers",
        title=pen.say("euro.payers_figure"),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("euro.payers_alt", rows=said),
        note=pen.say("euro.payers_note"),
    )
    yield table(
        pen,
        "table-payers",
        pen.say("euro.payers_caption", year=str(found.price_year)),
        ("party", "#benefits", "#costs", "#net", "#chance", "#cash"),
        [_party_cells(account, party) for party in found.parties],
        note=pen.say("euro.payers_table_note"),
    )


def _payer_row(account: Account, party: PartyRow, found: ValuationResult) -> IntervalRow:
    pen, net = account.pen, party.net
    band = pen.euro_interval(net.p5, net.p95)
    return IntervalRow(
        label=plain_text(account.party(party.party)),
        shown=pen.euros(net.mean) if net.p5 == net.p95 else f"{pen.euros(net.mean)}\n({band})",
        value=net.mean,
        low=net.p5,
        high=net.p95,
        tick=net.mid,
        strong=party.party == found.perspective,
    )


def _party_cells(account: Account, party: PartyRow) -> Row:
    pen = account.pen
    return row(
        account.party(party.party),
        euro_cell(pen, party.benefits),
        euro_cell(pen, party.costs),
        euro_cell(pen, party.net),
        pen.chance(None if party.chance_positive is None else party.chance_positive.value),
        euro_cell(pen, party.cash_net),
        strong=party.party == SOCIETY,
    )


def matrix_blocks(account: Account, found: ValuationResult) -> Iterator[Block]:
    """Show who pays and who benefits, and for whose life it is worth something."""
    pen = account.pen
    yield heading(pen.say("euro.who"), anchor="who-pays")
    if found.matrix:
        yield _matrix(account, found)
    if found.wrong_pocket is not None:
        yield paragraph(pen.say("euro.wrong_pocket", share=pen.percent(found.wrong_pocket)))
    if found.beneficiaries:
        yield table(
            pen,
            "table-beneficiaries",
            pen.say("euro.beneficiaries"),
            ("party", "#worth"),
            [row(pen.text(item.label), euro_cell(pen, item.value)) for item in found.beneficiaries],
        )


def _matrix(account: Account, found: ValuationResult) -> Table:
    """Lay payers against receivers; the columns are parties, so their names are not codes."""
    pen = account.pen
    payers = list(dict.fromkeys(item.payer for item in found.matrix))
    receivers = list(dict.fromkeys(item.receiver for item in found.matrix))
    amounts = {(item.payer, item.receiver): item.amount for item in found.matrix}
    made = table(
        pen,
        "table-matrix",
        pen.say("euro.matrix"),
        ("pays_receives",),
        [
            row(
                account.party(payer),
                *(cell(_amount(account, amounts.get((payer, receiver)))) for receiver in receivers),
            )
            for payer in payers
        ],
        note=pen.say("euro.matrix_note"),
    )
    return with_columns(made, [plain_text(account.party(code)) for code in receivers])


def _amount(account: Account, amount: float | None) -> str:
    return "-" if not amount else account.pen.euros(amount)
