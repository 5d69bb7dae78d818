"""Answer a call that comes twice once: the second time gets the answer of the first."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.api.models import KeptCall

KEPT = timedelta(days=1)
Answer = tuple[int, dict[str, Any]]


class OtherCall(Exception):
    """The same key came with another call."""


@attrs.frozen(kw_only=True)
class Repeatable:
    """A call that may come again."""

    user: User
    key: str
    path: str
    body: bytes

    @property
    def digest(self) -> str:
        """Name the whole call."""
        return hashlib.sha256(self.path.encode() + b"\n" + self.body).hexdigest()


def once(call: Repeatable, do: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Do something once, in one transaction with keeping its answer; tell whether it was kept.

    Without a key it is simply done.

    Raises
    ------
    OtherCall
        The key was used for another call.
    """
    if not call.key:
        with transaction.atomic():
            return do(), False
    KeptCall.objects.filter(at__lt=now() - KEPT).delete()
    if (found := earlier(call)) is not None:
        return found, True
    try:
        with transaction.atomic():
            kept = KeptCall.objects.create(user=call.user, key=call.key, digest=call.digest)
            kept.status, kept.answer = do()
            kept.save()
            return (kept.status, kept.answer), False
    except IntegrityError:
        found = earlier(call)  # another process was doing the same
        if found is None:
            raise
        return found, True


def earlier(call: Repeatable) -> Answer | None:
    """Give what was answered to this call before."""
    kept = KeptCall.objects.filter(user=call.user, key=call.key).first()
    if kept is None:
        return None
    if kept.digest != call.digest:
        raise OtherCall
    return kept.status, kept.answer
