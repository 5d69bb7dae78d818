"""Links for who has no account: a signature of ours over what it opens; nothing of it is kept."""

import time
from uuid import UUID, uuid4

from django.core import signing

SALT = "biotoop questions"
LEAST_SECONDS, MOST_SECONDS = 2, 24 * 3600


class TooQuick(Exception):
    """The form came back faster than anybody reads."""


class TooOld(Exception):
    """The form stood open longer than a day, or was not ours."""


def secret_for(what: str, pk: UUID, more: str = "") -> str:
    """Give what stands in a link that opens one thing of one kind."""
    return signing.dumps([pk.hex, more], salt=f"{SALT} {what}")


def opened_by(what: str, secret: str) -> tuple[UUID, str] | None:
    """Give what a link opens, when we signed it."""
    try:
        key, more = signing.loads(secret, salt=f"{SALT} {what}")
        return UUID(key), str(more)
    except (signing.BadSignature, ValueError):
        return None


def ticket(what: str, at: float | None = None) -> str:
    """Give a form a number of its own and the time: who sends it twice has sent it once."""
    made = time.time() if at is None else at
    return signing.dumps([uuid4().hex, made], salt=f"{SALT} form {what}")


def number_of(what: str, given: str) -> UUID:
    """Read the number of a form back.

    Raises
    ------
    TooQuick, TooOld
        A program filled it in, or it was made more than a day ago.
    """
    try:
        number, made = signing.loads(given, salt=f"{SALT} form {what}")
    except signing.BadSignature as wrong:
        raise TooOld from wrong
    age = time.time() - made
    if age > MOST_SECONDS:
        raise TooOld
    if age < LEAST_SECONDS:
        raise TooQuick
    return UUID(number)
