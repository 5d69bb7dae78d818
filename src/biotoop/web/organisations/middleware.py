"""Every request knows its reader; who must sign in first is asked to."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.guests import SESSION
from biotoop.web.organisations.queries import as_guest, reader_of
from biotoop.web.shared.rules import NOBODY, Reader, ReaderRequest, could, matrix

Handler = Callable[[HttpRequest], HttpResponse]


def reader(handle: Handler) -> Handler:
    """Set ``request.reader``; a page that never asks costs nothing."""

    class Guard:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            found = SimpleLazyObject(lambda: reader_of_request(request))
            cast("ReaderRequest", request).reader = cast("Reader", found)
            return handle(request)

        def process_view(
            self, request: ReaderRequest, _view: object, _arguments: object, _options: object
        ) -> HttpResponse | None:
            """Stop at the door who may do this with nothing at all."""
            match = request.resolver_match
            operation = matrix().operations.get(match.view_name) if match else None
            if operation is None or operation.open:
                return None
            if could(request.reader, operation.model, operation.verb):
                return None
            if is_stranger(request):
                return redirect_to_login(request.get_full_path())
            if operation.lists:
                raise PermissionDenied
            return None

        def process_exception(
            self, request: ReaderRequest, exception: Exception
        ) -> HttpResponse | None:
            """Ask who is not signed in to do so, whether or not the thing exists."""
            hidden = isinstance(exception, Http404 | PermissionDenied)
            if hidden and is_stranger(request) and not is_open(request):
                return redirect_to_login(request.get_full_path())
            return None

    return Guard()


def reader_of_request(request: HttpRequest) -> Reader:
    """Find out who asks; without a session the database is not asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return NOBODY
    person = request.user if isinstance(request.user, User) else None
    reader = reader_of(person)
    link = request.session.get(SESSION)
    return as_guest(reader, UUID(link)) if link else reader


def is_stranger(request: ReaderRequest) -> bool:
    """Tell whether nobody is signed in."""
    return request.reader.user_id is None


def is_open(request: HttpRequest) -> bool:
    """Tell whether the address asks nothing of anybody."""
    match = request.resolver_match
    operation = matrix().operations.get(match.view_name) if match else None
    return operation is None or bool(operation.open)
