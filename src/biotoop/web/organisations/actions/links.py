"""Secret links: the secret goes into the link, only its digest is kept."""

import hashlib
import secrets

SECRET_BYTES = 24


def new_secret() -> str:
    """Make what stands in a link."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """Give what is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
