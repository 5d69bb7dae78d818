"""When two people changed the same thing: both texts, and the choice."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.theories.actions.drafting import Stale
from biotoop.web.theories.bridge.documents import Plain, text_of
from biotoop.web.theories.forms import reader_language
from biotoop.web.theories.models import Theory
from biotoop.web.theories.views.drawn import wants_json
from biotoop.web.theories.views.opening import around

HIDDEN = ("csrfmiddlewaretoken", "edition")


def reason_words(reason: str) -> str:
    """Say why a change does not fit the draft."""
    reasons = {
        "gone": _("This is not in the draft any more. Somebody took it out; undo brings it back."),
        "at_the_end": _("This node is already at the end of its column."),
        "to_itself": _("A step joins two different nodes. Choose another beginning or end."),
        "exists": _("There is a step between these nodes already. Change that one."),
        "ends_gone": _("A node of this step is not in the draft any more, so it cannot come back."),
        "not_kept": _("This change is too long ago to take back."),
        "only_order": _("Others went on since, so the order stays as it is now."),
        "in_use": _("A step hangs on this node by now. Take out the step first."),
    }
    return reasons[reason]


def both_texts(request: ReaderRequest, theory: Theory, stale: Stale) -> HttpResponse:
    """Show what the person wrote beside what is there now; nothing is lost, and they choose."""
    theirs = theirs_of(stale.theirs)
    if wants_json(request):
        text = _("Somebody else changed this in the meantime.")
        told = {"errors": [text], "stale": True, "theirs": theirs, "edition": stale.draft.edition}
        return JsonResponse(told, status=409)
    context = around(request, theory, (request.path, _("Two texts")), verbs=[Verb.CHANGE])
    sent = [
        (name, value) for name, values in request.POST.lists() for value in values
        if name not in HIDDEN
    ]  # fmt: skip
    more: dict[str, Any] = {
        "mine": [(field_words(name), value) for name, value in sent if value],
        "theirs": [(field_words(name), value) for name, value in theirs.items() if value],
        "sent": sent,
        "edition": stale.draft.edition,
        "address": request.path,
        "is_gone": stale.theirs is None,
    }
    return render(request, "theories/stale.html", context | more, status=409)


def theirs_of(item: Plain | None) -> dict[str, str]:
    """Give what is there now, by the names of the form."""
    language = reader_language()
    found: dict[str, str] = {}
    for name, value in (item or {}).items():
        if name in ("id", "code", "from", "to", "kind", "delivery", "replaces"):
            continue
        if isinstance(value, list):
            found[name] = "\n".join(
                text_of(part.get("text", part) if isinstance(part, dict) else part, language)
                for part in value
            )
        else:
            found[name] = text_of(value, language)
    return found


def field_words(name: str) -> str:
    """Give the word for a field on the page with both texts."""
    words = {
        "label": _("Text"), "whose": _("For whom"), "if_": _("If"), "if": _("If"),
        "then": _("Then"), "because": _("Because"), "assumptions": _("Assumptions"),
        "rivals": _("Other explanations"), "conditions": _("Conditions"),
        "horizon": _("How long"), "kind": _("Kind"), "start": _("From"), "end": _("Leads to"),
        "quality": _("Quality"),
    }  # fmt: skip
    return words.get(name, name.removeprefix("canvas_").replace("_", " "))
