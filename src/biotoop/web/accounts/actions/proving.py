"""Ask once more who somebody is, before something that cannot be undone."""

import time
from typing import Any

from django.http import HttpRequest

from biotoop.web.accounts.actions.sign_on import SignOnRefused
from biotoop.web.accounts.actions.signing_in import check_password
from biotoop.web.accounts.models import User

FRESH, LEEWAY = 300, 30  # seconds after signing in at an organisation; clocks that differ
ASKED, PROOF = "proof-asked", "proof"


def ask_for_proof(request: HttpRequest) -> None:
    """Remember who is asked to sign in anew, and since when."""
    asked = isinstance(request.user, User)
    request.session[ASKED] = {"user": str(request.user.pk), "at": time.time()} if asked else None


def asked_for_proof(request: HttpRequest) -> dict[str, Any] | None:
    """Give who was asked, and since when; it counts for one answer."""
    asked: dict[str, Any] | None = request.session.pop(ASKED, None)
    return asked


def hold(asked: dict[str, Any] | None, user: User, at: int | None) -> None:
    """Refuse an answer of somebody else than who was asked, or of before they were asked."""
    if asked and asked["user"] != str(user.pk):
        raise SignOnRefused("another_person")
    if asked and (at is None or at < asked["at"] - LEEWAY or not is_fresh(at)):
        raise SignOnRefused("not_anew")


def is_fresh(at: float) -> bool:
    """Tell whether this was a moment ago."""
    return -LEEWAY <= time.time() - at < FRESH


def keep_proof(request: HttpRequest, user: User, at: int | None) -> None:
    """Remember when this person signed in at their organisation, as the signed token tells."""
    request.session[PROOF] = {"user": str(user.pk), "at": at} if at is not None else None


def has_just_signed_in(request: HttpRequest, user: User) -> bool:
    """Tell whether this very person signed in at their organisation a moment ago."""
    kept: dict[str, Any] = request.session.get(PROOF) or {}
    return kept.get("user") == str(user.pk) and is_fresh(kept["at"])


def must_sign_in_again(request: HttpRequest, user: User) -> bool:
    """Tell whether somebody without a password must first sign in once more."""
    return not user.has_usable_password() and not has_just_signed_in(request, user)


def proves(request: HttpRequest, user: User, password: str) -> bool:
    """Tell whether this is the person: by the password, or by having just signed in elsewhere."""
    if user.has_usable_password():
        return check_password(request, user.email, password) is not None
    return has_just_signed_in(request, user)
