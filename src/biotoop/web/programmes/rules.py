"""Which rows lie where, and who works with whom."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
    PolicyGoal,
    Programme,
)
from biotoop.web.programmes.queries import partners_in, partners_of, partnerships_of
from biotoop.web.shared.enums import Kind, Reach
from biotoop.web.shared.rules import place, reach

place(Kind.PARTNERSHIP, Partnership)
place(Kind.PROGRAMME, Programme)


@reach(Organisation, Reach.PARTNERS)
def partner_organisations(ids: Collection[UUID]) -> Q:
    return Q(pk__in=partners_of(ids))


@reach(Organisation, Kind.PARTNERSHIP)
def organisations_taking_part(ids: Collection[UUID]) -> Q:
    return Q(pk__in=partners_in(ids))


@reach(Organisation, Kind.PROGRAMME)
def organisation_of_the_programme(ids: Collection[UUID]) -> Q:
    return Q(pk__in=Programme.objects.filter(pk__in=ids).values("organisation"))


@reach(Membership, Reach.PARTNERS)
@reach(Programme, Reach.PARTNERS)
@reach(PolicyGoal, Reach.PARTNERS)
def of_partner_organisations(ids: Collection[UUID]) -> Q:
    return Q(organisation__in=partners_of(ids))


@reach(Membership, Kind.PARTNERSHIP)
@reach(Programme, Kind.PARTNERSHIP)
@reach(PolicyGoal, Kind.PARTNERSHIP)
def of_organisations_taking_part(ids: Collection[UUID]) -> Q:
    return Q(organisation__in=partners_in(ids))


@reach(Programme, Kind.ORGANISATION)
@reach(PolicyGoal, Kind.ORGANISATION)
@reach(Capacity, Kind.ORGANISATION)
def of_the_organisation(ids: Collection[UUID]) -> Q:
    return Q(organisation__in=ids)


@reach(Programme, Kind.PROGRAMME)
@reach(Partnership, Kind.PARTNERSHIP)
def the_place_itself(ids: Collection[UUID]) -> Q:
    return Q(pk__in=ids)


@reach(PolicyGoal, Reach.PUBLIC)
def open_to_anybody(ids: Collection[UUID]) -> Q:  # noqa: ARG001 - every reach has this form
    return Q(is_public=True, archived_at=None)


@reach(Partnership, Reach.PARTNERS)
def in_which_they_take_part(ids: Collection[UUID]) -> Q:
    return Q(pk__in=partnerships_of(ids))


@reach(Agreement, Reach.PARTNERS)
@reach(Partner, Reach.PARTNERS)
@reach(Capacity, Reach.PARTNERS)
@reach(Line, Reach.PARTNERS)
def of_those_in_which_they_take_part(ids: Collection[UUID]) -> Q:
    return Q(partnership__in=partnerships_of(ids))


@reach(Agreement, Kind.PARTNERSHIP)
@reach(Partner, Kind.PARTNERSHIP)
@reach(Capacity, Kind.PARTNERSHIP)
@reach(Line, Kind.PARTNERSHIP)
def of_the_partnership(ids: Collection[UUID]) -> Q:
    return Q(partnership__in=ids)


@reach(LinePartner, Reach.PARTNERS)
def on_lines_in_which_they_take_part(ids: Collection[UUID]) -> Q:
    return Q(line__partnership__in=partnerships_of(ids))


@reach(LinePartner, Kind.PARTNERSHIP)
def on_lines_of_the_partnership(ids: Collection[UUID]) -> Q:
    return Q(line__partnership__in=ids)
