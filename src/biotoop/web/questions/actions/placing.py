"""Open and close a research opening; apply, be placed, finish."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.accounts.models import User
from biotoop.web.organisations.rules import people_who
from biotoop.web.questions.enums import ApplicationState, OpeningState
from biotoop.web.questions.models import Application, ApplicationStep, Opening
from biotoop.web.questions.rules.placing import HOLDING, PLACING
from biotoop.web.shared.actions.records import Refused, Stale, change, check, keep, noted
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day

APPLIED = notice_kind("applied", gettext_lazy("%(name)s applies: %(title)s."))
MOVED = notice_kind("application_moved", gettext_lazy("Your application went on: %(title)s."))
ANSWERED = notice_kind("application_answered", gettext_lazy("%(name)s reacted: %(title)s."))
TURNS = {
    OpeningState.OPEN: (OpeningState.DRAFT, OpeningState.CLOSED),
    OpeningState.CLOSED: (OpeningState.OPEN,),
}


def turn(opening: Opening, state: OpeningState, *, by: UUID) -> None:
    """Open or close an opening."""
    with transaction.atomic():
        there = Opening.objects.select_for_update().get(pk=opening.pk)
        if there.state not in TURNS.get(state, ()):
            raise Refused(_("This cannot be done with it now."))
        change(there, {"state": state}, edition=there.edition, by=by)


def deciders(opening: Opening) -> set[UUID]:
    """Give who decides about applications."""
    return people_who(Application, Verb.DECIDE, {Kind.ORGANISATION: opening.organisation_id})


def ask_for(opening: Opening, values: Mapping[str, Any], *, student: User) -> Application:
    """Apply for a place."""
    with transaction.atomic():
        there = Opening.objects.select_for_update().get(pk=opening.pk)
        if not there.takes_applications:
            raise Refused(_("Nobody can apply for this now."))
        mine = there.applications.filter(student=student, state__in=[*ASKING, *HOLDING])
        if mine.exists():
            raise Refused(_("You applied for this already."))
        if not there.other_angles and values["angle"] not in there.angle_list:
            raise Refused(_("Choose one of the angles: others cannot be discussed here."))
        row = keep(Application(opening=there, student=student, **values), by=student.pk)
        ApplicationStep.objects.create(
            application=row, act="apply", was=row.state, became=row.state, by=student.pk
        )
        words = {"name": student.name, "title": there.title}
        tell(
            deciders(there), APPLIED, url_name="questions:application", object_id=row.pk,
            words=words,
        )  # fmt: skip
    return row


ASKING = (ApplicationState.APPLIED, ApplicationState.TALK)


def take_placing_step(
    row: Application, act: str, values: Mapping[str, Any], *, by: UUID, seen: int
) -> Application:
    """Take an application a step further, as long as there is a place for it."""
    step = PLACING[act]
    with transaction.atomic():
        opening = Opening.objects.select_for_update().get(pk=row.opening_id)
        there = Application.objects.select_for_update().select_related("student").get(pk=row.pk)
        if there.state not in step.was:
            raise Refused(_("This cannot be done with it now."))
        if there.edition != seen:
            raise Stale(there, {})
        if step.now == ApplicationState.OFFERED:
            held = opening.applications.filter(state__in=HOLDING).count()
            if held >= opening.seats:
                raise Refused(_("All places are given. First make room, or change the number."))
        for name in ("supervisor", "starts_on", "ends_on"):
            if name in values:
                setattr(there, name, values[name])
        was, there.state, there.since = there.state, step.now, site_day()
        there.edition += 1
        check(there)
        there.save()
        noted(there, f"application_{act}", by)
        ApplicationStep.objects.create(
            application=there, act=act, was=was, became=step.now, by=by,
            text=str(values.get("reason") or ""),
        )  # fmt: skip
        inform(there, opening, by)
    return there


def inform(row: Application, opening: Opening, by: UUID) -> None:
    """Tell the other side."""
    words = {"title": opening.title, "name": row.student.name}
    is_student = by == row.student_id
    people = deciders(opening) - {by} if is_student else {row.student_id}
    code = ANSWERED if is_student else MOVED
    tell(people, code, url_name="questions:application", object_id=row.pk, words=words)
