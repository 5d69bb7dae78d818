"""What the tables of organisations are asked."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import (
    GuestLink,
    Invitation,
    Membership,
    Organisation,
    RoleGrant,
)
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ANYBODY, NOBODY, Grant, Reader


def holds_on(day: date, prefix: str = "") -> Q:
    """Give the condition that something with a first and a last day holds on this day."""
    ended = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})
    return ended & Q(**{f"{prefix}starts_on__lte": day, f"{prefix}archived_at": None})


def live_memberships(day: date | None = None) -> QuerySet[Membership]:
    """List who belongs where on a day."""
    return Membership.objects.filter(holds_on(day or site_day()))


def live_grants(day: date | None = None) -> QuerySet[RoleGrant]:
    """List the roles that hold on a day; one given through a membership holds as long as that."""
    day = day or site_day()
    through = Q(membership=None) | holds_on(day, "membership__")
    return RoleGrant.objects.filter(holds_on(day), through, user__is_active=True)


def live_guest_links(at: datetime | None = None) -> QuerySet[GuestLink]:
    """List the links that still open something."""
    return GuestLink.objects.filter(withdrawn_at=None, archived_at=None, expires_at__gt=at or now())


def administrators_of(organisation: Organisation) -> QuerySet[RoleGrant]:
    """List the roles that let somebody administer an organisation today."""
    here = {"kind": Kind.ORGANISATION, "scope_id": organisation.pk}
    return live_grants().filter(role=Role.PARTNER_ADMINISTRATOR, **here)


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """List the invitations that were neither accepted nor withdrawn; some may have run out."""
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)


def reader_of(user: User | None) -> Reader:
    """Give a person with everything that they may do today, in one query."""
    if user is None or not user.is_active:
        return NOBODY
    rows = live_grants().filter(user=user)
    fields = ("role", "kind", "scope_id", "membership__organisation_id")
    given = [
        Grant(Role(role), Kind(kind), scope_id, home)
        for role, kind, scope_id, home in rows.values_list(*fields)
    ]
    return Reader(user.id, (ANYBODY, *given))


def as_guest(reader: Reader, link_id: UUID) -> Reader:
    """Add what a guest link opens, as long as it works."""
    link = live_guest_links().filter(pk=link_id).first()
    if link is None:
        return reader
    guest = Grant(Role.GUEST, Kind(link.kind), link.scope_id)
    return Reader(reader.user_id, (*reader.grants, guest))
