"""Pages for when something goes wrong. They ask the database nothing: it may be the cause."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "shared/error_400.html", status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "shared/error_forged.html", status=403)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "shared/error_403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "shared/error_404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; a database that does not answer has a page of its own."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = render(request, "shared/error_503.html", status=503)
        response.headers["Retry-After"] = "30"
        return response
    return render(request, "shared/error_500.html", status=500)
