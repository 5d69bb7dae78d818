"""Ask somebody to read the draft, say what you found of it, and publish it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.theories.actions import publishing
from biotoop.web.theories.bridge.documents import hash_of_content, published
from biotoop.web.theories.bridge.reading import difference
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.forms import AskForm, DecideForm, PublishForm, reader_language
from biotoop.web.theories.models import Theory
from biotoop.web.theories.queries import approval_of, open_review
from biotoop.web.theories.views.opening import around, opened, writer
from biotoop.web.theories.views.proof import draft_value, proof_of


def refusal_words(reason: str) -> str:
    """Say why the draft cannot be published, or a review cannot be decided."""
    reasons = {
        "changed": _("Somebody changed the draft in the meantime. Look at it first."),
        "empty": _("There is nothing in the draft yet."),
        "faults": _("These faults stand in the way of publishing. Mend them first."),
        "nothing_new": _(
            "The draft says the same as the last version; there is nothing to publish."
        ),
        "not_read": _(
            "Nobody else read this text. Ask somebody, or write down why you publish it alone."
        ),
        "review_over": _("Somebody else decided already, or the review was withdrawn."),
        "own_draft": _("You asked for this review yourself; somebody else has to read it."),
    }
    return reasons[reason]


@require_safe
def review(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what would be published, what stands in the way, and who read it."""
    return review_page(request, opened(request, pk, Verb.CHANGE))


def review_page(request: ReaderRequest, theory: Theory, **more: Any) -> HttpResponse:  # noqa: ANN401 - forms by name
    context = around(request, theory, verbs=[Verb.CHANGE])
    waiting = open_review(theory)
    text_hash = hash_of_content(theory.draft.content)
    approval = approval_of(theory, text_hash)
    last = theory.latest
    told = (
        difference(published(last.content), draft_value(theory), reader_language())
        if last
        else None
    )
    forms = {
        "ask_form": AskForm(),
        "decide_form": DecideForm(),
        "publish_form": PublishForm(
            is_read=approval is not None, initial={"edition": theory.draft.edition}
        ),
    }
    status = more.pop("status", 200)
    parts = {
        "proof": proof_of(theory),
        "waiting": waiting,
        "is_mine": bool(waiting and waiting.asked_by_id == request.user.pk),
        "is_same_text": bool(waiting and waiting.text_hash == text_hash),
        "approval": approval,
        "earlier": theory.reviews.exclude(state=ReviewState.ASKED).select_related("decided_by")[:5],
        "told": told,
        "next_number": last.number + 1 if last else 1,
    }
    return render(request, "theories/review.html", context | forms | parts | more, status=status)


@require_POST
def ask(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to read the draft."""
    theory = opened(request, pk, Verb.CHANGE)
    form = AskForm(request.POST)
    if not form.is_valid():
        return review_page(request, theory, ask_form=form, status=422)
    publishing.ask_review(theory, form.cleaned_data["question"], by=writer(request))
    messages.success(request, _("Asked. Whoever may decide sees it on this page."))
    return redirect("theories:review", pk)


@require_POST
def decide(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say what you found of the draft."""
    theory = opened(request, pk, Verb.DECIDE)
    waiting = open_review(theory)
    if waiting is None:
        raise Http404
    form = DecideForm(request.POST)
    if not form.is_valid():
        return review_page(request, theory, decide_form=form, status=422)
    state = ReviewState(form.cleaned_data["state"])
    try:
        publishing.decide(waiting, state, form.cleaned_data["remarks"], by=writer(request))
    except publishing.CannotPublish as refused:
        form.add_error(None, refusal_words(refused.reason))
        return review_page(request, theory, decide_form=form, status=422)
    messages.success(request, _("Your reading is stored."))
    return redirect("theories:review", pk)


@require_POST
def publish(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Publish the draft as the next version."""
    theory = opened(request, pk, Verb.DECIDE)
    is_read = approval_of(theory, hash_of_content(theory.draft.content)) is not None
    form = PublishForm(request.POST, is_read=is_read)
    if not form.is_valid():
        return review_page(request, theory, publish_form=form, status=422)
    data = form.cleaned_data
    publication = publishing.Publication(note=data["note"], alone=data.get("alone", ""))
    try:
        version = publishing.publish(
            theory, publication, by=writer(request), seen=data["edition"],
            language=reader_language(),
        )  # fmt: skip
    except publishing.CannotPublish as refused:
        form.add_error(None, refusal_words(refused.reason))
        more = {"stopping": refused.findings}
        return review_page(request, theory, publish_form=form, status=422, **more)
    messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("theories:read", pk)
