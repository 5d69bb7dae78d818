"""End sessions that are left alone, and keep staff to their second factor."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.signing_in import leave
from biotoop.web.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = 300
# What a person may do before the second factor stands.
OPEN = {"accounts:set_up", "accounts:picture", "accounts:sign_out", "accounts:code", "set_language"}


def idle(handle: Handler) -> Handler:
    """Sign out who left the screen alone, or whose day is over."""

    def while_active(request: HttpRequest) -> HttpResponse:
        if has_session(request) and request.user.is_authenticated:
            moment = int(time.time())
            alone = moment - request.session.get("seen", 0)
            day = moment - request.session.get("began", 0)
            if alone > settings.IDLE_MINUTES * 60 or day > settings.SESSION_COOKIE_AGE:
                leave(request)
                messages.info(
                    request, _("You were signed out, because nothing happened for a while.")
                )
            elif alone > NOTED_EVERY:
                request.session["seen"] = moment
        return handle(request)

    return while_active


def personal(handle: Handler) -> Handler:
    """Speak the language of who is signed in, and show times in their zone."""

    def in_own_words(request: HttpRequest) -> HttpResponse:
        user = request.user if has_session(request) else None
        if not isinstance(user, User):
            return handle(request)
        with translation.override(user.language), timezone.override(user.time_zone):
            request.LANGUAGE_CODE = user.language
            response = handle(request)
            response.headers.setdefault("Content-Language", user.language)
            return response

    return in_own_words


def second_factor(handle: Handler) -> Handler:
    """Let nobody past who must use a second factor and did not."""

    class Guard:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return handle(request)

        def process_view(
            self, request: HttpRequest, _view: object, _arguments: object, _options: object
        ) -> HttpResponse | None:
            match = request.resolver_match
            if match is None or match.view_name in OPEN or not has_session(request):
                return None
            user = request.user
            if not isinstance(user, User) or not user.needs_second_factor:
                return None
            return None if request.session.get("with-code") else redirect("accounts:set_up")

    return Guard()


def has_session(request: HttpRequest) -> bool:
    """Tell whether a session was sent at all; without one the database is not asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not is_health(request)


def is_health(request: HttpRequest) -> bool:
    """Tell whether this is the machine that watches over the server."""
    return request.path.startswith("/health/")
