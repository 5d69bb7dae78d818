"""What speaks for a step and what speaks against it, for whom, and who was not heard."""

from collections import Counter
from collections.abc import Callable, Iterator

from biotoop.engine.evidence.bundle import Disagreement, LifeCounts
from biotoop.engine.evidence.model import Stance
from biotoop.engine.plausibility.link_result import LinkAssessment, ProposedCondition
from biotoop.engine.plausibility.weights import EstimateWeight, LiteratureWeight, TestWeight
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Piece, Row, Side, Sides
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.pen import glued
from biotoop.engine.reports.setting import paragraph, prose, row, table

Speaks = Callable[[float], bool]
_WAYS = ("supports", "contradicts", "nuances", "not_mentioned")
_NEITHER = (Stance.NUANCES, Stance.NOT_MENTIONED)


def evidence_blocks(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Show the evidence on one step, both sides beside each other."""
    pen, bundle = account.pen, found.bundle
    if not has_evidence(found):
        yield paragraph(pen.say("step.no_evidence"))
        return
    yield sides(account, found)
    if bundle.for_whom:
        yield from for_whom(account, found)
    if bundle.groups:
        yield paragraph(who_was_not_heard(account, found))
    if found.proposed_conditions:
        named = [_condition(account, item) for item in found.proposed_conditions]
        yield paragraph(pen.say("step.proposed_conditions", conditions=pen.listing(named)))


def _condition(account: Account, item: ProposedCondition) -> str:
    if not item.people:
        return account.pen.plain("quoted", words=item.condition)
    return account.pen.plain("step.condition_by", condition=item.condition, people=item.people)


def has_evidence(found: LinkAssessment) -> bool:
    """Tell whether anything at all was gathered on a step."""
    bundle = found.bundle
    return bool(bundle.groups or found.tests or found.estimates or found.literature)


def sides(account: Account, found: LinkAssessment) -> Sides:
    """Gather what speaks for, what speaks against, and what says neither."""
    neither = (
        *quotes_on(account, found.target, _NEITHER),
        *_measured(account, found, lambda log: log == 0),
    )
    made = [
        _side(
            account,
            "for",
            _people(account, found, "supports"),
            (
                *quotes_on(account, found.target, (Stance.SUPPORTS,)),
                *_measured(account, found, lambda log: log > 0),
            ),
        ),
        _side(
            account,
            "against",
            _people(account, found, "contradicts"),
            (
                *quotes_on(account, found.target, (Stance.CONTRADICTS,)),
                *_disagreements(account, found.bundle.disagreed),
                *_measured(account, found, lambda log: log < 0),
            ),
        ),
    ]
    said = _said_neither(account, found)
    if said or neither:
        made.append(_side(account, "neither", said, neither))
    return Sides(sides=tuple(made))


def _side(account: Account, key: str, lead: Prose, pieces: tuple[Piece, ...]) -> Side:
    return Side(key=key, title=account.pen.word(f"reports.step.{key}"), lead=lead, pieces=pieces)


def _people(account: Account, found: LinkAssessment, way: str) -> Prose:
    """Count the people on one side; when nobody was asked, no sentence about nobody.

    A number that readers may not see is said to be hidden, never to be nil.
    """
    pen, bundle = account.pen, found.bundle
    people: int = getattr(bundle.counts, way)
    documents: int = getattr(bundle.documents, way)
    said: list[Prose] = []
    if way in bundle.counts.hidden:
        said.append(pen.say(f"step.{way}_hidden"))
    elif bundle.respondents or bundle.counts.hidden:
        size = "none" if people == 0 else "one" if people == 1 else "some"
        ending = "_alone" if bundle.counts.hidden else ""
        said.append(pen.say(f"step.{way}_{size}{ending}", people=people, of=bundle.respondents))
    if documents:
        said.append(pen.say(f"step.documents_{way}", documents=documents))
    return glued(*said)


def _said_neither(account: Account, found: LinkAssessment) -> Prose:
    pen, counts = account.pen, found.bundle.counts
    said = []
    for way in ("nuances", "not_mentioned"):
        people: int = getattr(counts, way)
        if people or way in counts.hidden:
            shown = pen.word("reports.hidden") if way in counts.hidden else pen.count(people)
            said.append(pen.say(f"step.{way}", people=shown))
    return glued(*said)


def quotes_on(account: Account, target: str, stances: tuple[Stance, ...]) -> Iterator[Piece]:
    """Give what respondents said of a target in their own words."""
    pen = account.pen
    for quote in account.findings.quotes:
        if quote.target == target and quote.stance in stances:
            parts = (quote.role, quote.age, quote.place)
            who = ", ".join(part for part in parts if part) or pen.word("reports.step.someone")
            kept = "" if quote.consent else pen.say("step.no_consent")
            yield Piece(
                label=glued(who, kept), text=pen.say("quoted", words=quote.text), quote=True
            )


def _disagreements(account: Account, items: tuple[Disagreement, ...]) -> Iterator[Piece]:
    """Say under which condition people contradict, and how many name none."""
    pen = account.pen
    conditions: Counter[tuple[str, str]] = Counter()
    without = 0
    for item in items:
        if item.conditions:
            who = ", ".join(part for part in (item.role, item.age, item.place) if part)
            conditions[who, "; ".join(item.conditions)] += item.people
        else:
            without += item.people
    for (who, condition), people in conditions.items():
        named = who or pen.word("reports.step.someone")
        label = named if people < 2 else pen.plain("step.several", who=named, people=people)
        text = pen.say("step.condition_named", condition=condition)
        yield Piece(label=prose(label), text=text)
    if without:
        yield Piece(label=(), text=pen.say("step.no_conditions_named", people=without))


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


def for_whom(account: Account, found: LinkAssessment) -> Iterator[Block]:
    """Count the stances for every kind of people of whom readers may see something."""
    pen = account.pen
    kinds = [item for item in found.bundle.for_whom if not _tells_nothing(item)]
    step = account.target(found.target)
    if kinds:
        partly = len(kinds) < len(found.bundle.for_whom) or any(k.counts.hidden for k in kinds)
        yield table(
            pen,
            f"table-for-whom-{anchor_of(found.target)}",
            pen.say("step.for_whom", step=step),
            ("people", "#supports", "#contradicts", "#nuances", "#not_mentioned", "condition"),
            [_life_row(account, item) for item in kinds],
            note=pen.say("hidden_note") if partly else (),
        )
    else:
        yield paragraph(pen.say("step.for_whom_hidden"))


def _tells_nothing(item: LifeCounts) -> bool:
    return {"supports", "contradicts"} <= set(item.counts.hidden)


def _life_row(account: Account, item: LifeCounts) -> Row:
    pen, counts = account.pen, item.counts
    return row(
        f"{item.value} ({pen.word(f'evidence.life.{item.life.value}')})",
        *(pen.shown(getattr(counts, way), hidden=way in counts.hidden) for way in _WAYS),
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
