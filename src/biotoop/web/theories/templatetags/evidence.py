"""What stands in a theory and in its list: the way to evidence by code, and the list itself."""

from collections.abc import Mapping

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def at(ways: Mapping[str, str], code: str) -> str:
    """Give what stands at a code; nothing when it is not there."""
    return ways.get(code, "")


@register.simple_tag
def outline_of(shown: object) -> SafeString:
    """Give the theory as a list, for a page that shows it in two places."""
    return render_to_string("theories/parts/outline.html", {"shown": shown})
