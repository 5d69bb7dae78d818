"""Write the draft of a theory: nodes, steps and canvas, in the edition that was seen."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import theories as told
from biotoop.web.api.bridge.answers.problems import Fault
from biotoop.web.api.bridge.requests import (
    AmountWords,
    DraftCanvas,
    DraftLink,
    DraftNode,
    SeenQuery,
)
from biotoop.web.api.views import problems
from biotoop.web.api.views.calls import Call
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.problems import Trouble
from biotoop.web.shared.enums import Verb
from biotoop.web.theories.actions import drafting
from biotoop.web.theories.bridge import editing
from biotoop.web.theories.models import Theory
from biotoop.web.theories.views.opening import opened
from biotoop.web.theories.views.stale import reason_words

DRAFT = "theories/<uuid:pk>/draft"


@operation("GET", DRAFT, "draft", words=_("The draft of a theory, for who may write it"),
           answers=told.Draft)  # fmt: skip
def draft(call: Call, pk: UUID) -> told.Draft:
    there = opened(call.request, pk, Verb.CHANGE).draft
    return told.Draft(
        theory=pk, edition=there.edition, changed_at=there.changed_at, content=there.content
    )


def saved(call: Call, theory: Theory, change: drafting.Edit, seen: int) -> told.KeptDraft:
    """Make a change; what somebody else wrote since stays, and is told."""
    try:
        draft = drafting.save(theory, change, by=call.user, seen=seen)
    except drafting.Stale as stale:
        there = stale.draft.edition
        raise Trouble(problems.STALE, edition=there, now=stale.theirs) from stale
    except editing.CannotEdit as refused:
        fault = Fault(where="", text=reason_words(refused.reason))
        raise Trouble(problems.UNFITTING, faults=(fault,)) from refused
    return told.KeptDraft(theory=theory.pk, edition=draft.edition, changed=change.item)


def with_part(
    call: Call, pk: UUID, part: UUID, kind: str, edit: Callable[[], drafting.Edit], seen: int
) -> told.KeptDraft:
    """Change a node or step that is in the draft."""
    theory = opened(call.request, pk, Verb.CHANGE)
    item = editing.item_of(theory.draft.content, part)
    if item is None or ("from" in item) != (kind == "links"):
        raise Http404
    return saved(call, theory, edit(), seen)


def amounts(sent: AmountWords | None) -> editing.Amounts:
    if sent is None:
        return editing.Amounts()
    return editing.Amounts(planned=sent.planned, delivered=sent.delivered, unit=sent.unit or "")


def node_words(sent: DraftNode) -> editing.NodeWords:
    return editing.NodeWords(
        kind=sent.kind, label=sent.label, whose=sent.whose or "", reach=amounts(sent.reach),
        dose=amounts(sent.dose), quality=sent.quality or "", as_intended=sent.as_intended,
    )  # fmt: skip


def link_words(sent: DraftLink) -> editing.LinkWords:
    return editing.LinkWords(
        kind=sent.kind, if_=sent.if_, then=sent.then, because=sent.because,
        assumptions=sent.assumptions, rivals=sent.rivals, conditions=sent.conditions,
        horizon=sent.horizon or "",
    )  # fmt: skip


@operation("POST", f"{DRAFT}/nodes", "draft_nodes", words=_("Add a node to the draft"),
           answers=told.KeptDraft, body=DraftNode, status=201, repeats=True)  # fmt: skip
def add_node(call: Call, pk: UUID) -> told.KeptDraft:
    theory = opened(call.request, pk, Verb.CHANGE)
    return saved(call, theory, drafting.adding_node(node_words(call.body)), call.body.edition)


@operation("PUT", f"{DRAFT}/nodes/<uuid:part>", "draft_node", words=_("Write a node anew"),
           answers=told.KeptDraft, body=DraftNode)  # fmt: skip
def change_node(call: Call, pk: UUID, part: UUID) -> told.KeptDraft:
    def edit() -> drafting.Edit:
        return drafting.changing_node(part, node_words(call.body))

    return with_part(call, pk, part, "nodes", edit, call.body.edition)


@operation("DELETE", f"{DRAFT}/nodes/<uuid:part>", "draft_node",
           words=_("Take a node out of the draft, with the steps that touch it"),
           answers=told.KeptDraft, query=SeenQuery)  # fmt: skip
def drop_node(call: Call, pk: UUID, part: UUID) -> told.KeptDraft:
    return with_part(
        call, pk, part, "nodes", lambda: drafting.dropping_node(part), call.query.edition
    )


@operation("POST", f"{DRAFT}/links", "draft_links", words=_("Add a step to the draft"),
           answers=told.KeptDraft, body=DraftLink, status=201, repeats=True)  # fmt: skip
def add_link(call: Call, pk: UUID) -> told.KeptDraft:
    theory, sent = opened(call.request, pk, Verb.CHANGE), call.body
    edit = drafting.adding_link((sent.start, sent.end), link_words(sent))
    return saved(call, theory, edit, sent.edition)


@operation("PUT", f"{DRAFT}/links/<uuid:part>", "draft_link",
           words=_("Write a step anew; other ends make another step in its place"),
           answers=told.KeptDraft, body=DraftLink)  # fmt: skip
def change_link(call: Call, pk: UUID, part: UUID) -> told.KeptDraft:
    theory, sent = opened(call.request, pk, Verb.CHANGE), call.body
    item = editing.item_of(theory.draft.content, part)
    if item is None or "from" not in item:
        raise Http404
    ids = {node["code"]: node["id"] for node in theory.draft.content["nodes"]}
    ends = (ids.get(item["from"]), ids.get(item["to"]))
    edit = drafting.changing_link(part, link_words(sent))
    if ends != (str(sent.start), str(sent.end)):
        edit = drafting.relinking(part, (sent.start, sent.end), link_words(sent))
    return saved(call, theory, edit, sent.edition)


@operation("DELETE", f"{DRAFT}/links/<uuid:part>", "draft_link",
           words=_("Take a step out of the draft"), answers=told.KeptDraft,
           query=SeenQuery)  # fmt: skip
def drop_link(call: Call, pk: UUID, part: UUID) -> told.KeptDraft:
    return with_part(
        call, pk, part, "links", lambda: drafting.dropping_link(part), call.query.edition
    )


@operation("PUT", f"{DRAFT}/canvas", "draft_canvas", words=_("Write the canvas anew"),
           answers=told.KeptDraft, body=DraftCanvas)  # fmt: skip
def write_canvas(call: Call, pk: UUID) -> told.KeptDraft:
    theory = opened(call.request, pk, Verb.CHANGE)
    return saved(call, theory, drafting.writing_canvas(call.body.canvas), call.body.edition)
