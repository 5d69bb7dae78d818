"""What speaks for a step and what speaks against it, for whom, and who was not heard."""

from collections import Counter
from collections.abc import Callable, Iterator

import attrs

from biotoop.engine.evidence.bundle import Disagreement, LifeCounts, NotHeard
from biotoop.engine.evidence.model import Stance
from biotoop.engine.plausibility.link_result import LinkAssessment, ProposedCondition
from biotoop.engine.plausibility.weights import EstimateWeight, LiteratureWeight, TestWeight
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Piece, Row, Side, Sides
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.pen import glued, listed
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
        yield paragraph(pen.say("step.proposed_conditions", conditions=listed(pen, named)))


def _condition(account: Account, item: ProposedCondition) -> Prose:
    words = account.spoken_words(item.condition)
    if not item.people:
        return account.pen.say("quoted", words=words)
    return account.pen.say("step.condition_by", condition=words, people=item.people)


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
    uncounted = tuple(_uncounted(account, found))
    if uncounted:
        made = [_not_nothing(account, side) for side in made]
        made.append(_side(account, "uncounted", (), uncounted))
    return Sides(sides=tuple(made))


def _not_nothing(account: Account, side: Side) -> Side:
    """Point at what was measured too, where a side would say that there is nothing."""
    if side.lead or side.pieces:
        return side
    return attrs.evolve(side, lead=account.pen.say("step.none_counted"))


def _uncounted(account: Account, found: LinkAssessment) -> Iterator[Piece]:
    """Give estimates that are not weighed, and other ways of computing that point elsewhere."""
    for estimate in found.estimates:
        if not estimate.counts:
            yield attrs.evolve(_estimate(account, estimate), weight="")
        yield from _other_ways(account, estimate)


def _other_ways(account: Account, item: EstimateWeight) -> Iterator[Piece]:
    """Say how many ways of computing the same plan point the other way."""
    pen, effect = account.pen, account.effect(item.id)
    if effect is None or effect.curve.lowest is None or effect.curve.highest is None:
        return
    curve, low, high = effect.curve, effect.curve.lowest, effect.curve.highest
    other = curve.run - curve.same_sign
    if not other:
        return
    digits = shared_decimals(low, low, high)
    yield Piece(
        label=prose(pen.word("reports.step.other_ways")),
        text=glued(
            pen.text(effect.title),
            pen.say(
                "step.other_ways_range",
                interval=pen.interval(low, high, digits),
                unit=account.unit(effect.primary),
                other=other,
                run=curve.run,
            ),
        ),
    )


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
            named = ", ".join(part for part in parts if part)
            who = account.spoken_words(named) if named else pen.word("reports.step.someone")
            kept = "" if quote.consent else pen.say("step.no_consent")
            words = account.spoken_words(quote.text)
            foreign = pen.word(f"reports.spoken.{account.spoken}")
            is_foreign = account.spoken != pen.language
            yield Piece(
                label=glued(who, kept, foreign if is_foreign else ""),
                text=pen.say("quoted", words=words),
                quote=True,
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
        if not who and people > 1:  # gathered, so that nobody stands apart: not all name it
            among = pen.say("step.condition_among", condition=account.spoken_words(condition))
            yield Piece(label=(), text=among)
            continue
        label = account.spoken_words(who) if who else prose(pen.word("reports.step.someone"))
        if people > 1:
            label = pen.say("step.several", who=label, people=people)
        text = pen.say("step.condition_named", condition=account.spoken_words(condition))
        yield Piece(label=label, text=text)
    if without:
        yield Piece(label=(), text=pen.say("step.no_conditions_named", people=without))


def _measured(account: Account, found: LinkAssessment, speaks: Speaks) -> Iterator[Piece]:
    """Give counted estimates, tests and publications of which the weight points one way."""
    for estimate in found.estimates:
        if estimate.counts and speaks(estimate.log_ratio):
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
        text=glued(
            pen.say("step.test_of", test=item.id, hypothesis=item.hypothesis, rival=item.rival),
            *_test_expected(account, item),
            pen.say(f"step.test_{state}"),
            () if item.seen is None else pen.say("step.test_seen", seen=item.seen),
            _test_origin(account, item),
        ),
        weight=pen.weight(item.log_ratio, counts=item.counts),
    )


def _test_expected(account: Account, item: TestWeight) -> Iterator[Prose]:
    """Say what was expected if the step holds, and if the other explanation holds."""
    pen = account.pen
    yield pen.say("step.test_expected", expected=item.expected, chance=pen.percent(item.p))
    if item.expected_rival is None:
        yield pen.say("step.test_rival_too", chance=pen.percent(item.p_not))
    else:
        yield pen.say(
            "step.test_rival", expected=item.expected_rival, chance=pen.percent(item.p_not)
        )


def _test_origin(account: Account, item: TestWeight) -> Prose:
    """Say where was searched, and whether the test was fixed before looking."""
    pen = account.pen
    if item.registered is None:
        return pen.say("step.test_unregistered", source=item.source)
    return pen.say("step.test_registered", source=item.source, date=pen.date(item.registered))


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
        _kind_of_people(account, item),
        *(pen.shown(getattr(counts, way), hidden=way in counts.hidden) for way in _WAYS),
        account.spoken_words("; ".join(item.conditions)) if item.conditions else "-",
    )


def _kind_of_people(account: Account, item: LifeCounts | NotHeard) -> Prose:
    kind = account.pen.word(f"evidence.life.{item.life.value}")
    return glued(account.spoken_words(item.value), f"({kind})")


def who_was_not_heard(account: Account, found: LinkAssessment) -> Prose:
    """Say which people the study knows and did not hear on this step."""
    pen = account.pen
    if found.bundle.counts.hidden:
        return pen.say("step.heard_kept")
    if not found.bundle.not_heard:
        return pen.say("step.all_heard")
    missed = [_kind_of_people(account, item) for item in found.bundle.not_heard]
    return pen.say("step.not_heard", people=listed(pen, missed))


def anchor_of(target: str) -> str:
    """Make an anchor of a target: ``S1``, or ``N1-N9`` for a route."""
    return target.replace(">", "-")
