"""Move a study through its life; what is missing for the next step is said beforehand."""

from collections.abc import Callable, Iterator

import attrs
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Refused
from biotoop.web.studies.actions.editions import Reasons, fresh, keep
from biotoop.web.studies.actions.telling import MOVED, tell_team
from biotoop.web.studies.enums import Purpose, SafeguardState, StudyState
from biotoop.web.studies.models import StateChange, Study
from biotoop.web.studies.queries import evidence_of

ORDER = tuple(StudyState)


@attrs.frozen
class Missing:
    """Something that a study needs before it can go on, and the page where that is done."""

    text: str
    page: str


Needs = Callable[[Study], Iterator[Missing]]
NEEDS: dict[StudyState, list[Needs]] = {}


def needed_for(state: StudyState) -> Callable[[Needs], Needs]:
    """Say what a study needs before it enters a state; apps above studies add theirs."""

    def keep_it(needs: Needs) -> Needs:
        NEEDS.setdefault(state, []).append(needs)
        return needs

    return keep_it


def next_state(study: Study) -> StudyState | None:
    """Give the state after this one; a closed study has none."""
    place = ORDER.index(StudyState(study.state)) + 1
    return ORDER[place] if place < len(ORDER) else None


def missing(study: Study) -> tuple[Missing, ...]:
    """Say what is missing for the next state."""
    state = next_state(study)
    return tuple(each for needs in NEEDS.get(state, ()) for each in needs(study)) if state else ()


@needed_for(StudyState.PLAN)
def a_theory(study: Study) -> Iterator[Missing]:
    if study.version_id is None:
        yield Missing(_("Choose the published version of the theory."), "studies:change")


@needed_for(StudyState.ETHICS_AGREED)
def safeguards(study: Study) -> Iterator[Missing]:
    for row in study.safeguards.filter(state=SafeguardState.OPEN):
        text = _("Settle the safeguard: %(what)s.") % {"what": row.get_kind_display()}
        yield Missing(text, "studies:safeguards")


@needed_for(StudyState.FIELDWORK)
def a_registered_plan(study: Study) -> Iterator[Missing]:
    if study.purpose == Purpose.ACCOUNT and not study.registrations.exists():
        yield Missing(
            _("Register the plan: a study that accounts fixes it before the fieldwork."),
            "studies:plan",
        )


@needed_for(StudyState.ANALYSIS)
def evidence(study: Study) -> Iterator[Missing]:
    if not evidence_of([study.pk]).get(study.pk):
        yield Missing(_("Bring in evidence: claims, data, literature or a test."), "studies:study")


@needed_for(StudyState.CLOSED)
def publication(study: Study) -> Iterator[Missing]:
    if study.purpose == Purpose.ACCOUNT and study.published_on is None:
        yield Missing(_("Publish the result, and say where it can be read."), "studies:publish")


@transaction.atomic
def go_on(study: Study, *, by: User, seen: int) -> Study:
    """Take a study to its next state.

    Raises
    ------
    Refused
        Something is missing, or the study is closed.
    """
    there = fresh(study, seen)
    state = next_state(there)
    if state is None:
        raise Refused(_("This study is closed."))
    if needed := missing(there):
        raise Reasons(*(each.text for each in needed))
    return moved(there, state, "", by)


@transaction.atomic
def go_back(study: Study, reason: str, *, by: User, seen: int) -> Study:
    """Take a study back one state, with the reason."""
    there = fresh(study, seen)
    place = ORDER.index(StudyState(there.state))
    if place == 0:
        raise Refused(_("This study is at its beginning."))
    if not reason.strip():
        raise Refused(_("Say why the study goes back."))
    return moved(there, ORDER[place - 1], reason.strip(), by)


def moved(study: Study, state: StudyState, reason: str, by: User) -> Study:
    """Write down that a study went to another state."""
    StateChange.objects.create(study=study, was=study.state, now=state, reason=reason, by=by.pk)
    study.state = state
    kept = keep(study, f"study_to_{state}", "study", by)
    tell_team(kept, MOVED, by=by)
    return kept
