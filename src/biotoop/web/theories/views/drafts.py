"""Write the draft with plain forms: nodes, steps, canvas; every change can be taken back."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.theories.actions import drafting
from biotoop.web.theories.bridge import editing
from biotoop.web.theories.bridge.documents import Plain, text_of
from biotoop.web.theories.forms import CanvasForm, LinkForm, NodeForm, reader_language
from biotoop.web.theories.models import Theory
from biotoop.web.theories.queries import last_change
from biotoop.web.theories.views.drawn import drawn_draft, refused_json, wants_json
from biotoop.web.theories.views.opening import around, opened, writer
from biotoop.web.theories.views.panels import style
from biotoop.web.theories.views.proof import proof_of
from biotoop.web.theories.views.stale import both_texts, reason_words


@require_safe
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show the draft as an outline: every node with the steps that leave it."""
    theory = opened(request, pk, Verb.CHANGE)
    context = around(request, theory, verbs=[Verb.CHANGE])
    return render(request, "theories/edit.html", context | outline_of(theory))


def outline_of(theory: Theory) -> dict[str, Any]:
    """Give the draft as an outline with the remarks of the checks."""
    proof = proof_of(theory)
    return {
        "columns": proof.columns, "proof": proof, "edition": theory.draft.edition,
        "last": last_change(theory), "panel_style": style(),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def node(request: ReaderRequest, pk: UUID, node: UUID | None = None) -> HttpResponse:
    """Write a node, a new one or one that is there."""
    theory = opened(request, pk, Verb.CHANGE)
    item = there(theory, node)
    initial = NodeForm.initial_of(item) if item else {"kind": request.GET.get("soort", "result")}
    form = NodeForm(posted(request, initial), initial=initial | {"edition": theory.draft.edition})
    if form.is_valid():
        words = form.words()
        change = drafting.changing_node(node, words) if node else drafting.adding_node(words)
        return saved(request, theory, change, form.cleaned_data["edition"])
    title = _("Node %(code)s") % {"code": item["code"]} if item else _("New node")
    return form_page(request, theory, form, item, title, "theories/node.html")


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: ReaderRequest, pk: UUID, link: UUID | None = None) -> HttpResponse:
    """Write a step, a new one or one that is there."""
    theory = opened(request, pk, Verb.CHANGE)
    item = there(theory, link)
    ids = {part["code"]: part["id"] for part in theory.draft.content.get("nodes", ())}
    asked = {"start": request.GET.get("van"), "end": request.GET.get("naar"), "kind": "cause"}
    initial = LinkForm.initial_of(item, ids) if item else asked
    form = LinkForm(
        posted(request, initial), nodes=named_nodes(theory),
        initial=initial | {"edition": theory.draft.edition},
    )  # fmt: skip
    if form.is_valid():
        change = change_of_link(form, item, initial)
        return saved(request, theory, change, form.cleaned_data["edition"])
    title = _("Step %(code)s") % {"code": item["code"]} if item else _("New step")
    return form_page(request, theory, form, item, title, "theories/link.html")


def change_of_link(form: LinkForm, item: Plain | None, initial: Mapping[str, Any]) -> drafting.Edit:
    """Tell what a form about a step asks for: a new step, other words, or other ends."""
    words, data = form.words(), form.cleaned_data
    ends = (UUID(data["start"]), UUID(data["end"]))
    if item is None:
        return drafting.adding_link(ends, words)
    if (data["start"], data["end"]) != (initial["start"], initial["end"]):
        return drafting.relinking(UUID(item["id"]), ends, words)
    return drafting.changing_link(UUID(item["id"]), words)


@require_http_methods(["GET", "HEAD", "POST"])
def canvas(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write the canvas."""
    theory = opened(request, pk, Verb.CHANGE)
    content = theory.draft.content.get("canvas", {})
    form = CanvasForm(
        request.POST or None, canvas=content, initial={"edition": theory.draft.edition}
    )
    if form.is_valid():
        change = drafting.writing_canvas(form.written())
        return saved(request, theory, change, form.cleaned_data["edition"], then="canvas")
    context = around(request, theory, verbs=[Verb.CHANGE])
    return render(request, "theories/canvas.html", context | {"form": form}, status=status_of(form))


@require_POST
def drop(request: ReaderRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Take out a node with its steps, or a step; undo brings it back."""
    theory = opened(request, pk, Verb.CHANGE)
    item = editing.item_of(theory.draft.content, part)
    is_link = item is not None and "from" in item
    change = drafting.dropping_link(part) if is_link else drafting.dropping_node(part)
    return saved(request, theory, change, seen(request))


@require_POST
def move(request: ReaderRequest, pk: UUID, node: UUID) -> HttpResponse:
    """Move a node one place within its column."""
    theory = opened(request, pk, Verb.CHANGE)
    change = drafting.moving_node(node, up=request.POST.get("naar") == "hoger")
    return saved(request, theory, change, seen(request))


@require_POST
def undo(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take one change back."""
    theory = opened(request, pk, Verb.CHANGE)
    edition = request.POST.get("van", "")
    number = int(edition) if edition.isdecimal() and len(edition) < 9 else 0

    def change() -> int:
        return drafting.undo(theory, number, by=writer(request)).edition

    return carried_out(request, theory, change)


def there(theory: Theory, part: UUID | None) -> Plain | None:
    """Give the node or step that a page is about; what is not in the draft does not exist."""
    if part is None:
        return None
    item = editing.item_of(theory.draft.content, part)
    if item is None:
        raise Http404
    return item


def named_nodes(theory: Theory) -> list[tuple[str, str]]:
    """Give the nodes to choose from."""
    language = reader_language()
    return [
        (item["id"], f"{item['code']} {text_of(item['label'], language)}")
        for item in theory.draft.content.get("nodes", ())
    ]


def posted(request: ReaderRequest, initial: Mapping[str, Any]) -> QueryDict | None:
    """Give what was sent; the drawing sends only the fields that it changes."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if wants_json(request):
        for name, value in initial.items():
            if name not in data:
                data[name] = "" if value is None else str(value)
    return data


def seen(request: ReaderRequest) -> int:
    """Give the edition that the person saw; one that was not sent is none at all."""
    number = request.POST.get("edition", "")
    return int(number) if number.isdecimal() and len(number) < 9 else 0


def status_of(form: Any) -> int:  # noqa: ANN401 - any form
    return 422 if form.errors else 200


def form_page(
    request: ReaderRequest, theory: Theory, form: Any, item: Plain | None, title: str, template: str  # noqa: ANN401 - any form
) -> HttpResponse:  # fmt: skip
    if wants_json(request) and form.errors:
        return refused_json([text for errors in form.errors.values() for text in errors])
    context = around(request, theory, (request.path, title), verbs=[Verb.CHANGE])
    findings = [f for f in proof_of(theory).findings if item and str(f.item) == item["id"]]
    more = {"form": form, "item": item, "title": title, "findings": findings}
    return render(request, template, context | more, status=status_of(form))


def saved(
    request: ReaderRequest, theory: Theory, change: drafting.Edit, edition: int, then: str = "edit"
) -> HttpResponse:
    """Make a change, and show the draft as it is then."""

    def carry_out() -> int:
        return drafting.save(theory, change, by=writer(request), seen=edition).edition

    return carried_out(request, theory, carry_out, then=then)


def carried_out(
    request: ReaderRequest, theory: Theory, change: Callable[[], int], then: str = "edit"
) -> HttpResponse:
    try:
        edition = change()
    except drafting.Stale as stale:
        return both_texts(request, theory, stale)
    except editing.CannotEdit as refused:
        return cannot(request, theory, refused)
    theory.draft.refresh_from_db()
    if wants_json(request):
        return JsonResponse(drawn_draft(theory, changed=edition))
    messages.success(request, _("Saved."))
    return redirect(reverse(f"theories:{then}", args=[theory.pk]))


def cannot(request: ReaderRequest, theory: Theory, refused: editing.CannotEdit) -> HttpResponse:
    """Say why a change does not fit the draft."""
    text = reason_words(refused.reason)
    if wants_json(request):
        return refused_json([text])
    messages.error(request, text)
    return redirect("theories:edit", theory.pk)
