"""Whether the overview of studies stands in the menu of this reader."""

from typing import Any

from django import template

from biotoop.web.dashboards.views.roles import oversees

register = template.Library()


@register.simple_tag(takes_context=True)
def has_overview(context: dict[str, Any]) -> bool:
    """Tell whether the reader follows more studies than those they work in."""
    request = context.get("request")
    reader = getattr(request, "reader", None)
    return reader is not None and oversees(reader)
