"""People who sign in, and how they prove who they are."""

from biotoop.web.accounts.models.people import User
from biotoop.web.accounts.models.proofs import (
    RecoveryCode,
    SecondFactor,
    SignInAttempt,
    SignOnIdentity,
)

__all__ = ["RecoveryCode", "SecondFactor", "SignInAttempt", "SignOnIdentity", "User"]
