"""Ask once more who somebody is, before something that cannot be undone."""

import time

from django.http import HttpRequest

from biotoop.web.accounts.actions.signing_in import check_password
from biotoop.web.accounts.models import User

FRESH = 300  # seconds after signing in through an organisation


def has_just_signed_in(request: HttpRequest) -> bool:
    """Tell whether this session began a moment ago."""
    began = float(request.session.get("began", 0))
    return 0 <= time.time() - began < FRESH


def must_sign_in_again(request: HttpRequest, user: User) -> bool:
    """Tell whether somebody without a password must first sign in once more."""
    return not user.has_usable_password() and not has_just_signed_in(request)


def proves(request: HttpRequest, user: User, password: str) -> bool:
    """Tell whether this is the person: by the password, or by having just signed in elsewhere."""
    if user.has_usable_password():
        return check_password(request, user.email, password) is not None
    return has_just_signed_in(request)
