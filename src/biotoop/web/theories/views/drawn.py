"""The draft for the drawing board: places, words and remarks as JSON, and the page around it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.theories.bridge.documents import LanguageCode, whole_of_drawing
from biotoop.web.theories.bridge.reading import (
    GradeMark,
    Look,
    kind_words,
    picture,
    places,
    words_of_grade,
)
from biotoop.web.theories.forms import reader_language
from biotoop.web.theories.models import Theory
from biotoop.web.theories.queries import last_change
from biotoop.web.theories.views.opening import around, opened
from biotoop.web.theories.views.panels import style
from biotoop.web.theories.views.proof import draft_value, proof_of
from biotoop.web.theories.views.showing import evidence_on_draft, grades_of


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the drawing board asks, rather than a form."""
    return request.headers.get("Accept", "").startswith("application/json")


def refused_json(errors: list[str]) -> JsonResponse:
    """Say why a change is refused."""
    return JsonResponse({"errors": [str(text) for text in errors]}, status=422)


@require_safe
def draw(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show the drawing board; without JavaScript, the drawing as it is."""
    theory = opened(request, pk, Verb.CHANGE)
    context = around(request, theory, verbs=[Verb.CHANGE])
    value = draft_value(theory)
    judged, panels = evidence_on_draft(theory, value)
    grades = grades_of(value, judged)
    look = Look(all_kinds=True, grades=grades, words=bool(grades), addresses=panels)
    more = {
        "proof": proof_of(theory),
        "picture": picture(value, reader_language(), look),
        "panel_style": style(),
        "edition": theory.draft.edition,
        "last": last_change(theory),
        "words": board_words(),
        "kinds": kind_words(reader_language()),
    }
    return render(request, "theories/draw.html", context | more)


@require_safe
def board(request: ReaderRequest, pk: UUID) -> JsonResponse:
    """Give the draft for the drawing board."""
    return JsonResponse(drawn_draft(opened(request, pk, Verb.CHANGE)))


def drawn_draft(theory: Theory, changed: int | None = None) -> dict[str, Any]:
    """Give places, words and remarks of the draft as it is now."""
    language = reader_language()
    value = draft_value(theory)
    judged, panels = evidence_on_draft(theory, value)
    grades = grades_of(value, judged)
    drawing = places(value, language, all_kinds=True, words=bool(grades))
    proof = proof_of(theory)
    whole = whole_of_drawing(drawing) if drawing else None
    ids = {node.code: str(node.id) for node in value.nodes}
    return {
        "edition": theory.draft.edition,
        "changed": changed,
        "drawing": whole,
        "nodes": [
            {
                "id": str(n.id), "code": n.code, "kind": str(n.kind),
                "label": n.label.get(language), "panel": panels.get(n.code, ""),
            }
            for n in value.nodes
        ],
        "links": [
            {
                "id": str(link.id), "code": link.code, "kind": str(link.kind),
                "from": ids.get(link.from_), "to": ids.get(link.to),
                "if": link.if_.get(language), "then": link.then.get(language),
                "because": link.because.get(language), "panel": panels.get(link.code, ""),
                "grade": grades[link.code].value if link.code in grades else "",
                "grade_words": grade_words(grades.get(link.code), language),
            }
            for link in value.links
        ],
        "findings": [
            {"text": f.text, "stops": f.stops, "item": str(f.item) if f.item else None}
            for f in proof.findings
        ],
    }  # fmt: skip


def grade_words(mark: GradeMark | None, language: LanguageCode) -> str:
    """Give the words of a grade; nothing when nobody judged the step."""
    return words_of_grade(mark.value, language) if mark else ""


def board_words() -> dict[str, str]:
    """Give the words that the drawing board says."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": _("Not saved: there is no connection. Your change is kept here; try again."),
        "again": _("Try again"),
        "stale": _("Somebody else changed this in the meantime."),
        "mine": _("Your text"),
        "theirs": _("The text that is there now"),
        "keep_mine": _("Save my text"),
        "keep_theirs": _("Keep the other text"),
        "undo": _("Undo"),
        "undone": _("Undone"),
        "dropped": _("taken out"),
        "leads_to": _("Leads to…"),
        "no_steps": _("does not lead anywhere yet"),
        "goes_to": _("leads to"),
        "add": _("Add"),
        "new_node": _("New node"),
        "cancel": _("Cancel"),
        "save": _("Save"),
        "connect": _("Draw a step from here"),
        "write": _("Write"),
        "up": _("Up"),
        "down": _("Down"),
        "take_out": _("Take out"),
        "evidence": _("Evidence"),
        "choose_end": _("Choose a node, or let go on one."),
        "nothing_stops": _("Nothing stands in the way of publishing."),
        "must": _("To mend before publishing"),
        "may": _("Could be better"),
        "because_missing": _("because is still missing"),
    }
