"""Which rows of organisations lie where."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import attrs
from django.db.models import Model, Q

from biotoop.web.organisations.models import (
    GuestLink,
    Invitation,
    Membership,
    Organisation,
    RoleGrant,
)
from biotoop.web.organisations.queries import live_grants, live_memberships
from biotoop.web.shared.enums import Kind, Reach, Role, Verb
from biotoop.web.shared.rules import Reader, lies_within, matrix, may_make, place, reach, visible
from biotoop.web.shared.rules.registry import PLACES, REACHES, SHARED

place(Kind.ORGANISATION, Organisation)
# Roles that open much: who has one must use a second factor.
SECURED = frozenset(
    {
        Role.PARTNER_ADMINISTRATOR,
        Role.PROGRAMME_COORDINATOR,
        Role.DATA_PROTECTION_OFFICER,
        Role.KEY_KEEPER,
        Role.EXAMINATION_BOARD,
        Role.SYSTEM_ADMINISTRATOR,
    }
)
# Roles that nobody is given: a link, or being anybody, makes one that.
NEVER_GIVEN = frozenset({Role.GUEST, Role.VISITOR})
# Where a role can be given, if not in an organisation and in any place within it.
ONLY_AT = {
    Role.SYSTEM_ADMINISTRATOR: {Kind.SITE},
    Role.PARTNER_ADMINISTRATOR: {Kind.ORGANISATION},
    Role.DATA_PROTECTION_OFFICER: {Kind.ORGANISATION},
    Role.EXAMINATION_BOARD: {Kind.ORGANISATION},
    Role.KEY_KEEPER: {Kind.ORGANISATION},
}
# Who gives which roles, within the places where the matrix lets them.
_BY_PARTNER = frozenset(Role) - NEVER_GIVEN - {Role.SYSTEM_ADMINISTRATOR}
GIVES: dict[Role, frozenset[Role]] = {
    Role.PARTNER_ADMINISTRATOR: _BY_PARTNER,
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {Role.PARTNER_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.PROGRAMME_COORDINATOR}
    ),
}


@attrs.frozen
class Where:
    """A place in which a role holds."""

    kind: Kind
    scope_id: UUID | None


def may_give(
    reader: Reader, role: Role, where: Where, organisation: UUID, model: type[Model] = RoleGrant
) -> bool:
    """Tell whether a reader may give this role, through this organisation, in this place."""
    if role in NEVER_GIVEN or where.kind not in ONLY_AT.get(role, {where.kind}):
        return False
    is_inside = lies_within((where.kind, where.scope_id), Kind.ORGANISATION, {organisation})
    is_coordinator = role == Role.PROGRAMME_COORDINATOR and where.kind == Kind.PARTNERSHIP
    givers = {grant.role for grant in reader.grants if role in GIVES.get(grant.role, ())}
    if not givers or not (is_inside or is_coordinator):
        return False
    allowed = Reader(reader.user_id, tuple(g for g in reader.grants if g.role in givers))
    return may_make(allowed, model, where.kind, where.scope_id)


@reach(Organisation, Kind.ORGANISATION)
def the_organisation(ids: Collection[UUID]) -> Q:
    return Q(pk__in=ids)


@reach(Organisation, Reach.OWN)
def organisations_of(ids: Collection[UUID]) -> Q:
    return Q(pk__in=live_memberships().filter(user__in=ids).values("organisation"))


@reach(Membership, Kind.ORGANISATION)
@reach(Invitation, Kind.ORGANISATION)
@reach(GuestLink, Kind.ORGANISATION)
def of_the_organisation(ids: Collection[UUID]) -> Q:
    return Q(organisation__in=ids)


@reach(Membership, Reach.OWN)
@reach(RoleGrant, Reach.OWN)
def of_the_person(ids: Collection[UUID]) -> Q:
    return Q(user__in=ids)


@reach(RoleGrant, Kind.ORGANISATION)
def given_through_the_organisation(ids: Collection[UUID]) -> Q:
    return Q(membership__organisation__in=ids)


@reach(GuestLink, Kind.PROGRAMME)
def about_the_programme(ids: Collection[UUID]) -> Q:
    return Q(kind=Kind.PROGRAMME, scope_id__in=ids)


def people_who(model: type[Model], verb: Verb, around: Mapping[Kind, UUID | None]) -> set[UUID]:
    """Give who may do this with rows of a model by a role in one of these places, today."""
    wanted = Q(pk__in=())
    for role in Role:
        words = matrix().reaches(model._meta.label, role, verb)
        for kind, place_id in around.items():
            if kind in words and place_id is not None:
                wanted |= Q(role=role, kind=kind, scope_id=place_id)
    return set(live_grants().filter(wanted).values_list("user", flat=True))


def places_in(reader: Reader, organisation: UUID) -> list[tuple[str, str]]:
    """List the places in an organisation that a reader sees, as choices."""
    found: list[tuple[str, str]] = []
    for kind, model in sorted(PLACES.items(), key=lambda item: list(Kind).index(item[0])):
        if kind == Kind.ORGANISATION:
            continue
        rows = visible(reader, model)
        if kind in SHARED:
            if Role.SYSTEM_ADMINISTRATOR not in reader.roles:
                continue
        elif (model._meta.label, Kind.ORGANISATION.value) in REACHES:
            inside = REACHES[model._meta.label, Kind.ORGANISATION.value]({organisation})
            rows = rows.filter(inside)
        else:
            continue
        found += [(f"{kind}:{row.pk}", f"{kind.label}: {row}") for row in rows]
    return found


def place_names(reader: Reader, wheres: Iterable[Where]) -> dict[Where, str]:
    """Give the names of places that a reader sees, in one query for each kind."""
    names: dict[Where, str] = {}
    wanted = set(wheres)
    for kind in {where.kind for where in wanted} & set(PLACES):
        ids = [where.scope_id for where in wanted if where.kind == kind]
        for row in visible(reader, PLACES[kind]).filter(pk__in=ids):
            names[Where(kind, row.pk)] = str(row)
    return names


def roles_to_give(reader: Reader, organisation: UUID, model: type[Model] = RoleGrant) -> list[Role]:
    """List the roles that a reader may give somewhere through an organisation."""
    here = Where(Kind.ORGANISATION, organisation)
    at_site = Role.SYSTEM_ADMINISTRATOR in reader.roles
    return [
        role
        for role in Role
        if may_give(reader, role, here, organisation, model)
        or (at_site and role in GIVES[Role.SYSTEM_ADMINISTRATOR])
    ]
