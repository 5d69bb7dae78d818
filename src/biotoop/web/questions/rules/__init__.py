"""Which questions lie where: with the organisation of their desk, and with who works on them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Model, Q

from biotoop.web.programmes.queries import partners_in, partners_of
from biotoop.web.questions.enums import SHARED, GatheringState, OpeningState
from biotoop.web.questions.models import (
    Application,
    Contributor,
    Desk,
    Expertise,
    Gathering,
    Match,
    Opening,
    Question,
    Registration,
    Translation,
)
from biotoop.web.questions.queries import live_matches
from biotoop.web.shared.enums import Kind, Reach
from biotoop.web.shared.rules import reach

Ids = Collection[UUID]


def along(model: type[Model], start: str) -> None:
    """Let rows lie where the desk of their question lies; partners see what was accepted."""
    home = f"{start}desk__organisation__in"
    shared = Q(**{f"{start}state__in": SHARED, f"{start}archived_at": None})

    @reach(model, Kind.ORGANISATION)
    def at_the_desk(ids: Ids) -> Q:
        return Q(**{home: ids})

    @reach(model, Reach.PARTNERS)
    def at_a_desk_of_partners(ids: Ids) -> Q:
        return shared & Q(**{home: partners_of(ids)})

    @reach(model, Kind.PARTNERSHIP)
    def at_a_desk_in_the_partnership(ids: Ids) -> Q:
        return shared & Q(**{home: partners_in(ids)})


along(Question, "")
for part in (Contributor, Match, Translation):
    along(part, "question__")


@reach(Question, Reach.OWN)
def on_which_they_work(ids: Ids) -> Q:
    working = Contributor.objects.filter(user__in=ids, archived_at=None).values("question")
    matched = live_matches().filter(expertise__user__in=ids).values("question")
    return Q(pk__in=working) | Q(pk__in=matched)


@reach(Contributor, Reach.OWN)
@reach(Expertise, Reach.OWN)
def themselves(ids: Ids) -> Q:
    return Q(user__in=ids)


@reach(Match, Reach.OWN)
def matched_now(ids: Ids) -> Q:
    return Q(expertise__user__in=ids, ended_on=None)


@reach(Translation, Reach.OWN)
def written_by_them(ids: Ids) -> Q:
    return Q(by__in=ids)


@reach(Desk, Kind.ORGANISATION)
@reach(Expertise, Kind.ORGANISATION)
@reach(Gathering, Kind.ORGANISATION)
@reach(Opening, Kind.ORGANISATION)
def of_the_organisation(ids: Ids) -> Q:
    return Q(organisation__in=ids)


@reach(Desk, Reach.PARTNERS)
@reach(Expertise, Reach.PARTNERS)
def of_partners(ids: Ids) -> Q:
    return Q(organisation__in=partners_of(ids))


@reach(Desk, Kind.PARTNERSHIP)
@reach(Expertise, Kind.PARTNERSHIP)
def of_the_partnership(ids: Ids) -> Q:
    return Q(organisation__in=partners_in(ids))


@reach(Desk, Reach.PUBLIC)
def open_to_anybody(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    return Q(is_open=True, archived_at=None)


@reach(Gathering, Reach.PUBLIC)
def for_anybody(ids: Ids) -> Q:  # noqa: ARG001 - as above
    return ~Q(state=GatheringState.PLANNED) & Q(is_public=True, archived_at=None)


@reach(Gathering, Reach.PARTNERS)
def gatherings_of_partners(ids: Ids) -> Q:
    return ~Q(state=GatheringState.PLANNED) & Q(organisation__in=partners_of(ids))


@reach(Gathering, Reach.OWN)
def to_which_they_come(ids: Ids) -> Q:
    return Q(pk__in=Registration.objects.filter(user__in=ids).values("gathering"))


@reach(Registration, Kind.ORGANISATION)
def for_what_the_organisation_holds(ids: Ids) -> Q:
    return Q(gathering__organisation__in=ids)


@reach(Registration, Reach.OWN)
def who_registered(ids: Ids) -> Q:
    return Q(user__in=ids)


@reach(Opening, Reach.PUBLIC)
def open_to_students(ids: Ids) -> Q:  # noqa: ARG001 - as above
    return Q(state=OpeningState.OPEN, archived_at=None)


@reach(Opening, Reach.OWN)
def for_which_they_applied(ids: Ids) -> Q:
    return Q(pk__in=Application.objects.filter(student__in=ids).values("opening"))


@reach(Application, Kind.ORGANISATION)
def to_the_organisation(ids: Ids) -> Q:
    return Q(opening__organisation__in=ids)


@reach(Application, Reach.OWN)
def of_the_student(ids: Ids) -> Q:
    return Q(student__in=ids)
