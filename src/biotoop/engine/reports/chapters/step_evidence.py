"""What speaks for a step and what speaks against it, for whom, and who was not heard."""

from collections import Counter
from collections.abc import Callable, Iterator

from biotoop.engine.evidence.bundle import Disagreement, LifeCounts
from biotoop.engine.plausibility.link_result import LinkAssessment
from biotoop.engine.plausibility.weights import EstimateWeight, LiteratureWeight, TestWeight
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Piece, Row, Side, Sides, Table
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import paragraph, prose, row, table

Speaks = Callable[[float], bool]


def evidence_blocks(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Show the evidence on one step, both sides beside each other."""
    pen, bundle = account.pen, found.bundle
    if not has_evidence(found):
        yield paragraph(pen.say("step.no_evidence"))
        return
    yield sides(account, found)
    if bundle.for_whom:
        yield for_whom(account, found)
    if bundle.respondents:
        yield paragraph(who_was_not_heard(account, found))
    if found.proposed_conditions:
        named = [
            pen.plain("step.condition_by", condition=item.condition, people=item.people)
            for item in found.proposed_conditions
        ]
        yield paragraph(pen.say("step.proposed_conditions", conditions=pen.listing(named)))


def has_evidence(found: LinkAssessment) -> bool:
    """Tell whether anything at all was gathered on a step."""
    bundle = found.bundle
    return bool(bundle.groups or found.tests or found.estimates or found.literature)


def sides(account: Account, found: LinkAssessment) -> Sides:
    """Gather what speaks for, what speaks against, and what says neither."""
    pen, counts = account.pen, found.bundle.counts
    made = [
        Side(
            key="for",
            title=pen.word("reports.step.for"),
            lead=_people(account, found, "supports", counts.supports),
            pieces=(*_measured(account, found, lambda log: log > 0),),
        ),
        Side(
            key="against",
            title=pen.word("reports.step.against"),
            lead=_people(account, found, "contradicts", counts.contradicts),
            pieces=(
                *_disagreements(account, found.bundle.disagreed),
                *_measured(account, found, lambda log: log < 0),
            ),
        ),
    ]
    neither = tuple(_measured(account, found, lambda log: log == 0))
    if counts.nuances or counts.not_mentioned or neither:
        made.append(
            Side(
                key="neither",
                title=pen.word("reports.step.neither"),
                lead=_neither(account, found),
                pieces=neither,
            )
        )
    return Sides(sides=tuple(made))


def _people(account: Account, found: LinkAssessment, way: str, people: int) -> Prose:
    """Count the people on one side; when nobody was asked, no sentence about nobody."""
    pen, bundle = account.pen, found.bundle
    said: list[Prose] = []
    if bundle.respondents:
        some = "none" if people == 0 else "one" if people == 1 else "some"
        said.append(pen.say(f"step.{way}_{some}", people=people, of=bundle.respondents))
    documents = bundle.documents.supports if way == "supports" else bundle.documents.contradicts
    if documents:
        said.append(pen.say(f"step.documents_{way}", documents=documents))
    return glued(*said)


def _neither(account: Account, found: LinkAssessment) -> Prose:
    pen, counts = account.pen, found.bundle.counts
    said = []
    if counts.nuances:
        said.append(pen.say("step.nuances", people=counts.nuances))
    if counts.not_mentioned:
        said.append(pen.say("step.not_mentioned", people=counts.not_mentioned))
    return glued(*said)


def _disagreements(account: Account, items: tuple[Disagreement, ...]) -> Iterator[Piece]:
    """Say who contradicts and under which condition; alike people share a line."""
    people: Counter[tuple[str, str]] = Counter()
    for item in items:
        who = ", ".join(part for part in (item.role, item.age, item.place) if part)
        people[who, "; ".join(item.conditions)] += item.people
    for (who, condition), count in people.items():
        yield _disagreement(account, who, condition, count)


def _disagreement(account: Account, who: str, condition: str, people: int) -> Piece:
    pen = account.pen
    named = who or pen.word("reports.step.someone")
    label = named if people == 1 else pen.plain("step.several", who=named, people=people)
    text = (
        pen.say("step.condition_named", condition=condition)
        if condition
        else pen.say("step.no_condition_named")
    )
    return Piece(label=prose(label), text=text)


def _measured(account: Account, found: LinkAssessment, speaks: Speaks) -> Iterator[Piece]:
    """Give estimates, tests and publications of which the weight points one way."""
    for estimate in found.estimates:
        if speaks(estimate.log_ratio):
            yield _estimate(account, estimate)
    for test in found.tests:
        if speaks(test.log_ratio):
            yield _test(account, test)
    for item in found.literature:
        if speaks(item.log_ratio):
            yield _publication(account, item)


def _estimate(account: Account, item: EstimateWeight) -> Piece:
    pen = account.pen
    effect = account.effect(item.id)
    return Piece(
        label=prose(pen.word("evidence.family.effect_design")),
        text=glued(
            pen.text(effect.title) if effect is not None else item.id,
            pen.say(
                "step.effect",
                effect=pen.number(item.effect, 2),
                se=pen.number(item.se, 2),
                level=item.level_used,
            ),
        ),
        weight=pen.weight(item.log_ratio, counts=item.counts),
    )


def _test(account: Account, item: TestWeight) -> Piece:
    pen = account.pen
    state = {True: "found", False: "not_found", None: "not_searched"}[item.found]
    kind = pen.word(f"evidence.test.{item.kind.value}")
    return Piece(
        label=pen.say("step.test", kind=kind),
        text=pen.say(f"step.test_{state}", test=item.id),
        weight=pen.weight(item.log_ratio, counts=item.counts),
    )


def _publication(account: Account, item: LiteratureWeight) -> Piece:
    pen = account.pen
    return Piece(
        label=prose(pen.word("evidence.family.literature")),
        text=glued(
            pen.text(item.source),
            pen.say(
                "step.effect",
                effect=pen.number(item.effect, 2),
                se=pen.number(item.se, 2),
                level=item.level,
            ),
        ),
        weight=pen.weight(item.log_ratio, counts=True),
    )


def for_whom(account: Account, found: LinkAssessment) -> Table:
    """Count the stances for every kind of people."""
    pen = account.pen
    return table(
        pen,
        f"table-for-whom-{anchor_of(found.target)}",
        pen.say("step.for_whom", step=found.target),
        ("people", "#supports", "#contradicts", "#nuances", "#not_mentioned", "condition"),
        [_life_row(account, item) for item in found.bundle.for_whom],
    )


def _life_row(account: Account, item: LifeCounts) -> Row:
    pen, counts = account.pen, item.counts
    return row(
        f"{item.value} ({pen.word(f'evidence.life.{item.life.value}')})",
        pen.count(counts.supports),
        pen.count(counts.contradicts),
        pen.count(counts.nuances),
        pen.count(counts.not_mentioned),
        "; ".join(item.conditions) or "-",
    )


def who_was_not_heard(account: Account, found: LinkAssessment) -> Prose:
    """Say which people the study knows and did not hear on this step."""
    pen = account.pen
    if not found.bundle.not_heard:
        return pen.say("step.all_heard")
    missed = [
        f"{item.value} ({pen.word(f'evidence.life.{item.life.value}')})"
        for item in found.bundle.not_heard
    ]
    return pen.say("step.not_heard", people=pen.listing(missed))


def anchor_of(target: str) -> str:
    """Make an anchor of a target: ``S1``, or ``N1-N9`` for a route."""
    return target.replace(">", "-")
