"""Invite somebody by mail; the link works once, for a while, for that address only."""

from datetime import date, timedelta
from uuid import UUID

import attrs
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.links import digest, new_secret
from biotoop.web.organisations.actions.roles import PEOPLE, give
from biotoop.web.organisations.models import Invitation, Membership, Organisation
from biotoop.web.organisations.queries import live_memberships, open_invitations
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.mail import letter_kind, link, send
from biotoop.web.shared.actions.records import Refused, keep, noted
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day

DAYS = 14
LETTER = letter_kind("organisations/invitation", gettext_lazy("Invitation"))
ACCEPTED = notice_kind("invitation_accepted", gettext_lazy("%(name)s accepted your invitation."))


@attrs.frozen(kw_only=True)
class Invited:
    """Whom to invite, as what."""

    email: str
    name: str
    role: Role
    where: Where
    ends_on: date | None = None


def invite(organisation: Organisation, whom: Invited, *, by: UUID) -> Invitation:
    """Write an invitation and put its letter in the outbox."""
    email = User.objects.normalised(whom.email)
    if live_memberships().filter(organisation=organisation, user__email=email).exists():
        raise Refused(
            _("%(email)s already belongs to this organisation. Give a role on the person's page.")
            % {"email": email}
        )
    secret, moment = new_secret(), now()
    with transaction.atomic():
        close_expired(organisation, email)
        if open_invitations(organisation).filter(email=email).exists():
            raise Refused(
                _("%(email)s has an open invitation. Send that one again.") % {"email": email}
            )
        invitation = keep(
            Invitation(
                organisation=organisation, email=email, name=whom.name, role=whom.role,
                kind=whom.where.kind, scope_id=whom.where.scope_id, role_ends_on=whom.ends_on,
                digest=digest(secret), sent_at=moment, invited_by_id=by,
                expires_at=moment + timedelta(days=DAYS),
            ),
            by=by, purpose=PEOPLE,
        )  # fmt: skip
        write(invitation, secret)
    return invitation


def close_expired(organisation: Organisation, email: str) -> None:
    """Withdraw what ran out, so that a new invitation can stand in its place."""
    old = open_invitations(organisation).filter(email=email, expires_at__lte=now())
    old.update(withdrawn_at=now())


def write(invitation: Invitation, secret: str) -> None:
    """Put the letter in the outbox."""
    known = User.objects.filter(email=invitation.email).first()
    language = known.language if known else (get_language() or "nl")[:2]
    with override(language):
        words = {
            "name": invitation.name,
            "by": invitation.invited_by.name if invitation.invited_by else "",
            "organisation": invitation.organisation.name,
            "role": str(Role(invitation.role).label),
            "until": date_format(localtime(invitation.expires_at), "j F Y"),
            "address": link(reverse("organisations:accept", args=[secret])),
        }
    key = f"invitation:{invitation.pk}:{invitation.times_sent}"
    send(invitation.email, LETTER, words, language, key)


def send_again(invitation: Invitation, *, by: UUID) -> None:
    """Send an open invitation once more, with a new link; the old one stops working."""
    secret, moment = new_secret(), now()
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        fields = {"sent_at": moment, "expires_at": moment + timedelta(days=DAYS)}
        times = invitation.times_sent + 1
        if not rows.update(digest=digest(secret), times_sent=times, **fields):
            raise Refused(_("This invitation is no longer open."))
        invitation.refresh_from_db()
        noted(invitation, "sent_again", by, PEOPLE)
        write(invitation, secret)


def withdraw(invitation: Invitation, *, by: UUID) -> None:
    """Take an invitation back; its link stops working."""
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not rows.update(withdrawn_at=now()):
            raise Refused(_("This invitation is no longer open."))
        noted(invitation, "withdrawn", by, PEOPLE)


def invitation_of(secret: str) -> Invitation | None:
    """Give the invitation behind a link, as long as it works."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    alive = rows.filter(accepted_at=None, withdrawn_at=None, organisation__archived_at=None)
    return alive.filter(digest=digest(secret), expires_at__gt=now()).first()


def accept(invitation: Invitation, user: User) -> Membership:
    """Make somebody a member with the role, once."""
    if user.email != invitation.email:
        raise Refused(_("This invitation is for another e-mail address."))
    with transaction.atomic():
        rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not rows.filter(expires_at__gt=now()).update(accepted_at=now()):
            raise Refused(_("This invitation was used or withdrawn in the meantime."))
        membership = belong(invitation.organisation, user, by=user.pk)
        Invitation.objects.filter(pk=invitation.pk).update(membership=membership)
        where = Where(Kind(invitation.kind), invitation.scope_id)
        ends_on = invitation.role_ends_on
        if ends_on is None or ends_on >= site_day():
            give(
                membership,
                Role(invitation.role),
                where,
                by=invitation.invited_by_id,
                ends_on=ends_on,
            )
        noted(invitation, "accepted", user.pk, PEOPLE)
        if invitation.invited_by_id:
            tell([invitation.invited_by_id], ACCEPTED, url_name="organisations:member",
                 object_id=membership.pk, words={"name": user.name})  # fmt: skip
    return membership


def join(invitation: Invitation, name: str, password: str) -> User:
    """Make an account for who was invited, and accept with it."""
    with transaction.atomic():
        user = User.objects.create_user(invitation.email, password, name=name)
        accept(invitation, user)
    return user


def belong(organisation: Organisation, user: User, *, by: UUID) -> Membership:
    """Make somebody a member from today, unless they are."""
    there = live_memberships().filter(organisation=organisation, user=user).first()
    if there is not None:
        return there
    fresh = Membership(organisation=organisation, user=user, starts_on=site_day())
    return keep(fresh, by=by, purpose=PEOPLE)
