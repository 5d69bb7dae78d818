"""Slow down who guesses. Attempts stand in the database, so that a restart forgets none."""

from datetime import timedelta

import attrs
from django.utils.timezone import now

from biotoop.web.accounts.enums import AttemptKind
from biotoop.web.accounts.models import SignInAttempt
from biotoop.web.accounts.queries import WINDOW, recent_attempts
from biotoop.web.shared.actions.sealing import keyed_digest

# Failed attempts in the window. The narrow limit stops guessing from one place; the wide ones stop
# guessing at one account from many places, and at many accounts from one.
AT_ACCOUNT_FROM_ADDRESS, AT_ACCOUNT, FROM_ADDRESS = 5, 25, 50
KEPT = timedelta(days=1)


class TooManyAttempts(Exception):
    """Somebody tried too often; ``minutes`` tells how long to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@attrs.frozen
class Attempt:
    """An attempt that was let through."""

    row: SignInAttempt

    def succeeded(self) -> None:
        """Forget this attempt and the earlier ones at this account from this address."""
        same = {"kind": self.row.kind, "account": self.row.account, "address": self.row.address}
        SignInAttempt.objects.filter(**same).delete()
        SignInAttempt.objects.filter(at__lt=now() - KEPT).delete()


def begin(kind: AttemptKind, account: str, address: str) -> Attempt:
    """Write an attempt down first and count after that, so that attempts at once all count."""
    row = SignInAttempt.objects.create(
        kind=kind,
        account=keyed_digest("throttling", account),
        address=keyed_digest("throttling", address),
    )
    tried = recent_attempts(row.at).filter(kind=kind)
    at_account = tried.filter(account=row.account)
    for attempts, limit in [
        (at_account.filter(address=row.address), AT_ACCOUNT_FROM_ADDRESS),
        (at_account, AT_ACCOUNT),
        (tried.filter(address=row.address), FROM_ADDRESS),
    ]:
        times = list(attempts.order_by("-at").values_list("at", flat=True)[: limit + 1])
        if len(times) > limit:
            row.delete()  # a refused attempt does not lengthen the wait
            left = times[-1] + WINDOW - row.at
            raise TooManyAttempts(max(1, -int(-left.total_seconds() // 60)))
    return Attempt(row)
