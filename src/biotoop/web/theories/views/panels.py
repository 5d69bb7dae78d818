"""The way from an arrow or node to its evidence: a higher app says which pages show it."""

from uuid import UUID

import attrs
from django.templatetags.static import static

from biotoop.web.shared.models.records import address_of
from biotoop.web.theories.bridge.documents import TheoryOfChange
from biotoop.web.theories.models import Theory


@attrs.frozen(kw_only=True)
class EvidencePages:
    """Names of the pages with the evidence of a step and of a node, and how they are dressed.

    Asked by a page that has the drawing already (htmx), they give the part that stands beside it.
    """

    link: str
    node: str
    style: str


_PAGES: dict[str, EvidencePages] = {}


def shows_evidence(pages: EvidencePages) -> None:
    """Say which pages show the evidence on steps and nodes."""
    _PAGES["evidence"] = pages


def link_panel(theory: Theory, link: UUID) -> str:
    """Give where the evidence on a step stands; nothing when no app shows it."""
    pages = _PAGES.get("evidence")
    return address_of(pages.link, theory.pk, link) if pages else ""


def node_panel(theory: Theory, node: UUID) -> str:
    """Give where the evidence on a node stands; nothing when no app shows it."""
    pages = _PAGES.get("evidence")
    return address_of(pages.node, theory.pk, node) if pages else ""


def panels_of(theory: Theory, value: TheoryOfChange) -> dict[str, str]:
    """Give where the evidence on each step and node of a text stands, by code."""
    if not _PAGES:
        return {}
    links = {link.code: link_panel(theory, link.id) for link in value.links}
    return links | {node.code: node_panel(theory, node.id) for node in value.nodes}


def style() -> str:
    """Give the address of the style of panels."""
    pages = _PAGES.get("evidence")
    return static(pages.style) if pages else ""
