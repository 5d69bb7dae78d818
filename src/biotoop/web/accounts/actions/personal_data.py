"""All that is kept about a person: give it to them, and forget it when they ask."""

import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from biotoop.web.accounts.actions.notices import text_of
from biotoop.web.accounts.models import (
    ApiToken,
    Notice,
    RecoveryCode,
    SecondFactor,
    SignOnIdentity,
    User,
)
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.models import AuditEntry, Letter, StoredFile

Rows = list[dict[str, Any]]
Provider = Callable[[User], Rows]
ABOUT: dict[str, tuple[str | Promise, Provider]] = {}
TO_HAND_OVER: list[Callable[[User], list[str]]] = []
FORGETTING: list[Callable[[User], None]] = []
ERASED = "erased.invalid"
NAMES: dict[str, str | Promise] = {
    "id": _("number"),
    "email": _("e-mail address"),
    "name": _("name"),
    "language": _("language"),
    "time_zone": _("time zone"),
    "digest": _("news by mail"),
    "joined_at": _("since"),
    "last_login": _("last signed in"),
    "issuer": _("organisation's sign-on"),
    "subject": _("number there"),
    "linked_at": _("linked on"),
    "text": _("text"),
    "at": _("when"),
    "read_at": _("read on"),
    "scope": pgettext_lazy("what a key may do", "may"),
    "created_at": _("made on"),
    "expires_at": _("works until"),
    "used_at": _("last used"),
    "template": _("kind"),
    "sent_at": _("sent on"),
    "size": _("size in bytes"),
    "action": _("what"),
    "purpose": _("for what"),
    "object_kind": _("kind of object"),
    "object_id": _("number of the object"),
}


class WorkToHandOver(Exception):
    """Others would be left without somebody they need; ``reasons`` says what to hand over first."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def about(
    code: str, words: str | Promise
) -> Callable[[Callable[[User], Rows]], Callable[[User], Rows]]:
    """Say what an app keeps about a person, for the export."""

    def keep(rows: Provider) -> Provider:
        ABOUT[code] = (words, rows)
        return rows

    return keep


def must_hand_over(reasons: Callable[[User], list[str]]) -> Callable[[User], list[str]]:
    """Say what a person must hand over before they can go: sentences, none when free to go."""
    TO_HAND_OVER.append(reasons)
    return reasons


def forgets(forget: Callable[[User], None]) -> Callable[[User], None]:
    """Say what an app takes away when a person is forgotten; called in the transaction."""
    FORGETTING.append(forget)
    return forget


def everything(user: User) -> dict[str, Rows]:
    """Give all that is kept about a person, by subject."""
    return {code: rows(user) for code, (_words, rows) in sorted(ABOUT.items())}


def readable(user: User) -> list[tuple[str, Rows]]:
    """Give the same in words, for on a page."""
    return [
        (str(words), [{in_words(name): value for name, value in row.items()} for row in rows(user)])
        for _code, (words, rows) in sorted(ABOUT.items())
    ]


def in_words(name: str) -> str:
    """Write the name of a field for a reader; an app may add its own to ``NAMES``."""
    return str(NAMES.get(name, name))


def as_json(user: User) -> str:
    """Write the export, and note that it was made."""
    record(actor=user.pk, action="personal_data_exported", purpose="rights",
           object_kind="account", object_id=user.pk)  # fmt: skip
    return json.dumps(everything(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def to_hand_over(user: User) -> list[str]:
    """List what stands in the way of going."""
    return [reason for ask in TO_HAND_OVER for reason in ask(user)]


def erase(user: User) -> None:
    """Forget a person. What they made for others stays, without a name; the trail keeps numbers."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        reasons = to_hand_over(user)
        if reasons:
            raise WorkToHandOver(reasons)
        for forget in FORGETTING:
            forget(user)
        Letter.objects.filter(to=user.email).delete()
        for proofs in (SecondFactor, RecoveryCode, SignOnIdentity, Notice, ApiToken):
            proofs._default_manager.filter(user=user).delete()
        user.email, user.name = f"{user.pk}@{ERASED}", str(_("account taken away"))
        user.is_active, user.last_login = False, None
        user.set_unusable_password()
        user.save()
        record(actor=user.pk, action="account_erased", purpose="rights",
               object_kind="account", object_id=user.pk)  # fmt: skip


@about("account", _("Your account"))
def _account(user: User) -> Rows:
    shown = ("id", "email", "name", "language", "time_zone", "digest", "joined_at", "last_login")
    return [{name: getattr(user, name) for name in shown}]


@about("identities", _("Sign-on through your organisation"))
def _identities(user: User) -> Rows:
    return [dict(row) for row in user.identities.values("issuer", "subject", "linked_at")]


@about("notices", _("News"))
def _notices(user: User) -> Rows:
    return [
        {"text": text_of(notice), "at": notice.created_at, "read_at": notice.read_at}
        for notice in user.notices.order_by("-created_at")
    ]


@about("tokens", _("Keys for programs"))
def _tokens(user: User) -> Rows:
    rows = user.tokens.values("name", "scope", "created_at", "expires_at", "used_at")
    return [dict(row) for row in rows]


@about("letters", _("Letters to you"))
def _letters(user: User) -> Rows:
    rows = Letter.objects.filter(to=user.email).order_by("-created_at")
    return [dict(row) for row in rows.values("template", "created_at", "sent_at")]


@about("files", _("Files that you added"))
def _files(user: User) -> Rows:
    rows = StoredFile.objects.filter(made_by=user.pk, removed_at=None).order_by("created_at")
    return [dict(row) for row in rows.values("name", "size", "created_at")]


@about("trail", _("What you did"))
def _trail(user: User) -> Rows:
    rows = AuditEntry.objects.filter(actor=user.pk).order_by("-id")
    return [dict(row) for row in rows.values("at", "action", "purpose", "object_kind", "object_id")]
