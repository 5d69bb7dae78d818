"""Encrypt what must be read back, digest what must only be recognised."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """The key with which this was encrypted is not among the keys that we have."""


def derived(key: str, purpose: str) -> bytes:
    """Derive a key for one purpose (HKDF, RFC 5869)."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"biotoop {purpose}".encode())
    return kdf.derive(key.encode())


def box() -> MultiFernet:
    """Give the box that encrypts with the key of today, and also opens with the one before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(derived(key, "second factors"))) for key in keys
    )


def seal(text: str) -> str:
    """Encrypt a text."""
    return box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt a text."""
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken as failure:
        raise CannotOpen from failure


def resealed(sealed: str) -> str:
    """Encrypt with the key of today what may be encrypted with the one before."""
    try:
        return box().rotate(sealed.encode()).decode()
    except InvalidToken as failure:
        raise CannotOpen from failure


def keyed_digest(purpose: str, text: str, key: str | None = None) -> str:
    """Digest a text so that only who has our key can compare it."""
    secret = derived(key or settings.SECRET_KEY, purpose)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
