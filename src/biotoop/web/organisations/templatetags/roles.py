"""What pages about people look up."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(found: Mapping[Any, Any], key: object) -> object:
    """Give what a mapping holds for a key."""
    return found.get(key, ())
