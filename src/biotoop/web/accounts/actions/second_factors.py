"""The second factor: codes from an app (TOTP, RFC 6238) and codes on paper."""

import base64
import hmac
import secrets
import time
from hashlib import sha1
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.models import RecoveryCode, SecondFactor, User
from biotoop.web.accounts.queries import unused_codes
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.sealing import keyed_digest, seal, unseal

STEP, DIGITS, DRIFT = 30, 6, 1
HOW_MANY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are copied by hand


def new_secret() -> str:
    """Make a secret of 160 bits, in the letters that apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """Give the code of one time step (HOTP, RFC 4226, over SHA-1)."""
    mark = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), sha1).digest()
    start = mark[-1] & 0x0F
    number = int.from_bytes(mark[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def address(secret: str, user: User) -> str:
    """Give the address that an app reads from the picture."""
    label = quote(f"Biotoop:{user.email}")
    return f"otpauth://totp/{label}?secret={secret}&issuer=Biotoop&digits={DIGITS}&period={STEP}"


def matching_step(secret: str, code: str, after: int) -> int | None:
    """Find the time step of a code, a step early or late allowed, later than the last one used."""
    here = int(time.time()) // STEP
    for step in range(here - DRIFT, here + DRIFT + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """Turn the second factor on, if the code shows that the app has it; give paper codes."""
    step = matching_step(secret, cleaned(code), 0)
    if step is None:
        return None
    with transaction.atomic():
        SecondFactor.objects.update_or_create(
            user=user,
            defaults={"sealed_secret": seal(secret), "last_step": step, "created_at": now()},
        )
        record(actor=user.id, action="second_factor_set", purpose="access",
               object_kind="account", object_id=user.id)  # fmt: skip
        return renew_codes(user)


def renew_codes(user: User) -> list[str]:
    """Make new paper codes; the old ones stop working. They are shown once."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(12)) for _ in range(HOW_MANY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=keyed_digest("recovery codes", code)) for code in codes
        )
        record(actor=user.id, action="recovery_codes_made", purpose="access",
               object_kind="account", object_id=user.id)  # fmt: skip
    return ["-".join([code[:4], code[4:8], code[8:]]) for code in codes]


def accept(user: User, code: str) -> bool:
    """Accept a code from the app or from paper; each works once."""
    code = cleaned(code)
    return accept_from_app(user, code) if len(code) == DIGITS else accept_from_paper(user, code)


def accept_from_app(user: User, code: str) -> bool:
    """Accept a code from the app that was not used before, nor one older than it."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None:
            return False
        step = matching_step(unseal(factor.sealed_secret), code, factor.last_step)
        if step is None:
            return False
        SecondFactor.objects.filter(user=user).update(last_step=step)
        return True


def accept_from_paper(user: User, code: str) -> bool:
    """Accept a paper code and cross it out."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [keyed_digest("recovery codes", code, key) for key in keys]
    with transaction.atomic():
        if unused_codes(user).filter(digest__in=digests).update(used_at=now()) != 1:
            return False
        record(actor=user.id, action="recovery_code_used", purpose="access",
               object_kind="account", object_id=user.id)  # fmt: skip
        return True


def cleaned(code: str) -> str:
    """Leave out what people type between the letters."""
    return "".join(letter for letter in code.lower() if letter.isascii() and letter.isalnum())
