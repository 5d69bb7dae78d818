"""Blocks of findings on a page: which template draws them, and their words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
KINDS = frozenset(
    {"answers", "bullets", "facts", "figure", "fold", "heading", "line", "notice", "paragraph"}
    | {"sides", "table", "tally", "tiles"}
)


@register.filter
def block_template(block: Mapping[str, Any]) -> str:
    """Name the template that draws a block."""
    kind = block["kind"]
    if kind not in KINDS:
        raise template.TemplateSyntaxError(kind)
    return f"analyses/blocks/{kind}.html"


@register.filter
def prose(runs: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write stretches of text, each in its own language and style."""
    return format_html_join("", "{}", ((stretch(run),) for run in runs))


def stretch(run: Mapping[str, Any]) -> SafeString:
    """Write one stretch of text."""
    name = {"strong": "strong", "code": "code"}.get(run["style"], "span")
    if run["lang"]:
        return format_html('<{} lang="{}">{}</{}>', name, run["lang"], run["text"], name)
    if name == "span":
        return format_html("{}", run["text"])
    return format_html("<{}>{}</{}>", name, run["text"], name)


@register.filter
def bare(runs: Iterable[Mapping[str, Any]]) -> str:
    """Give the words alone."""
    return "".join(run["text"] for run in runs)


@register.filter
def says_nothing(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell is empty."""
    return not cell["grade"] and bare(cell["text"]) in ("", "-")


@register.filter
def joined(numbers: Iterable[float]) -> str:
    """Write the strokes and gaps of a line."""
    return " ".join(f"{number:g}" for number in numbers)


@register.filter
def at(items: list[Any], place: int) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what stands at a place."""
    return items[place]


@register.filter
def heading_level(level: int) -> int:
    """Let headings of a chapter stand right under the heading of the page."""
    return max(level - 1, 2)
