"""Chapter 0, the first page: the answer, with its key figures, and what it does not say."""

from collections import Counter
from collections.abc import Iterator

from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.evidence.model import Grade
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import (
    Answers,
    Block,
    QuestionAnswer,
    Tally,
    TallyRow,
    Tile,
    Tiles,
)
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import cautions, paragraph
from biotoop.engine.theory.model import NodeKind
from biotoop.engine.valuation.result import ValuationResult

_MOST_EFFECTS = 2


def answer_chapter(account: Account) -> Chapter:
    """Write the first page."""
    findings, pen = account.findings, account.pen
    tiles = key_figures(account)
    blocks: list[Block] = [
        *cautions(pen, "know_first", findings.warnings),
        *((Tiles(items=tiles),) if tiles else ()),
        *tallies(account),
        answers_to(account),
    ]
    return Chapter(
        number=0, anchor="answer", title=pen.word("reports.chapter.answer"), blocks=tuple(blocks)
    )


def answers_to(account: Account) -> Block:
    """Give the questions with their answers; a study without says so."""
    pen = account.pen
    items = tuple(
        QuestionAnswer(
            key=answer.question.value,
            question=pen.word(f"recipes.question.{answer.question.value}"),
            sentences=tuple(pen.note(sentence) for sentence in answer.sentences),
        )
        for answer in account.findings.answers
        if answer.sentences
    )
    return Answers(items=items) if items else paragraph(pen.say("no_answer"))


def key_figures(account: Account) -> tuple[Tile, ...]:
    """Give the figures that stand largest, each with its band: effects, then net value.

    Effects on outcomes come before effects on what people do at once.
    """
    findings = account.findings
    kinds = {node.code: node.kind for node in findings.theory.nodes}
    shown = [item.primary for item in findings.effects if item.primary.estimate is not None]
    shown.sort(key=lambda item: kinds.get(item.to) is NodeKind.RESULT)
    tiles = [_effect_tile(account, finding) for finding in shown[:_MOST_EFFECTS]]
    if findings.valuation is not None:
        tiles.append(_worth_tile(findings.valuation, account))
    return tuple(tiles)


def _effect_tile(account: Account, finding: EffectFinding) -> Tile:
    estimate = finding.estimate
    assert estimate is not None  # noqa: S101 - chosen on this
    pen = account.pen
    value, _, interval = pen.band(estimate.value, estimate.low, estimate.high).partition(" (")
    compared = pen.word(f"reports.design_short.{finding.design.value}")
    return Tile(
        label=account.measure_name(finding.outcome),
        value=value,
        band=interval.removesuffix(")"),
        note=glued(account.unit(finding), compared, between="; "),
    )


def _worth_tile(valuation: ValuationResult, account: Account) -> Tile:
    pen = account.pen
    return Tile(
        label=pen.say("tile.worth", party=account.party(valuation.perspective)),
        value=pen.euros(valuation.headline_value),
        band=pen.euro_interval(valuation.net.p5, valuation.net.p95),
        note=pen.say(f"tile.worth_note_{valuation.headline.value}", year=str(valuation.price_year)),
    )


def tallies(account: Account) -> Iterator[Tally]:
    """Count steps, and routes judged as a whole, by grade; what is not there is left out."""
    found = account.findings.plausibility
    for name, judged in (("tally", found.links), ("tally_routes", found.routes_as_whole)):
        if judged:
            yield _tally(account, name, [item.grade for item in judged])


def _tally(account: Account, name: str, grades: list[Grade]) -> Tally:
    pen, counts = account.pen, Counter(grades)
    return Tally(
        title=pen.plain(name, steps=len(grades)),
        rows=tuple(
            TallyRow(mark=account.grade(grade), count=pen.count(counts[grade]))
            for grade in Grade
            if counts[grade]
        ),
    )
