"""What the tables of accounts are asked."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import now

from biotoop.web.accounts.models import (
    ApiToken,
    Notice,
    RecoveryCode,
    SecondFactor,
    SignInAttempt,
    User,
)

WINDOW = timedelta(minutes=15)


def recent_attempts(at: datetime) -> QuerySet[SignInAttempt]:
    """Give the attempts that still count."""
    return SignInAttempt.objects.filter(at__gt=at - WINDOW)


def unused_codes(user: User) -> QuerySet[RecoveryCode]:
    """Give the codes on paper that still work."""
    return RecoveryCode.objects.filter(user=user, used_at=None)


def has_second_factor(user: User) -> bool:
    """Tell whether this person has set up a second factor."""
    return SecondFactor.objects.filter(user=user).exists()


def live_tokens() -> QuerySet[ApiToken]:
    """Give the keys that still work."""
    return ApiToken.objects.filter(expires_at__gt=now())


def notices_to_mail(user: User) -> QuerySet[Notice]:
    """Give the news that a person neither read nor got by mail, oldest first."""
    return Notice.objects.filter(user=user, read_at=None, mailed_at=None).order_by("created_at")
