"""Chapter 2: every step, with what speaks for it and against it, and why it has its grade."""

import math
from collections.abc import Iterator

from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.link_result import LinkAssessment
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Fact, Facts, Step
from biotoop.engine.reports.chapters.nodes_and_routes import (
    delivery_blocks,
    node_blocks,
    route_blocks,
)
from biotoop.engine.reports.chapters.step_evidence import anchor_of, evidence_blocks, has_evidence
from biotoop.engine.reports.chapters.step_weighing import weighing_blocks
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Prose, Tone
from biotoop.engine.reports.naming import all_in_full
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import caution, cautions, heading, paragraph, soft
from biotoop.engine.theory.model import Link


def steps_chapter(account: Account) -> Chapter:
    """Write every step, those that work the wrong way first."""
    pen, plausibility = account.pen, account.findings.plausibility
    blocks: list[Block] = [
        paragraph(pen.say("step.lead"), Tone.LEAD),
        soft(pen.say("step.convention", version=plausibility.scheme_version)),
        *cautions(pen, "know_first", all_in_full(account, plausibility.warnings)),
    ]
    if not any(link.bundle.groups for link in plausibility.links):
        blocks.append(paragraph(pen.say("step.no_voices")))
    blocks += [_step(account, found) for found in adverse_first(plausibility.links)]
    if plausibility.routes_as_whole:
        blocks += [
            heading(pen.say("route.as_whole"), anchor="routes-as-whole"),
            paragraph(pen.say("route.as_whole_lead")),
        ]
        blocks += [_route(account, found) for found in adverse_first(plausibility.routes_as_whole)]
    blocks += [*route_blocks(account), *node_blocks(account), *delivery_blocks(account)]
    return Chapter(
        number=2, anchor="steps", title=pen.word("reports.chapter.steps"), blocks=tuple(blocks)
    )


def adverse_first(links: tuple[LinkAssessment, ...]) -> tuple[LinkAssessment, ...]:
    """Put steps that work the wrong way first, the others in the order of the theory."""
    return tuple(sorted(links, key=lambda found: found.grade is not Grade.ADVERSE))


def _step(account: Account, found: LinkAssessment) -> Step:
    pen, link = account.pen, account.findings.theory.link(found.target)
    assumed = _taken_for_granted(account, link)
    return Step(
        anchor=f"step-{link.code}",
        code=link.code,
        from_=account.node(link.from_),
        arrow=pen.word(f"reports.arrow.{link.kind.value}"),
        to=account.node(link.to),
        grade=account.grade(found.grade),
        beside=_beside(account, found),
        reasoning=tuple(
            Fact(term=pen.word(f"reports.term.{term}"), value=pen.text(text))
            for term, text in (("if", link.if_), ("then", link.then), ("because", link.because))
        ),
        blocks=(*((assumed,) if assumed.rows else ()), *_body(account, found)),
    )


def _taken_for_granted(account: Account, link: Link) -> Facts:
    pen = account.pen
    parts = (
        ("assumptions", [item.text for item in link.assumptions]),
        ("rivals", [item.text for item in link.rivals]),
        ("conditions", list(link.conditions)),
    )
    rows = [
        Fact(
            term=pen.word(f"reports.term.{term}"),
            value=glued(*(pen.text(text) for text in texts), between="; "),
        )
        for term, texts in parts
        if texts
    ]
    if link.horizon is not None:
        word = pen.say(f"horizon.{link.horizon.value}")
        rows.append(Fact(term=pen.word("reports.term.horizon"), value=word))
    return Facts(rows=tuple(rows))


def _route(account: Account, found: LinkAssessment) -> Step:
    pen = account.pen
    first, _, last = found.target.partition(">")
    return Step(
        anchor=f"route-{anchor_of(found.target)}",
        code=account.route_code(found.target),
        from_=account.node(first),
        arrow=pen.word("reports.arrow.route"),
        to=account.node(last),
        grade=account.grade(found.grade),
        beside=_beside(account, found),
        reasoning=(),
        blocks=tuple(_body(account, found)),
    )


def _beside(account: Account, found: LinkAssessment) -> Prose:
    """Say what stands beside the grade: another grade by an assessor, and sensitivity."""
    pen = account.pen
    said = []
    if found.override is not None:
        word = account.grade(found.override.grade).word
        said.append(pen.say("step.beside_override", grade=word))
    if found.sensitivity.sensitive:
        said.append(pen.say("step.beside_sensitive"))
    return glued(*said, between="; ")


def _body(account: Account, found: LinkAssessment) -> Iterator[Block]:
    pen = account.pen
    if found.changed_text:
        yield caution(
            pen.say("step.changed_text"),
            (pen.say("step.changed_codes", codes=", ".join(found.changed_text)),),
        )
    yield from cautions(pen, "know_first", all_in_full(account, found.warnings))
    if has_evidence(found):
        yield paragraph(weight_of_evidence(account, found))
    yield from evidence_blocks(account, found)
    if has_evidence(found):
        yield from weighing_blocks(account, found)


def weight_of_evidence(account: Account, found: LinkAssessment) -> Prose:
    """Say how the evidence weighs, and how far that moves when one thing changes."""
    pen, moved = account.pen, found.sensitivity
    said = [pen.note(found.sentence)]
    if moved.rows:
        said.append(
            pen.say(
                "step.range",
                low=pen.weight(math.log(moved.k_low)),
                high=pen.weight(math.log(moved.k_high)),
            )
        )
    if moved.sensitive:
        borders = [pen.word(f"reports.border.{border.value}") for border in moved.borders]
        said.append(pen.say("step.sensitive", borders=pen.listing(borders)))
    return glued(*said)
