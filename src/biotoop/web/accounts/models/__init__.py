"""People who sign in, and how they prove who they are."""

from biotoop.web.accounts.models.notices import Notice
from biotoop.web.accounts.models.people import User
from biotoop.web.accounts.models.proofs import (
    RecoveryCode,
    SecondFactor,
    SignInAttempt,
    SignOnIdentity,
)
from biotoop.web.accounts.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Notice",
    "RecoveryCode",
    "SecondFactor",
    "SignInAttempt",
    "SignOnIdentity",
    "User",
]
