"""The draft held against the rules, part by part: what stands beside it while people write."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs

from biotoop.web.theories.actions.publishing import heading_of
from biotoop.web.theories.bridge.documents import TheoryOfChange, as_theory
from biotoop.web.theories.bridge.reading import Finding, findings_in, kind_words
from biotoop.web.theories.forms import reader_language
from biotoop.web.theories.models import Theory
from biotoop.web.theories.views.showing import ShownLink, evidence_on_draft, shown_links


@attrs.frozen(kw_only=True)
class ShownNode:
    """A node in the outline, with the steps that leave it and what the checks say."""

    id: UUID
    code: str
    label: str
    whose: str
    links: tuple[ShownLink, ...]
    findings: tuple[Finding, ...]
    panel: str


@attrs.frozen(kw_only=True)
class ShownColumn:
    """A kind with its nodes; kinds without nodes are there as well."""

    kind: str
    heading: str
    meaning: str
    nodes: tuple[ShownNode, ...]


@attrs.frozen(kw_only=True)
class Proof:
    """A draft with its outline and findings."""

    columns: tuple[ShownColumn, ...]
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> Sequence[Finding]:
        """What must be mended before publishing."""
        return [item for item in self.findings if item.stops]

    @property
    def advice(self) -> Sequence[Finding]:
        """What makes it better, and stops nothing."""
        return [item for item in self.findings if not item.stops]

    @property
    def is_empty(self) -> bool:
        """Whether there is no node yet."""
        return not any(column.nodes for column in self.columns)


def draft_value(theory: Theory) -> TheoryOfChange:
    """Give the draft as a value of the engine."""
    return as_theory(theory.draft.content, heading_of(theory, "draft"))


def proof_of(theory: Theory) -> Proof:
    """Hold the draft against the rules."""
    language = reader_language()
    value = draft_value(theory)
    findings = findings_in(value, language)
    judged, panels = evidence_on_draft(theory, value)
    links = shown_links(theory, value, judged, language, draft=True, panels=panels)
    starts = {link.id: link.from_ for link in value.links}
    by_start: dict[str, list[Any]] = {}
    for item in links:
        by_start.setdefault(starts[item.id], []).append(item)
    columns = [
        ShownColumn(
            kind=kind, heading=heading, meaning=meaning,
            nodes=tuple(
                ShownNode(
                    id=node.id, code=node.code, label=node.label.get(language),
                    whose=node.whose.get(language) if node.whose else "",
                    links=tuple(by_start.get(node.code, ())),
                    findings=tuple(item for item in findings if item.item == node.id),
                    panel=panels.get(node.code, ""),
                )
                for node in value.nodes
                if node.kind == kind
            ),
        )
        for kind, heading, meaning in kind_words(language)
    ]  # fmt: skip
    return Proof(columns=tuple(columns), findings=findings)
