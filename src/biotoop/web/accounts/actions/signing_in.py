"""Sign in and out."""

import time
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest

from biotoop.web.accounts.actions import second_factors, throttling
from biotoop.web.accounts.enums import AttemptKind
from biotoop.web.accounts.models import User
from biotoop.web.accounts.queries import has_second_factor
from biotoop.web.shared.actions.audit import record

HALF_WAY, PATIENCE = "half-way", 600
BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_address(request: HttpRequest) -> str:
    """Tell where a request comes from; only what our own proxies wrote is believed."""
    if settings.PROXIES:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if len(hops) >= settings.PROXIES:
            return hops[-settings.PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def check_password(request: HttpRequest, email: str, password: str) -> User | None:
    """Check e-mail address and password, at a pace that makes guessing hopeless."""
    email = User.objects.normalised(email)
    attempt = throttling.begin(AttemptKind.PASSWORD, email, client_address(request))
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        known = User.objects.filter(email=email).values_list("id", flat=True).first()
        record_access("sign_in_refused", None, known)
        return None
    attempt.succeeded()
    return user


def check_code(request: HttpRequest, user: User, code: str) -> bool:
    """Check a code of the second factor, at the same pace."""
    attempt = throttling.begin(AttemptKind.CODE, str(user.id), client_address(request))
    if not second_factors.accept(user, code):
        record_access("code_refused", None, user.id)
        return False
    attempt.succeeded()
    return True


def begin_session(request: HttpRequest, user: User, *, then: str) -> bool:
    """Sign in, or go half-way when a code is still asked; tell whether the person is in."""
    if has_second_factor(user):
        request.session.cycle_key()
        request.session[HALF_WAY] = {"user": str(user.id), "at": time.time(), "then": then}
        return False
    complete(request, user, with_code=False)
    return True


def half_way(request: HttpRequest) -> tuple[User, str] | None:
    """Give who is half-way, and where they wanted to go."""
    kept = request.session.get(HALF_WAY)
    if not kept or time.time() - kept["at"] > PATIENCE:
        return None
    user = User.objects.filter(id=kept["user"], is_active=True).first()
    return (user, kept["then"]) if user else None


def complete(request: HttpRequest, user: User, *, with_code: bool) -> None:
    """Open a fresh session."""
    request.session.pop(HALF_WAY, None)
    login(request, user, backend=BACKEND)
    request.session["with-code"] = with_code
    request.session["began"] = request.session["seen"] = int(time.time())
    record_access("signed_in", user.id, user.id)


def leave(request: HttpRequest) -> None:
    """Sign out, and leave nothing of the session."""
    if isinstance(request.user, User):
        record_access("signed_out", request.user.id, request.user.id)
    logout(request)


def record_access(action: str, actor: UUID | None, account: UUID | None) -> None:
    """Write an act of access in the audit trail."""
    record(actor=actor, action=action, purpose="access", object_kind="account", object_id=account)
