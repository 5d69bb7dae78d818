"""What was checked before a difference may be read as an effect."""

from collections.abc import Iterator

from biotoop.engine.effects.diagnostics import BalanceRow, Verdict, WeightsDiagnostics
from biotoop.engine.effects.result import EffectFinding, PlaceboFinding
from biotoop.engine.recipes.rounded_shown import in_short
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Cell, Fold, Row
from biotoop.engine.reports.inline import Mark
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import (
    bullets,
    cell,
    estimate_cell,
    facts,
    heading,
    row,
    table,
)

_MARKS = {
    Verdict.HELD: Mark.HELD,
    Verdict.DOUBTFUL: Mark.DOUBT,
    Verdict.FAILED: Mark.FAILED,
    Verdict.CANNOT_KNOW: Mark.NONE,
}


def check_blocks(account: Account, finding: EffectFinding) -> Iterator[Block]:
    """Show the checks in words, the placebos, and the balance between the groups."""
    pen = account.pen
    if finding.checks or finding.placebos or finding.balance:
        yield heading(pen.say("check.heading"), 4)
    if finding.checks:
        yield table(
            pen,
            f"table-checks-{finding.plan}",
            pen.say("check.caption"),
            ("check", "verdict", "found_what"),
            [
                row(
                    pen.word(f"effects.check_name.{item.name.value}"),
                    _verdict(account, item.verdict),
                    told(account, item.found, finding.dataset),
                )
                for item in finding.checks
            ],
        )
    if finding.placebos:
        yield table(
            pen,
            f"table-placebo-{finding.plan}",
            pen.say("check.placebo_caption"),
            ("placebo", "#in_unit", "verdict", "found_what"),
            [_placebo_row(account, finding, item) for item in finding.placebos],
            note=pen.say("check.placebo_note"),
        )
    if finding.balance:
        yield table(
            pen,
            f"table-balance-{finding.plan}",
            pen.say("check.balance_caption"),
            ("covariate", "#treated", "#comparison", "#difference", "#adjusted", "verdict"),
            [_balance_row(account, finding, item) for item in finding.balance],
            note=pen.say("check.balance_note"),
        )
    if finding.weights is not None:
        yield _weights(account, finding.weights)
    shown = [item.found for item in finding.checks]
    assumed = () if finding.estimate is None else finding.estimate.assumptions
    more = [told(account, item, finding.dataset) for item in assumed if item not in shown]
    if more:
        yield Fold(title=pen.plain("check.assumptions"), blocks=(bullets(more),))


def _verdict(account: Account, verdict: Verdict) -> Cell:
    word = account.pen.word(f"effects.verdict.{verdict.value}")
    return cell(word, mark=_MARKS[verdict])


def placebo_name(account: Account, finding: EffectFinding, outcome: str) -> str:
    """Name what cannot have changed: a measure, or else a column."""
    if account.measure(outcome) is not None:
        return plain_text(account.measure_name(outcome))
    return account.term(finding.dataset, outcome)


def _placebo_row(account: Account, finding: EffectFinding, item: PlaceboFinding) -> Row:
    pen, found = account.pen, item.estimate
    return row(
        placebo_name(account, finding, item.outcome),
        estimate_cell(pen, found),
        _verdict(account, item.verdict),
        told(account, in_short(item.found), finding.dataset),
    )


def _balance_row(account: Account, finding: EffectFinding, item: BalanceRow) -> Row:
    pen = account.pen
    return row(
        account.term(finding.dataset, item.covariate),
        pen.number(item.treated_mean),
        pen.number(item.comparison_mean),
        pen.number(item.difference, 2),
        pen.number(item.adjusted_difference, 2),
        _verdict(account, item.verdict),
    )


def _weights(account: Account, found: WeightsDiagnostics) -> Block:
    pen = account.pen
    overlap = None
    if found.overlap_low is not None and found.overlap_high is not None:
        low, high = pen.number(found.overlap_low, 2), pen.number(found.overlap_high, 2)
        overlap = pen.interval_of(low, high)
    return facts(
        pen,
        ("effective_treated", pen.number(found.treated_effective_n, 0)),
        ("effective_comparison", pen.number(found.comparison_effective_n, 0)),
        ("largest_share", pen.percent(found.largest_share, 1)),
        (
            "unused",
            pen.plain(
                "check.unused", treated=found.unused_treated, comparison=found.unused_comparison
            ),
        ),
        ("overlap", overlap),
    )
