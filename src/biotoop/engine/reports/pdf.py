"""The report as tagged PDF (PDF/UA-1): the same bytes at every call, on every machine."""

import json
from enum import Enum
from importlib import resources
from typing import Any, Literal

import attrs
import typst

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.document import Report
from biotoop.engine.reports.view import view_of

STANDARD: Literal["ua-1"] = "ua-1"


def render_pdf(findings: Findings, language: Language) -> bytes:
    """Write the report as tagged PDF.

    Parameters
    ----------
    findings
        All that a run found.
    language
        "nl" or "en".

    Returns
    -------
    bytes
        The file. Its date is that of the registration, or else the end of the study's period; no
        clock is read.
    """
    return pdf_of(view_of(findings, language))


def pdf_of(report: Report) -> bytes:
    """Write a report that is already written out as PDF.

    The words reach the typesetter as data, never as source, so that nothing in them can be run.
    """
    with resources.as_file(resources.files("biotoop.engine.reports")) as folder:
        made = typst.compile(
            str(folder / "templates" / "report.typ"),
            root=str(folder / "templates"),
            font_paths=[str(folder / "fonts")],
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(as_data(report), ensure_ascii=False)},
            pdf_standards=STANDARD,
        )
    assert isinstance(made, bytes)  # noqa: S101 - one PDF, as no output was named
    return made


def as_data(value: object) -> Any:  # noqa: ANN401 - plain data
    """Turn blocks into plain data, each with its kind; drawings for a phone are left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [as_data(part) for part in value]
    if isinstance(value, dict):
        return {key: as_data(part) for key, part in value.items()}
    if not attrs.has(type(value)):
        return value
    names = [part.name for part in attrs.fields(type(value))]  # type: ignore[arg-type]
    data = {name: as_data(getattr(value, name)) for name in names}
    kind = getattr(value, "kind", None)
    if kind == "figure" and data["narrow"] is not None:
        data["narrow"] = True
    return {**data, "kind": kind} if kind else data
