"""Let a key in: whose it is, whether it may write, and whether it calls too often."""

import time

import attrs
from django.conf import settings
from django.core.cache import cache

from biotoop.web.accounts.actions.tokens import opened_by
from biotoop.web.accounts.enums import TokenScope
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.accounts.queries import has_second_factor
from biotoop.web.organisations.queries import reader_of
from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.rules import Reader

MINUTE = 60
SHARE_OF_REFUSED = 5  # without a key that works: a fifth of the calls of a key


class NoKey(Exception):
    """There is no key, or it does not work."""


class NoSecondFactor(Exception):
    """The person must use a second factor, and has none yet."""


class TooOften(Exception):
    """A key, or somebody without one, calls too often; ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


@attrs.frozen
class Caller:
    """Who calls, with which key, and with everything that they may do."""

    user: User
    token: ApiToken
    reader: Reader

    @property
    def may_write(self) -> bool:
        """Tell whether the key was made for writing."""
        return TokenScope(self.token.scope) == TokenScope.WRITE

    def wrote(self) -> None:
        """Write down that this was done by a key; in the transaction of the act itself."""
        record(
            actor=self.user.pk, action="written_by_key", purpose="access",
            object_kind="token", object_id=self.token.pk,
        )  # fmt: skip


def admit(header: str, address: str) -> Caller:
    """Let a key in.

    Raises
    ------
    NoKey
        There is none, or it is over, withdrawn, or of somebody who may not come in.
    NoSecondFactor
        Its person must set up a second factor first.
    TooOften
        It calls too often; whoever has no key that works, sooner.
    """
    kind, _, secret = header.partition(" ")
    token = opened_by(secret.strip()) if kind.lower() == "bearer" and secret.strip() else None
    if token is None:
        count(f"api-refused:{address}", settings.API_CALLS // SHARE_OF_REFUSED)
        raise NoKey
    count(f"api:{token.pk}", settings.API_CALLS)
    if token.user.needs_second_factor and not has_second_factor(token.user):
        raise NoSecondFactor
    return Caller(token.user, token, reader_of(token.user))


def count(name: str, most: int) -> None:
    """Count a call in this minute, in the memory of this process."""
    moment = time.time()
    key = f"{name}:{int(moment // MINUTE)}"
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key) > most:
        raise TooOften(int(MINUTE - moment % MINUTE) + 1)
