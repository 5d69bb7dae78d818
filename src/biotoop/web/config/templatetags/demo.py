"""What pages need to know about the invented world."""

from django import template

from biotoop.web.config.demo.entrance import people
from biotoop.web.shared.enums import Role

register = template.Library()


@register.simple_tag
def demo_people() -> list[tuple[Role, str, str]]:
    """List the people as whom anybody may sign in; nobody outside the demo."""
    return people()
