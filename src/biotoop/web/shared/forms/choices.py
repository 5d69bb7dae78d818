"""A list to choose from that is written at once: a template for each choice would cost too much."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CHOSEN = SafeString(" selected")


class QuickSelect(forms.Select):
    """The same list as Django's, and the same HTML."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - as Django types it
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401, ARG002 - as above; nothing is filled in
    ) -> SafeString:
        """Write the list."""
        around = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        chosen = {str(each) for each in self.format_value(value)}
        return format_html("<select{}>{}\n</select>", around, options(self.choices, chosen))


def options(choices: Iterable[Any], chosen: Collection[str]) -> SafeString:
    """Write choices, and groups of them under their name."""
    return format_html_join("", "\n{}", ((option(key, words, chosen),) for key, words in choices))


def option(value: Any, words: Any, chosen: Collection[str]) -> SafeString:  # noqa: ANN401 - of any kind
    """Write one choice, or one group."""
    if isinstance(words, list | tuple):
        return format_html('<optgroup label="{}">{}\n</optgroup>', value, options(words, chosen))
    key = "" if value is None else str(value)
    return format_html(
        '<option value="{}"{}>{}</option>', key, CHOSEN if key in chosen else "", words
    )
