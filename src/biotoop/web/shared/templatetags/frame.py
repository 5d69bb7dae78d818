"""What the frame around every page needs to know; all it asks is who is reading."""

from typing import Any, cast
from uuid import UUID

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

import biotoop
from biotoop.web.shared.models.records import address_of
from biotoop.web.shared.rules import could, matrix

register = template.Library()


@register.simple_tag
def is_demo() -> bool:
    """Tell whether this is the invented world."""
    return bool(settings.MODE == "demo")


@register.simple_tag
def version() -> str:
    """Give the version that runs."""
    return biotoop.__version__


@register.simple_tag(takes_context=True)
def nav_item(context: dict[str, Any], name: str, words: str, number: int = 0) -> SafeString:
    """Give one entry of the navigation, with how many wait there; the one where we are says so.

    Where a reader can open nothing there is no entry.
    """
    address, request = reverse(name), context.get("request")
    if request and not can_open(context, name):
        return SafeString("")
    here = request.path if request else ""
    is_here = here == address or (address != "/" and here.startswith(address))
    current = ' aria-current="page"' if here == address else ' aria-current="true"'
    mark = SafeString(current if is_here else "")
    waiting = format_html('<span class="count">{}</span>', number) if number else ""
    return format_html('<li><a href="{}"{}>{}{}</a></li>', address, mark, capfirst(words), waiting)


@register.simple_tag(takes_context=True)
def can_open(context: dict[str, Any], name: str) -> bool:
    """Tell whether there is something behind a door for this reader; a stranger may knock."""
    operation, reader = matrix().operations.get(name), getattr(context["request"], "reader", None)
    if operation is None or operation.open or reader is None or reader.user_id is None:
        return True
    return could(reader, operation.model, operation.verb)


@register.simple_tag
def address(name: str, key: UUID) -> str:
    """Give the page of one record, for lists that lead to many."""
    return address_of(name, key)


@register.simple_tag(takes_context=True)
def sheets(context: template.Context, *names: str) -> SafeString:
    """Link style sheets: those that were joined into one are linked once."""
    joined = getattr(staticfiles_storage, "joined", "")
    wanted = [
        joined if name in getattr(staticfiles_storage, "parts", ()) else name for name in names
    ]
    linked: set[str] = cast("Any", context.render_context).setdefault("sheets", set())
    new = [name for name in dict.fromkeys(wanted) if name not in linked]
    linked.update(new)
    urls = ((staticfiles_storage.url(name),) for name in new)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', urls)


@register.filter
def masked(address: str) -> str:
    """Show as much of an address as is needed to recognise it."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
