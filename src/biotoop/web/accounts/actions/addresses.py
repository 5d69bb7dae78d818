"""Another e-mail address: it holds once a letter to it was answered; the old one hears of it."""

import json
from collections.abc import Mapping

from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions import throttling
from biotoop.web.accounts.actions.signing_in import client_address, record_access
from biotoop.web.accounts.enums import AttemptKind
from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.mail import letter_kind, link, send
from biotoop.web.shared.actions.sealing import CannotOpen, seal, unseal

CONFIRM = letter_kind("accounts/new_address", _("Link to confirm a new address"))
CHANGED = letter_kind("accounts/address_changed", _("Notice that an address was changed"))
TWO_HOURS = 2 * 3600


class LinkIsOver(Exception):
    """The link is old, was used, or is of somebody else."""


def signer() -> TimestampSigner:
    """Give what signs the links."""
    return TimestampSigner(salt="accounts.addresses")


def ask(request: HttpRequest, user: User, email: str) -> None:
    """Send a link to the new address; whether somebody has it already is told to nobody."""
    email = User.objects.normalised(email)
    throttling.begin(AttemptKind.RESET, str(user.pk), client_address(request))
    record_access("address_asked", user.pk, user.pk)
    if User.objects.filter(email=email).exists():
        return
    token = signer().sign(seal(json.dumps({"user": str(user.pk), "old": user.email, "new": email})))
    words = {"name": user.name, "address": link(reverse("accounts:address_link", args=[token]))}
    with transaction.atomic():
        send(email, CONFIRM, words, user.language, f"address:{user.pk}:{now().isoformat()}")


def opened(user: User, token: str) -> str:
    """Give the address that a link confirms.

    Raises
    ------
    LinkIsOver
        It does not work, or not for this person, or not any more.
    """
    try:
        sealed = signer().unsign(token, max_age=TWO_HOURS)
        kept: Mapping[str, str] = json.loads(unseal(sealed))
    except (BadSignature, CannotOpen, ValueError) as failure:
        raise LinkIsOver from failure
    if kept["user"] != str(user.pk) or kept["old"] != user.email:
        raise LinkIsOver
    return kept["new"]


def confirm(user: User, token: str) -> str:
    """Let the new address hold from now on, and tell the old one."""
    new, old = opened(user, token), user.email
    try:
        with transaction.atomic():
            if not User.objects.filter(pk=user.pk, email=old).update(email=new):
                raise LinkIsOver
            record_access("address_changed", user.pk, user.pk)
            words = {"name": user.name}
            send(old, CHANGED, words, user.language, f"address-changed:{user.pk}:{now()}")
    except IntegrityError as taken:
        raise LinkIsOver from taken
    user.email = new
    return new
