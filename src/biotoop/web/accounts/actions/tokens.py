"""Keys with which a person's programs read or write for them."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.enums import TokenScope
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.accounts.queries import live_tokens
from biotoop.web.shared.actions.audit import record

PREFIX, NOTED_EVERY, MOST = "bt_", timedelta(minutes=5), 10


class TooManyKeys(Exception):
    """A person has as many keys as anybody may have."""


def make(user: User, *, name: str, scope: str, days: int) -> tuple[ApiToken, str]:
    """Make a key; the key itself is given once and kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if live_tokens().filter(user=user).count() >= MOST:
            raise TooManyKeys
        token = ApiToken.objects.create(
            user=user,
            name=name,
            scope=TokenScope(scope),
            digest=digest(secret),
            expires_at=now() + timedelta(days=days),
        )
        note(user, "token_made", token.pk)
    return token, secret


def withdraw(user: User, pk: UUID) -> bool:
    """Take a key back; it stops working at once."""
    with transaction.atomic():
        gone = ApiToken.objects.filter(user=user, pk=pk).delete()[0] == 1
        if gone:
            note(user, "token_withdrawn", pk)
    return gone


def holder(secret: str) -> tuple[User, TokenScope] | None:
    """Give whose key this is and what it may do, as long as it works."""
    found = opened_by(secret)
    return (found.user, TokenScope(found.scope)) if found else None


def opened_by(secret: str) -> ApiToken | None:
    """Give the key, with its person, as long as it works; and note that it was used."""
    found = live_tokens().select_related("user").filter(digest=digest(secret)).first()
    if found is None or not found.user.is_active:
        return None
    if found.used_at is None or now() - found.used_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(used_at=now())
    return found


def digest(secret: str) -> str:
    """Digest a key; it holds 256 random bits, so that no slower digest is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def note(user: User, action: str, pk: UUID) -> None:
    """Write it in the audit trail."""
    record(actor=user.pk, action=action, purpose="access", object_kind="token", object_id=pk)
