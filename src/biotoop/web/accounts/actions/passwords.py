"""A new password: by a letter when the old one is forgotten, or with the old one."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions import throttling
from biotoop.web.accounts.actions.signing_in import client_address, record_access
from biotoop.web.accounts.enums import AttemptKind
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.shared.actions import jobs
from biotoop.web.shared.actions.mail import letter_kind, link, send
from biotoop.web.shared.actions.sealing import seal, unseal

TASK = "biotoop.web.accounts.tasks.send_reset_letter"
LETTER = letter_kind("accounts/reset", _("Link for a new password"))
CHANGED = letter_kind("accounts/changed", _("Notice that a password was changed"))


def ask(request: HttpRequest, email: str) -> None:
    """Ask for a letter. Whether there is such an account makes no difference here, nor in time."""
    email = User.objects.normalised(email)
    throttling.begin(AttemptKind.RESET, email, client_address(request))
    jobs.enqueue(TASK, {"args": [], "kwargs": {"sealed_email": seal(email)}})


def write_letter(sealed_email: str) -> None:
    """Write to the person with this address; to nobody when there is none."""
    user = User.objects.filter(email=unseal(sealed_email), is_active=True).first()
    if user is None:
        return
    uid, token = (
        urlsafe_base64_encode(force_bytes(user.pk)),
        default_token_generator.make_token(user),
    )
    has_password = user.has_usable_password()
    path = reverse("accounts:reset_link", args=[uid, token]) if has_password else ""
    words = {"name": user.name, "address": link(path) if path else ""}
    with transaction.atomic():
        send(user.email, LETTER, words, user.language, f"reset:{user.pk}:{now().isoformat()}")
        record_access("password_letter_sent", None, user.pk)


def holder(uid: str, token: str) -> User | None:
    """Give whose link this is, as long as it works: two hours, and until the password changes."""
    try:
        key = urlsafe_base64_decode(uid).decode()
        user = User.objects.filter(pk=key, is_active=True).first()
    except (ValueError, ValidationError):
        return None
    if user is None or not default_token_generator.check_token(user, token):
        return None
    return user


def renew(user: User, password: str, *, by: str) -> None:
    """Set a new password. Every session and every key of this person ends with the old one."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        ApiToken.objects.filter(user=user).delete()
        record_access(by, user.pk, user.pk)
        words = {"name": user.name, "address": link(reverse("accounts:forgotten"))}
        send(user.email, CHANGED, words, user.language, f"changed:{user.pk}:{now().isoformat()}")


def change(request: HttpRequest, user: User, password: str) -> None:
    """Change the password of who is signed in; this one session goes on."""
    renew(user, password, by="password_changed")
    update_session_auth_hash(request, user)
