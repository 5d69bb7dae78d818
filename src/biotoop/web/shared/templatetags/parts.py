"""Small parts of which a page shows many: to fill a template for each would cost too much."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
BADGE = (
    '<span class="badge {}"><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>'
    "{}</span>"
)
FIELD = '<div class="field"><label for="{}">{}{}</label>{}</div>'
HINT = ' <span class="hint">({})</span>'
CALM = SafeString('<circle cx="6" cy="6" r="4" fill="none"/>')
# Colour, shape and word say the same.
SHAPES = {
    "good": SafeString('<path d="m2 6.5 2.7 2.7L10 3" fill="none"/>'),
    "busy": SafeString(
        '<path d="M6 1a5 5 0 0 1 0 10z" stroke="none"/>'
        '<circle cx="6" cy="6" r="4.5" fill="none" stroke-width="1.5"/>'
    ),
    "warn": SafeString('<path d="M6 1.5 11 10.5H1z" stroke-width="1"/>'),
    "bad": SafeString('<path d="m2.5 2.5 7 7m0-7-7 7" fill="none"/>'),
}


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """Show a word with its colour and shape: good, busy, warn, bad or calm."""
    return format_html(BADGE, kind or "calm", SHAPES.get(kind, CALM), text)


@register.simple_tag
def filter_fields(form: forms.BaseForm) -> SafeString:
    """Give the fields with which a list is narrowed."""
    return format_html_join("", "{}", ((written(field),) for field in form))


def written(field: BoundField) -> SafeString:
    """Write a field; one that has more to say than its name is filled in as in every form."""
    if field.errors or field.help_text or field.use_fieldset or field.widget_type == "checkbox":
        return field.as_field_group()
    hint = "" if field.field.required else format_html(HINT, _("may be left empty"))
    return format_html(FIELD, field.id_for_label, field.label, hint, field.as_widget())
