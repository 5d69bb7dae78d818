"""The report as one HTML file that opens without a network: style, letters and drawings inside."""

import base64
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.document import Report
from biotoop.engine.reports.inline import Prose, Run
from biotoop.engine.reports.view import view_of

_FACES = (
    ("Atkinson Hyperlegible Next", "AtkinsonHyperlegibleNext-Regular", 400, "normal"),
    ("Atkinson Hyperlegible Next", "AtkinsonHyperlegibleNext-Italic", 400, "italic"),
    ("Atkinson Hyperlegible Next", "AtkinsonHyperlegibleNext-Bold", 700, "normal"),
    ("Atkinson Hyperlegible Mono", "AtkinsonHyperlegibleMono-Regular", 400, "normal"),
)
# a minus and its euros, which stay on one line; only digits and marks, so nothing to escape
_AMOUNT = re.compile("\u2212\u20ac\u00a0?[\\d.,]*\\d")
_SHEETS = ("colours.css", "page.css", "blocks.css", "narrow.css", "print.css")


def render_html(findings: Findings, language: Language) -> str:
    """Write the report as one HTML file.

    Parameters
    ----------
    findings
        All that a run found.
    language
        "nl" or "en".

    Returns
    -------
    str
        The file; it names no address outside itself, and is the same at every call.
    """
    return html_of(view_of(findings, language))


def html_of(report: Report) -> str:
    """Write a report that is already written out as HTML."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(report=report, style=_style(), words=report.words)
    )


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("biotoop.engine.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["prose"] = _prose
    found.filters["drawing"] = Markup  # SVG of our own making, with all text escaped there
    return found


def _prose(prose: Prose) -> Markup:
    return Markup("").join(_run(run) for run in prose)


def _run(run: Run) -> Markup:
    lang = Markup(' lang="{}"').format(run.lang) if run.lang else Markup("")
    name = {"strong": "strong", "code": "code"}.get(run.style, "span" if run.lang else "")
    escaped = str(escape(run.text))
    text = Markup(_AMOUNT.sub(r'<span class="amount">\g<0></span>', escaped))  # noqa: S704
    if not name:
        return text
    return Markup("<{name}{lang}>{text}</{name}>").format(name=name, lang=lang, text=text)


@cache
def _style() -> Markup:
    """Put the letters and all style sheets together."""
    folder = resources.files("biotoop.engine.reports")
    faces = []
    for family, file, weight, style in _FACES:
        data = base64.b64encode((folder / "fonts" / f"{file}.woff2").read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
            f'font-display:block;src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    sheets = [(folder / "templates" / name).read_text("utf-8") for name in _SHEETS]
    return Markup("\n".join([*faces, *sheets]))  # noqa: S704 - our own files
