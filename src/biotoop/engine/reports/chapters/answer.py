"""Chapter 0, the first page: the answer, with its key figures, and what it does not say."""

from collections.abc import Iterator

from biotoop.engine.core.messages import Note
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.plausibility.result import LinkAssessment
from biotoop.engine.recipes.answering import runs_against
from biotoop.engine.recipes.certainty import GRADES_AS_SHOWN, unreliable
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
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.naming import all_in_full
from biotoop.engine.reports.pen import Pen, glued
from biotoop.engine.reports.setting import cautions, paragraph
from biotoop.engine.theory.model import NodeKind
from biotoop.engine.valuation.result import ValuationResult

_MOST_EFFECTS = 2
_RUNS_ON = frozenset(  # short, and about the sentence before it
    f"recipes.answer.{code}"
    for code in ("chance", "chance_above", "chance_below", "exploratory", "convention")
)
_COUNTED = ("recipes.answer.steps",)  # the tallies say it, with the look of each grade


def answer_chapter(account: Account) -> Chapter:
    """Write the first page."""
    findings, pen = account.findings, account.pen
    tiles, counted = key_figures(account), tuple(tallies(account))
    blocks: list[Block] = [
        *cautions(pen, "know_first", all_in_full(account, findings.warnings)),
        *((Tiles(items=tiles),) if tiles else ()),
        *counted,
        answers_to(account, without=_COUNTED if counted else ()),
    ]
    return Chapter(
        number=0, anchor="answer", title=pen.word("reports.chapter.answer"), blocks=tuple(blocks)
    )


def answers_to(account: Account, *, without: tuple[str, ...] = ()) -> Block:
    """Give the questions with their answers, less what stands beside them; none says so."""
    pen = account.pen
    items = tuple(
        QuestionAnswer(
            key=answer.question.value,
            question=pen.word(f"recipes.question.{answer.question.value}"),
            sentences=_paragraphs(
                pen, [sentence for sentence in answer.sentences if sentence.code not in without]
            ),
        )
        for answer in account.findings.answers
        if answer.sentences
    )
    return Answers(items=items) if items else paragraph(pen.say("no_answer"))


def _paragraphs(pen: Pen, said: list[Note]) -> tuple[Prose, ...]:
    """Give each sentence its own paragraph; one that only adds to another follows it."""
    made: list[Prose] = []
    for sentence in said:
        words = pen.note(sentence)
        if made and sentence.code in _RUNS_ON:
            made[-1] = glued(made[-1], words)
        else:
            made.append(words)
    return tuple(made)


def key_figures(account: Account) -> tuple[Tile, ...]:
    """Give the figures that stand largest, each with its band: effects, then net value.

    What runs against the intention comes first and takes no other's place; then effects on
    outcomes before effects on what people do at once, and of those the primary outcomes first.
    """
    findings = account.findings
    measures = {item.id: item for item in findings.measures}
    kinds = {node.code: node.kind for node in findings.theory.nodes}
    shown = [item for item in findings.effects if item.primary.estimate is not None]
    shown.sort(
        key=lambda item: (kinds.get(item.primary.to) is NodeKind.RESULT, not item.primary_outcome)
    )
    turned = [item for item in shown if runs_against(item.primary, measures)][:_MOST_EFFECTS]
    others = [item for item in shown if not runs_against(item.primary, measures)]
    tiles = [_effect_tile(account, item.primary, turned=True) for item in turned]
    tiles += [_effect_tile(account, item.primary) for item in others[:_MOST_EFFECTS]]
    if findings.valuation is not None:
        tiles.append(_worth_tile(findings.valuation, account))
    return tuple(tiles)


def _effect_tile(account: Account, finding: EffectFinding, *, turned: bool = False) -> Tile:
    estimate = finding.estimate
    assert estimate is not None  # noqa: S101 - chosen on this
    pen = account.pen
    value, _, interval = pen.band(estimate.value, estimate.low, estimate.high).partition(" (")
    intended = account.intended(finding)
    changed = "change" if finding.design is Design.PRE_POST else "difference"
    return Tile(
        label=pen.say(f"tile.{changed}", measure=account.measure_name(finding.outcome)),
        value=f"+{value}" if estimate.value > 0 else value,
        band=pen.plain(
            "tile.interval", level=pen.number(100 * estimate.level), ends=interval.removesuffix(")")
        ),
        note=glued(
            account.standing(finding.plan),
            account.unit(finding),
            pen.word("reports.tile.turned") if turned else "",
            pen.word(f"reports.tile.better_{intended.value}"),
            pen.word("reports.tile.unreliable") if _is_unreliable(account, finding) else "",
            between="; ",
        ),
        gain=_surely(estimate.low, estimate.high, intended),
    )


def _surely(low: float | None, high: float | None, intended: Direction) -> bool:
    """Tell whether the whole interval lies on the side that was intended."""
    end = low if intended is Direction.INCREASE else high
    return end is not None and (end > 0 if intended is Direction.INCREASE else end < 0)


def _is_unreliable(account: Account, finding: EffectFinding) -> bool:
    """Tell whether the scale behind an effect is not reliable enough to compare groups."""
    measure = account.measure(finding.outcome)
    return measure is not None and unreliable(measure) is not None


def _worth_tile(valuation: ValuationResult, account: Account) -> Tile:
    pen = account.pen
    return Tile(
        label=pen.say("tile.worth", party=account.party(valuation.perspective)),
        value=pen.euros(valuation.headline_value),
        band=pen.euro_interval(valuation.net.p5, valuation.net.p95),
        note=pen.say(f"tile.worth_note_{valuation.headline.value}", year=str(valuation.price_year)),
        gain=_surely(valuation.net.p5, valuation.net.p95, Direction.INCREASE),
    )


def tallies(account: Account) -> Iterator[Tally]:
    """Count steps, and routes judged as a whole, by grade; what is not there is left out."""
    found = account.findings.plausibility
    for name, judged in (("tally", found.links), ("tally_routes", found.routes_as_whole)):
        if judged:
            yield _tally(account, name, judged)


def _tally(account: Account, name: str, judged: tuple[LinkAssessment, ...]) -> Tally:
    pen = account.pen
    by_grade = {
        grade: [item for item in judged if item.grade is grade] for grade in GRADES_AS_SHOWN
    }
    return Tally(
        title=pen.plain(name, steps=len(judged)),
        rows=tuple(
            TallyRow(
                mark=account.grade(grade), count=pen.count(len(these)), beside=_firm(pen, these)
            )
            for grade, these in by_grade.items()
            if these
        ),
    )


def _firm(pen: Pen, these: list[LinkAssessment]) -> str:
    """Say of how many grades a small change in the evidence would move the weight."""
    sensitive = sum(item.sensitivity.sensitive for item in these)
    if sensitive == len(these):
        return pen.word("reports.step.beside_sensitive")
    return pen.plain("tally_sensitive", sensitive=sensitive) if sensitive else ""
