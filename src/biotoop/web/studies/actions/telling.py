"""Tell the people around a study or a cycle what happened, but never who did it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.accounts.models import User
from biotoop.web.organisations.queries import holds_on, live_grants
from biotoop.web.organisations.rules import people_who
from biotoop.web.programmes.models import Line, LinePartner
from biotoop.web.shared.enums import Kind, Reach, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import matrix
from biotoop.web.studies.models import Cycle, Reflection, Study

REGISTERED = notice_kind("plan_registered", _("The plan of “%(title)s” was registered."))
DATA = notice_kind("data_came_in", _("New data came in for “%(title)s”."))
MOVED = notice_kind("study_moved", _("“%(title)s” went to another step."))
CYCLE_MOVED = notice_kind("cycle_moved", _("The learning cycle “%(title)s” went on."))
DECIDED = notice_kind("cycle_decided", _("A decision was taken on the cycle “%(title)s”."))
REFLECT = notice_kind("reflection_asked", _("Your line is asked to reflect on “%(title)s”."))


def tell_team(study: Study, code: str, *, by: User) -> None:
    """Tell who works on a study."""
    people = team_of(study) - {by.pk}
    words = {"title": study.title}
    tell(people, code, url_name="studies:study", object_id=study.pk, words=words)


def team_of(study: Study) -> set[UUID]:
    """Give who may change a study."""
    around = {
        Kind.ORGANISATION: study.organisation_id,
        Kind.PROGRAMME: study.theory.programme_id,
        Kind.THEORY: study.theory_id,
        Kind.STUDY: study.pk,
    }
    return people_who(Study, Verb.CHANGE, around)


def tell_cycle(cycle: Cycle, code: str, *, by: User) -> None:
    """Tell who works on a cycle."""
    around = {
        Kind.ORGANISATION: cycle.theory.programme.organisation_id,
        Kind.PROGRAMME: cycle.theory.programme_id,
        Kind.THEORY: cycle.theory_id,
        Kind.PARTNERSHIP: cycle.partnership_id,
    }
    say(people_who(Cycle, Verb.CHANGE, around) - {by.pk}, code, cycle)


def tell_lines(cycle: Cycle, lines: Iterable[Line], *, by: User) -> None:
    """Tell who may speak for the lines that their reflection is asked."""
    label = Reflection._meta.label
    speak = [role for role in Role if Reach.OWN in matrix().reaches(label, role, Verb.CHANGE)]
    at_work = LinePartner.objects.filter(holds_on(site_day()), line__in=list(lines))
    rows = live_grants().filter(
        role__in=speak, membership__organisation__in=at_work.values("organisation")
    )
    say(set(rows.values_list("user", flat=True)) - {by.pk}, REFLECT, cycle)


def say(people: set[UUID], code: str, cycle: Cycle) -> None:
    """Tell something about a cycle."""
    words = {"title": cycle.title}
    tell(people, code, url_name="studies:cycle", object_id=cycle.pk, words=words)
