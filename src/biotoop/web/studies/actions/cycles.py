"""Take a learning cycle from design to conclusion, and on to the next one."""

from collections.abc import Mapping
from uuid import UUID

import attrs
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.programmes.models import Line, Partnership
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.actions.editions import Reasons, fresh, keep
from biotoop.web.studies.actions.telling import CYCLE_MOVED, DECIDED, tell_cycle, tell_lines
from biotoop.web.studies.enums import GATES, GateQuestion, Phase
from biotoop.web.studies.models import Cycle, GateAnswer, Reflection
from biotoop.web.studies.queries import lines_of, open_questions
from biotoop.web.theories.models import Theory

PURPOSE = "learning cycle"
ORDER = tuple(Phase)


@attrs.frozen(kw_only=True)
class CycleWords:
    """What stands above a cycle."""

    title: str
    question: str
    partnership: Partnership | None = None


@transaction.atomic
def start(theory: Theory, words: CycleWords, *, by: User, previous: Cycle | None = None) -> Cycle:
    """Start a cycle on a theory; the next one names the one before it."""
    if previous is not None and not previous.is_closed:
        raise Refused(_("Decide on this cycle first; then the next one can start."))
    made = Cycle.objects.create(
        theory=theory, previous=previous, **attrs.asdict(words, recurse=False)
    )
    noted(made, "cycle_started", by.pk, PURPOSE)
    return made


@transaction.atomic
def change(cycle: Cycle, words: CycleWords, *, by: User, seen: int) -> Cycle:
    """Change what stands above a cycle that is not closed."""
    there = open_one(cycle, seen)
    if there.partnership != words.partnership and there.phase == Phase.CONCLUSION:
        raise Refused(_("The lines were asked already; the research programme stays as it is."))
    for name, value in attrs.asdict(words, recurse=False).items():
        setattr(there, name, value)
    return keep(there, "cycle_changed", PURPOSE, by)


@transaction.atomic
def answer(cycle: Cycle, answers: Mapping[str, str], *, by: User, seen: int) -> Cycle:
    """Keep the answers to the questions of this phase."""
    there = open_one(cycle, seen)
    asked = GATES[Phase(there.phase)]
    for question in asked:
        text = answers.get(question, "").strip()
        kept = GateAnswer.objects.filter(cycle=there, question=question).first()
        if (kept.answer if kept else "") == text:
            continue
        kept = kept or GateAnswer(cycle=there, phase=there.phase, question=question)
        kept.answer, kept.by = text, by.pk
        kept.save()
    return keep(there, "cycle_gate_answered", PURPOSE, by)


def missing(cycle: Cycle) -> tuple[str, ...]:
    """Say what is still needed before the cycle can go on, or before it can be closed."""
    if cycle.phase != Phase.CONCLUSION:
        return tuple(str(GateQuestion(question).label) for question in open_questions(cycle))
    waiting = [each for each in cycle.reflections.select_related("line") if not each.is_settled]
    return tuple(
        _("The reflection of the line “%(line)s”, or that no reaction was received.")
        % {"line": each.line}
        for each in waiting
    )


@transaction.atomic
def go_on(cycle: Cycle, *, by: User, seen: int) -> Cycle:
    """Go on to the next phase.

    Raises
    ------
    Refused
        Questions of this phase wait for an answer, or this is the last phase.
    """
    there = open_one(cycle, seen)
    if there.phase == Phase.CONCLUSION:
        raise Refused(_("This is the last phase: close the cycle with a decision."))
    if needed := missing(there):
        raise Reasons(*needed)
    there.phase = ORDER[ORDER.index(Phase(there.phase)) + 1]
    if there.phase == Phase.CONCLUSION:
        tell_lines(there, ask_lines(there), by=by)
    kept = keep(there, "cycle_went_on", PURPOSE, by)
    tell_cycle(kept, CYCLE_MOVED, by=by)
    return kept


def ask_lines(cycle: Cycle) -> list[Line]:
    """Ask each line what it thinks of the conclusion; give the ones not asked before."""
    return [
        line
        for line in lines_of(cycle)
        if Reflection.objects.get_or_create(cycle=cycle, line=line)[1]
    ]


@transaction.atomic
def go_back(cycle: Cycle, *, by: User, seen: int) -> Cycle:
    """Go back one phase: learning is not a straight line."""
    there = open_one(cycle, seen)
    if there.phase == Phase.DESIGN:
        raise Refused(_("This is the first phase."))
    there.phase = ORDER[ORDER.index(Phase(there.phase)) - 1]
    return keep(there, "cycle_went_back", PURPOSE, by)


@transaction.atomic
def reflect(reflection: Reflection, text: str, *, by: User, seen: int) -> Reflection:
    """Give the reflection of a line."""
    there = fresh(reflection, seen)
    refuse_closed(there.cycle)
    there.text, there.none_received = text.strip(), False
    there.by, there.given_at = by.pk, now()
    return keep(there, "reflection_given", PURPOSE, by)


@transaction.atomic
def heard_nothing(reflection: Reflection, *, by: User, seen: int) -> Reflection:
    """Say that a line was asked and did not react; words that came are not taken away."""
    there = fresh(reflection, seen)
    refuse_closed(there.cycle)
    if there.text:
        raise Refused(_("This line gave a reflection."))
    there.none_received, there.by, there.given_at = True, by.pk, now()
    return keep(there, "reflection_not_received", PURPOSE, by)


@attrs.frozen(kw_only=True)
class Ending:
    """How a cycle ends: what failed, what is done, and why."""

    conclusion: str
    decision: str
    reason: str


@transaction.atomic
def decide(cycle: Cycle, ending: Ending, *, by: User, seen: int) -> Cycle:
    """Close a cycle with a decision.

    Raises
    ------
    Refused
        It is not in its last phase, or a line neither reacted nor was found silent.
    """
    there = open_one(cycle, seen)
    if there.phase != Phase.CONCLUSION:
        raise Refused(_("A cycle is closed in its last phase; it is not there yet."))
    ask_lines(there)
    if needed := missing(there):
        raise Reasons(*needed)
    there.conclusion, there.decision = ending.conclusion, ending.decision
    there.decision_reason = ending.reason.strip()
    there.decided_on, there.decided_by = site_day(), by.pk
    kept = keep(there, "cycle_decided", PURPOSE, by)
    tell_cycle(kept, DECIDED, by=by)
    return kept


def open_one(cycle: Cycle, seen: int) -> Cycle:
    """Give a cycle to change, unless it is closed or stale."""
    there = fresh(cycle, seen)
    refuse_closed(there)
    return there


def refuse_closed(cycle: Cycle) -> None:
    """Refuse to change what was decided."""
    if cycle.is_closed:
        raise Refused(_("This cycle is closed and stays as it is; start the next one."))


def asked_of(cycle: Cycle) -> dict[UUID, Reflection]:
    """Give the reflections of a cycle by line."""
    return {each.line_id: each for each in cycle.reflections.select_related("line")}
