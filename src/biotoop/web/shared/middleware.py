"""What happens to every request: safe headers, and the language that was chosen."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
# Everything from our own address, nothing inline, nothing framed, nothing sent elsewhere.
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def headers(handle: Handler) -> Handler:
    """Send the rules for the browser with every answer, pages with errors included."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["X-Frame-Options"] = "DENY"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return with_headers


def language(handle: Handler) -> Handler:
    """Use the language that the reader chose; Dutch, or what the settings say, until then.

    The browser's own list is left aside: many offices have an English browser and Dutch readers.
    """

    def in_language(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = handle(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
            return response

    return in_language
