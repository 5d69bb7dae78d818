"""Why a step has its grade: rules, weights, sensitivity, certainty, and another judgement."""

import math
from collections.abc import Iterator

from biotoop.engine.evidence.model import Component
from biotoop.engine.plausibility.link_result import LinkAssessment, SensitivityRow
from biotoop.engine.plausibility.weights import EstimateWeight, GroupWeight, TestWeight
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Bullet, Bullets, Fact, Facts, Fold, Row, Table
from biotoop.engine.reports.chapters.step_evidence import anchor_of
from biotoop.engine.reports.inline import Mark
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import heading, info, paragraph, prose, row, soft, table


def weighing_blocks(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Show how the grade of one step came about."""
    pen = account.pen
    yield heading(pen.say("step.why"), 4)
    yield rules(account, found)
    yield from another_judgement(account, found)
    yield certainty(account, found)
    for item in found.estimates:
        if item.mediation is not None:
            yield paragraph(told(account, item.mediation.note))
    details = tuple(tables(account, found))
    if details:
        yield Fold(
            title=pen.plain("step.weights", step=account.target(found.target)), blocks=details
        )


def rules(account: Account, found: LinkAssessment) -> Bullets:
    """List the rules of the scheme that decided, each with whether it held."""
    pen = account.pen
    return Bullets(
        items=tuple(
            Bullet(
                text=told(account, reason.note),
                mark=Mark.HELD if reason.held else Mark.FAILED,
                mark_word=pen.word(f"reports.step.{'held' if reason.held else 'failed'}"),
            )
            for reason in found.why
        )
    )


def another_judgement(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Show the grade that an assessor gave instead, beside the computed one."""
    pen = account.pen
    if found.computed is not found.grade:
        yield paragraph(pen.say("step.one_person", computed=account.grade(found.computed).word))
    if found.override is not None:
        yield info(
            pen.say("step.override", grade=account.grade(found.override.grade).word),
            (
                pen.text(found.override.reason),
                pen.say(
                    "step.judged_by",
                    who=found.override.assessor,
                    date=pen.date(found.override.date),
                ),
            ),
        )


def certainty(account: Account, found: LinkAssessment) -> Facts:
    """Show the certainty of the evidence: by component, with reasons, or the hints offered."""
    pen, judged = account.pen, found.certainty.judgement
    overall = "unjudged" if judged is None or judged.overall is None else judged.overall.value
    word = pen.word(f"evidence.certainty.{overall}")
    rows = [Fact(term=pen.word("reports.term.certainty"), value=prose(word))]
    if judged is not None:
        by = pen.say("step.judged_by", who=judged.assessor, date=pen.date(judged.date))
        rows[0] = Fact(term=rows[0].term, value=glued(f"{word}.", pen.text(judged.reason), by))
        rows += [
            Fact(
                term=_component(account, part.component),
                value=glued(
                    f"{pen.word(f'evidence.certainty.{part.concern.value}')}.",
                    pen.text(part.reason),
                ),
            )
            for part in judged.components
        ]
    rows += [
        Fact(term=_component(account, hint.component), value=told(account, hint.note))
        for hint in found.certainty.hints
    ]
    return Facts(rows=tuple(rows))


def _component(account: Account, component: Component) -> str:
    return account.pen.word(f"evidence.component.{component.value}")


def tables(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Give the weights of groups, estimates and tests, and what each change does to K."""
    pen, anchor = account.pen, anchor_of(found.target)
    groups = [group for family in found.families for group in family.groups]
    if groups:
        yield table(
            pen,
            f"table-groups-{anchor}",
            pen.say("step.groups"),
            ("group", "family", "#items", "#n_eff", "weight"),
            [_group_row(account, group) for group in groups],
            note=pen.say("step.groups_note_hidden")
            if math.isnan(found.n_eff)
            else pen.say("step.groups_note", n_eff=pen.number(found.n_eff, 1)),
        )
    if found.estimates:
        yield _estimates(account, found)
    if found.tests:
        yield table(
            pen,
            f"table-tests-{anchor}",
            pen.say("step.tests"),
            ("test", "kind", "found", "#p", "#p_not", "weight"),
            [_test_row(account, item) for item in found.tests],
        )
    if found.sensitivity.rows:
        yield _sensitivity(account, found)
    if found.bundle.left_out:
        yield soft(pen.say("step.left_out", claims=", ".join(found.bundle.left_out)))


def _group_row(account: Account, group: GroupWeight) -> Row:
    pen, hidden = account.pen, math.isnan(group.n_eff)
    return row(
        pen.note(group.label),
        pen.word(f"evidence.family.{group.family.value}"),
        pen.shown(group.n, hidden=hidden and not group.n),
        pen.word("reports.hidden_short") if hidden else pen.number(group.n_eff, 1),
        pen.weight(group.log_ratio),
    )


def _estimates(account: Account, found: LinkAssessment) -> Table:
    pen = account.pen
    notes = dict.fromkeys(told(account, item) for one in found.estimates for item in one.notes)
    return table(
        pen,
        f"table-estimates-{anchor_of(found.target)}",
        pen.say("step.estimates"),
        ("plan", "#effect", "#se", "#level", "#delta", "weight", "harm"),
        [_estimate_row(account, item) for item in found.estimates],
        note=glued(*notes),
    )


def _estimate_row(account: Account, item: EstimateWeight) -> Row:
    pen = account.pen
    level = str(item.level_used)
    if item.level_used != item.level:
        level = pen.plain("step.level_lowered", stated=item.level, used=item.level_used)
    return row(
        account.effect_title(item.id),
        pen.number(item.effect, 2),
        pen.number(item.se, 2),
        level,
        pen.number(item.delta, 2),
        pen.weight(item.log_ratio, counts=item.counts),
        pen.times(item.harm_ratio),
    )


def _test_row(account: Account, item: TestWeight) -> Row:
    pen = account.pen
    state = {True: "yes", False: "no", None: "not_searched"}[item.found]
    kind = pen.word(f"evidence.test.{item.kind.value}")
    held = glued(kind, pen.say("step.held_to_straw")) if item.held_to_straw else prose(kind)
    return row(
        item.id,
        held,
        pen.word(f"reports.{state}"),
        pen.number(item.p, 2),
        pen.number(item.p_not, 2),
        pen.weight(item.log_ratio, counts=item.counts),
    )


def _sensitivity(account: Account, found: LinkAssessment) -> Table:
    pen = account.pen
    return table(
        pen,
        f"table-sensitivity-{anchor_of(found.target)}",
        pen.say("step.sensitivity"),
        ("change", "weight", "border"),
        [_sensitivity_row(account, item) for item in found.sensitivity.rows],
    )


def _sensitivity_row(account: Account, item: SensitivityRow) -> Row:
    pen = account.pen
    crossed = [pen.word(f"reports.border.{border.value}") for border in item.crosses]
    return row(pen.note(item.label), pen.weight(item.log_k), pen.listing(crossed) or "-")
