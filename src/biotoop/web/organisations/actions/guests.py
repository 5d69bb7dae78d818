"""Guests: a link that opens one place for a while, without an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from biotoop.web.organisations.actions.links import digest, new_secret
from biotoop.web.organisations.actions.roles import PEOPLE
from biotoop.web.organisations.models import GuestLink, Organisation
from biotoop.web.organisations.queries import live_guest_links
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.records import keep, noted

SESSION = "guest-link"


def open_to_guests(
    organisation: Organisation, where: Where, purpose: str, until: datetime, *, by: UUID
) -> tuple[GuestLink, str]:
    """Make a guest link; the secret is shown once and not kept."""
    secret = new_secret()
    fresh = GuestLink(
        organisation=organisation, kind=where.kind, scope_id=where.scope_id, purpose=purpose,
        digest=digest(secret), expires_at=until, made_by_id=by,
    )  # fmt: skip
    return keep(fresh, by=by, purpose=PEOPLE), secret


def withdraw(link: GuestLink, *, by: UUID) -> None:
    """Close a guest link at once, also for who is looking now."""
    with transaction.atomic():
        if GuestLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=now()):
            noted(link, "withdrawn", by, PEOPLE)


def allow_again(link: GuestLink, *, by: UUID) -> None:
    """Undo that a guest link was withdrawn."""
    with transaction.atomic():
        rows = GuestLink.objects.filter(pk=link.pk, withdrawn_at__isnull=False)
        if rows.update(withdrawn_at=None):
            noted(link, "allowed_again", by, PEOPLE)


def link_of(secret: str) -> GuestLink | None:
    """Give the guest link behind an address, as long as it works."""
    rows = live_guest_links().select_related("organisation")
    return rows.filter(digest=digest(secret), organisation__archived_at=None).first()


def enter(link: GuestLink) -> None:
    """Write down that a guest came in."""
    with transaction.atomic():
        GuestLink.objects.filter(pk=link.pk).update(used_at=now())
        noted(link, "used", None, "access")
