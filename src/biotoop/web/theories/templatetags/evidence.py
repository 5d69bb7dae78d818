"""Find the way to the evidence of a part by its code."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(ways: Mapping[str, str], code: str) -> str:
    """Give what stands at a code; nothing when it is not there."""
    return ways.get(code, "")
