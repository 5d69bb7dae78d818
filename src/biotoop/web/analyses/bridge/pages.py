"""Findings written out as pages: chapters and steps in plain data, drawings beside them.

Written once, when a run is ready: a page only reads what it shows. All words and figures are those
of the report, so that the two cannot contradict each other.
"""

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs

from biotoop.engine.plausibility.node_result import NodeAssessment
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.recipes.percentages import in_percentages
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Fold, Step
from biotoop.engine.reports.chapters.nodes_and_routes import node_blocks
from biotoop.engine.reports.document import Chapter, Report
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.view import view_of
from biotoop.web.analyses.bridge.noded import measured_on
from biotoop.web.analyses.bridge.voices import voices
from biotoop.web.theories.bridge.documents import LanguageCode

Plain = dict[str, Any]
DRAWINGS = "drawings"
KEYS = {"from_": "from", "items": "items_"}  # "items" is a method of what a template reads


def write_pages(findings: Findings, folder: Path, language: LanguageCode) -> None:
    """Write all pages of one edition in one language; they stand there whole, or not at all."""
    making = folder.with_name(f".{uuid4().hex}")
    (making / DRAWINGS).mkdir(parents=True)
    report, account = view_of(findings, language), Account(in_percentages(findings), Pen(language))
    for chapter in report.chapters:
        keep(making, f"chapter-{chapter.anchor}", chapter_page(chapter))
        draw(making / DRAWINGS, chapter.blocks)
    keep(making, "chapter-voices", {"blocks": [plain(block) for block in voices(account)]})
    for step in steps_in(report):
        keep(making, step.anchor, plain(step))
    for node in findings.plausibility.nodes:
        keep(making, f"node-{node.node}", node_page(account, node))
    keep(making, "index", index_of(report))
    making.rename(folder)


def keep(folder: Path, name: str, page: Plain) -> None:
    """Write one page."""
    text = json.dumps(page, ensure_ascii=False, sort_keys=True)
    (folder / f"{name}.json").write_text(text, "utf-8")


def plain(value: Any) -> Any:  # noqa: ANN401 - any block
    """Make plain data of a block; a block keeps its kind, a drawing only its width."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if not attrs.has(type(value)):
        return value
    names = [field.name for field in attrs.fields(type(value)) if field.name != "svg"]
    made = {KEYS.get(name, name): plain(getattr(value, name)) for name in names}
    kind = getattr(value, "kind", None)
    return {"kind": kind, **made} if kind else made


def chapter_page(chapter: Chapter) -> Plain:
    """Write a chapter; a step is one line in it, with a page of its own."""
    return {
        "anchor": chapter.anchor,
        "title": chapter.title,
        "blocks": [line_of(b) if isinstance(b, Step) else plain(b) for b in chapter.blocks],
    }


def line_of(step: Step) -> Plain:
    """Write what a list says of a step."""
    shown = plain(step)
    names = ("anchor", "code", "from", "arrow", "to", "grade", "beside")
    return {"kind": "line", **{name: shown[name] for name in names}}


def steps_in(report: Report) -> Iterator[Step]:
    """Give every step and every route that was judged as a whole."""
    for chapter in report.chapters:
        for block in chapter.blocks:
            if isinstance(block, Step):
                yield block


def index_of(report: Report) -> Plain:
    """Write what stands around every page."""
    head = report.masthead
    return {
        "title": plain(head.title),
        "question": plain(head.question),
        "edition": head.edition,
        "facts": plain(head.facts),
        "watermark": head.watermark,
        "watermark_line": report.words["watermark_line"],
        "chapters": [{"anchor": c.anchor, "title": c.title} for c in report.chapters],
        "steps": [line_of(step) for step in steps_in(report)],
    }


def draw(folder: Path, blocks: tuple[Block, ...]) -> None:
    """Write the drawings, each with the one for a phone."""
    for block in blocks:
        if isinstance(block, Figure):
            (folder / f"{block.id}.svg").write_text(block.wide.svg, "utf-8")
            if block.narrow is not None:
                (folder / f"{block.id}-narrow.svg").write_text(block.narrow.svg, "utf-8")
        elif isinstance(block, Fold):
            draw(folder, block.blocks)


def node_page(account: Account, node: NodeAssessment) -> Plain:
    """Write what is known of one node: who recognises it, in whose words, and what was measured."""
    found = account.findings
    alone = attrs.evolve(found.plausibility, nodes=(node,), proposed_nodes=())
    quotes = tuple(quote for quote in found.quotes if quote.target == node.node)
    of_node = attrs.evolve(account, findings=attrs.evolve(found, plausibility=alone, quotes=quotes))
    blocks = [*node_blocks(of_node), *measured_on(account, node.node)]
    return {
        "code": node.node,
        "label": plain(account.node(node.node)),
        "sentence": plain(account.pen.note(node.sentence)),
        "changed": list(node.changed_text),
        "blocks": [plain(block) for block in blocks],
    }


def read_page(folder: Path, name: str) -> Plain | None:
    """Read one page, when it was written."""
    file = folder / f"{name}.json"
    if not file.is_file():
        return None
    page: Plain = json.loads(file.read_text("utf-8"))
    return page


def drawing(folder: Path, name: str) -> bytes | None:
    """Give one drawing, when it was written."""
    file = folder / DRAWINGS / f"{name}.svg"
    return file.read_bytes() if file.is_file() else None
