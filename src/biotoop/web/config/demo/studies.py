"""Learning cycles and studies of the invented world, each at another place in its life."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import attrs

from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import METHODS, STANCES, Plain, content
from biotoop.web.config.demo.example import look_at_tests, take_example
from biotoop.web.config.demo.people import World, begun
from biotoop.web.config.demo.theories import IMPORTED
from biotoop.web.interviews.actions import claims, rounds
from biotoop.web.interviews.models import Round
from biotoop.web.programmes.models import Partnership
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.actions import cycles, lifecycle, registering
from biotoop.web.studies.actions import studies as acts
from biotoop.web.studies.enums import (
    GATES,
    Conclusion,
    Decision,
    GateQuestion,
    Phase,
    Purpose,
    SafeguardState,
    StudyState,
)
from biotoop.web.studies.models import Cycle, Reflection, Study
from biotoop.web.theories.models import Theory

ANSWERS: Mapping[GateQuestion, str] = {
    GateQuestion.AGREED: "Ja, met het team, de gebruikersraad en de gemeente.",
    GateQuestion.WHOSE_VOICE: "Bewoners en vrijwilligers; wie niet komt missen we misschien.",
    GateQuestion.ENOUGH: "Per stap ten minste tien mensen, uit twee bronnen.",
    GateQuestion.AS_PLANNED: "Grotendeels; twee gesprekken gingen niet door.",
    GateQuestion.NOT_HEARD: "Mensen die overdag werken. De uitkomst geldt niet voor hen.",
    GateQuestion.HANDLED: "Alleen codes, geen namen; de sleutel ligt bij de sleutelbewaarder.",
    GateQuestion.RIVALS: "De andere verklaring bij elke stap is nagevraagd.",
    GateQuestion.AGAINST: "Een deel van de bewoners ziet de opbouwwerker nooit.",
    GateQuestion.CHECKED: "Een tweede lezer van de universiteit.",
}
REFLECTIONS = (
    "De redenering klopt, de steun voor mantelzorgers kwam te laat op gang.",
    "In de wijk merkten we hetzelfde: het aanbod was er maar een half jaar.",
    "Voor de gemeente is nu vooral de uitvoering de vraag.",
)
QUESTIONS = {
    "P1": ("Luisterronde Lindehof", "Herkennen bewoners de stappen van de wijkgerichte aanpak?"),
    "P3": ("Jongeren over jongerenwerk", "Welke stappen zien jongeren zelf, en welke niet?"),
    "P4": ("Aan tafel met ouderen", "Wat maakt dat ouderen meedoen, en wie komt er niet?"),
}


@attrs.frozen(kw_only=True)
class Life:
    """How far a study is in its life, and whether it is late."""

    state: StudyState
    promised: int | None = None  # public by, in days from today
    registered: bool = False


LIVES = {
    "P1": Life(state=StudyState.FIELDWORK),
    "P3": Life(state=StudyState.FIELDWORK, promised=-20, registered=True),
    "P4": Life(state=StudyState.PLAN, promised=60),
}


def make_studies(world: World, theories: Mapping[str, Theory], example: Path) -> Study:
    """Make the cycles and their studies; give the study of the example."""
    by, reader = world.people[Role.LAB_RESEARCHER], world.people[Role.SUPERVISOR]
    made = {code: cycle_of(world, theories[code], by) for code in theories}
    to_phase(made["P1"], Phase.DATA, by)
    to_phase(made[IMPORTED], Phase.ANALYSIS, by)
    close(made["P4"], by, reader)
    for plain in content()["programmas"]:
        code = plain["code"]
        if code != IMPORTED:
            listen(world, theories[code], current(theories[code]), plain)
    study = take_example(world, theories[IMPORTED], made[IMPORTED], example, by)
    settle(study, by)
    registering.register_plan(study, by=by, seen=fresh(study).edition, language="nl")
    look_at_tests(study, example, by)
    bring_to(study, StudyState.ANALYSIS, by)
    return fresh(study)


def current(theory: Theory) -> Cycle:
    """Give the cycle on which a team works now."""
    return theory.cycles.get(decided_on=None)


def cycle_of(world: World, theory: Theory, by: User) -> Cycle:
    """Start the first learning cycle of a theory."""
    question = "Welke stappen herkennen mensen, en waar knelt het?"
    return cycles.start(theory, words_of(theory, 1, question, world.partnership), by=by)


def words_of(
    theory: Theory, number: int, question: str, partnership: Partnership | None
) -> cycles.CycleWords:
    """Give what stands above a cycle."""
    title = f"{theory.title}, ronde {number}"[:150]
    return cycles.CycleWords(title=title, question=question, partnership=partnership)


def to_phase(cycle: Cycle, phase: Phase, by: User) -> Cycle:
    """Take a cycle to a phase, with an answer to every question on the way."""
    order = tuple(Phase)
    for passed in order[: order.index(phase)]:
        given = {question.value: ANSWERS[question] for question in GATES[passed]}
        cycle = cycles.answer(cycle, given, by=by, seen=cycle.edition)
        cycle = cycles.go_on(cycle, by=by, seen=cycle.edition)
    return cycle


def close(cycle: Cycle, by: User, reader: User) -> None:
    """Close a cycle with a decision, after every line gave its reflection; start the next one."""
    ending = cycles.Ending(
        conclusion=Conclusion.DELIVERY_FAILED,
        decision=Decision.ADJUST,
        reason="Bewoners herkennen de stappen; de steun voor mantelzorgers kwam niet op gang.",
    )
    cycle = to_phase(cycle, Phase.CONCLUSION, by)
    for asked, text in zip(Reflection.objects.filter(cycle=cycle), REFLECTIONS, strict=True):
        cycles.reflect(asked, text, by=reader, seen=asked.edition)
    cycle = cycles.decide(cycle, ending, by=by, seen=cycle.edition)
    question = "Komt de steun voor mantelzorgers nu op tijd?"
    words = words_of(cycle.theory, 2, question, cycle.partnership)
    cycles.start(cycle.theory, words, by=by, previous=cycle)


def listen(world: World, theory: Theory, cycle: Cycle, plain: Plain) -> None:
    """Start a study that listens to people, and write down what they said."""
    by, life = world.people[Role.LAB_RESEARCHER], LIVES[plain["code"]]
    title, question = QUESTIONS[plain["code"]]
    today = site_day()
    promised = None if life.promised is None else today + timedelta(days=life.promised)
    words = acts.StudyWords(
        title=title,
        question=question,
        organisation=world.organisations["SKB"],
        period_start=begun(),
        period_end=today + timedelta(days=30),
        purpose=Purpose.LEARN if promised is None else Purpose.ACCOUNT,
        publish_by=promised,
        invented=True,
        cycle=cycle,
        version=theory.latest,
    )
    study = acts.start(theory, words, by=by)
    if life.state != StudyState.PLAN:
        settle(study, by)
    if life.registered:
        registering.register_plan(study, by=by, seen=fresh(study).edition, language="nl")
    bring_to(study, life.state, by)
    write_down(fresh(study), plain, by)


def settle(study: Study, by: User) -> None:
    """Settle the safeguards of a study."""
    for row in study.safeguards.all():
        text = "Afgesproken met de functionaris gegevensbescherming (verzonnen)."
        acts.settle(row, SafeguardState.AGREED, text, by=by, seen=row.edition)


def bring_to(study: Study, state: StudyState, by: User) -> None:
    """Take a study along its life; what it lacks on the way is refused as always."""
    there = fresh(study)
    while there.state != state:
        there = lifecycle.go_on(there, by=by, seen=there.edition)


def fresh(study: Study) -> Study:
    """Read a study as it is now."""
    return Study.objects.select_related("theory", "version", "organisation").get(pk=study.pk)


def write_down(study: Study, plain: Plain, by: User) -> None:
    """Write down the fragments as claims, in one round for each method."""
    held: dict[str, Round] = {}
    for said in plain["fragmenten"]:
        method = METHODS[said["methode"]]
        if method not in held:
            row = Round(
                study=study, code="r1", method=method, organisation=study.organisation.name,
                interviewer="i1", held_on=site_day() - timedelta(days=40),
            )  # fmt: skip
            held[method] = rounds.hold(row, by=by)
        claims.add(held[method], claim_of(said, plain), by=by)


def claim_of(said: Plain, plain: Plain) -> claims.ClaimWords:
    """Make a claim of a fragment; what people miss is about the last outcome of the line."""
    impacts = [node["id"] for node in plain["knopen"] if node["type"] == "impact"]
    return claims.ClaimWords(
        target=said["schakel"] or impacts[0],
        stance=STANCES[said["standpunt"]],
        respondent=said["resp"],
        life_place=plain["naam"][:60],
        life_role="deelnemer",
        proposes=said.get("nieuw", ""),
        words=claims.Words(text=said["tekst"], consent=True, is_read=True),
    )
