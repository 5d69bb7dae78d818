"""The one way to write a report to a folder: HTML, PDF, workbook, tables and drawings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.blocks import Block, Figure, Fold, Step
from biotoop.engine.reports.document import Report
from biotoop.engine.reports.html import html_of
from biotoop.engine.reports.pdf import pdf_of
from biotoop.engine.reports.tables.text import csv_files
from biotoop.engine.reports.view import view_of
from biotoop.engine.reports.workbook import render_workbook

FORMATS = ("html", "pdf", "xlsx", "csv", "svg")
USUAL = ("html", "pdf", "xlsx")
Files = Mapping[str, bytes]


def write_report(
    findings: Findings, folder: Path, *, language: Language, formats: Sequence[str] = USUAL
) -> tuple[Path, ...]:
    """Write a report to a folder.

    Parameters
    ----------
    findings
        All that a run found.
    folder
        Where to write; it is made when it is not there.
    language
        "nl" or "en".
    formats
        Any of "html" (one file that opens offline), "pdf" (tagged), "xlsx" (all tables with a
        codebook), "csv" (the same, a file each) and "svg" (the drawings).

    Returns
    -------
    tuple of Path
        What was written, in the order of ``formats``. The bytes depend on nothing but the
        findings and the language.

    Raises
    ------
    InvalidValue
        A format is not known.
    """
    for name in formats:
        if name not in FORMATS:
            raise InvalidValue(field="formats", value=name, allowed=FORMATS)
    needs_view = {"html", "pdf", "svg"} & set(formats)
    report = view_of(findings, language) if needs_view else None
    makers: Mapping[str, Callable[[], Files]] = {
        "html": lambda: {f"report-{language}.html": html_of(_made(report)).encode()},
        "pdf": lambda: {f"report-{language}.pdf": pdf_of(_made(report))},
        "xlsx": lambda: {f"tables-{language}.xlsx": render_workbook(findings, language)},
        "csv": lambda: {
            f"tables-{language}/{name}": text.encode()
            for name, text in csv_files(findings, language).items()
        },
        "svg": lambda: {
            f"drawings-{language}/{figure.id}.svg": figure.wide.svg.encode()
            for figure in figures_in(_made(report))
        },
    }
    written: list[Path] = []
    for name in formats:
        for place, content in makers[name]().items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return tuple(written)


def _made(report: Report | None) -> Report:
    assert report is not None  # noqa: S101 - made whenever a format needs it
    return report


def figures_in(report: Report) -> Iterator[Figure]:
    """Give every drawing of a report."""

    def inside(blocks: tuple[Block, ...]) -> Iterator[Figure]:
        for block in blocks:
            if isinstance(block, Figure):
                yield block
            elif isinstance(block, Step | Fold):
                yield from inside(block.blocks)

    for chapter in report.chapters:
        yield from inside(chapter.blocks)
