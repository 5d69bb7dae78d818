"""Rounds, tables of claims, and what people miss in the theory."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.interviews.actions import importing, proposals, rounds
from biotoop.web.interviews.actions.importing import Preview, Table
from biotoop.web.interviews.actions.proposals import Verdict
from biotoop.web.interviews.bridge.sheets import UnreadableSheet, first_sheet
from biotoop.web.interviews.enums import ProposalState
from biotoop.web.interviews.forms.claims import DecisionForm, RoundForm, TableForm
from biotoop.web.interviews.models import Claim, Proposal, Round
from biotoop.web.interviews.queries import asks_for_decision, people_behind, with_support
from biotoop.web.interviews.views.frame import (
    answering_for,
    rounds_to_fill,
    theory_of,
    without_theory,
)
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Words, form_page
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import (
    around,
    opened_for,
    person,
    reader_language,
    trail_to,
)
from biotoop.web.theories.models import Theory

LARGEST, SHOWN = 5_000_000, 12


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say how a new round was held."""
    study = opened_for(request, pk, Round, Verb.MAKE)
    number = study.rounds.count() + 1
    controllers = answering_for(request.reader, study)
    first = Round(study=study, code=f"r{number}", organisation=controllers[0].name)
    form = RoundForm(request.POST or None, instance=first, controllers=controllers)

    def save(values: dict[str, Any], _edition: int) -> str:
        rounds.hold(
            Round(study=study, **{"controller": controllers[0], **values}), by=person(request)
        )
        return reverse("interviews:add", args=[study.pk])

    words = Words(
        title=_("New round"), button=_("Save, and add claims"),
        lead=_("How were people heard? This holds for every claim of the round."),
    )  # fmt: skip
    trail = [*trail_to(study), (reverse("interviews:claims", args=[study.pk]), _("Claims"))]
    return form_page(request, form, save, words=words, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change how a round was held."""
    held = found(
        request.reader, Round, pk, Verb.CHANGE, among=Round.objects.select_related("study")
    )
    form = RoundForm(request.POST or None, instance=held)
    page = reverse("interviews:claims", args=[held.study_id])

    def save(values: dict[str, Any], edition: int) -> str:
        rounds.change(held, values, by=person(request), seen=edition)
        return page

    words = Words(title=str(held), button=_("Save"))
    trail = [*trail_to(held.study), (page, _("Claims"))]
    return form_page(request, form, save, words=words, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Look a table of claims through, show what would be kept, and keep it whole."""
    study = opened_for(request, pk, Claim, Verb.MAKE)
    if theory_of(study) is None:
        return without_theory(request, study)
    answering_for(request.reader, study)
    form = TableForm(
        request.POST or None, request.FILES or None, rounds=rounds_to_fill(request.reader, study)
    )
    preview: Preview | None = None
    text = ""
    if form.is_bound and form.is_valid():
        text = text_in(form)
        if text:
            preview = importing.look(study, table_of(request, study, form, text), reader_language())
        if preview and preview.sound and "neem" in request.POST:
            return kept(request, study, table_of(request, study, form, text))
    here = (reverse("interviews:claims", args=[study.pk]), _("Claims"))
    context = around(request, study, here, ("", _("Many claims at once"))) | {
        "form": form, "preview": preview, "text": text,
        "stops": [f for f in preview.faults if f.stops] if preview else [],
        "advice": [f for f in preview.faults if not f.stops] if preview else [],
        "first": preview.rows[:SHOWN] if preview else (),
    }  # fmt: skip
    wrong = form.is_bound and not (preview and preview.sound)
    return render(request, "interviews/paste.html", context, status=422 if wrong else 200)


def text_in(form: TableForm) -> str:
    """Give the table that was pasted or sent; what cannot be read is a fault of the form."""
    sent = form.cleaned_data["file"]
    if not sent:
        return str(form.cleaned_data["text"])
    if sent.size > LARGEST:
        form.add_error("file", _("This file is larger than 5 MB. Send it in parts."))
        return ""
    data = sent.read()
    try:
        return first_sheet(data) if data[:2] == b"PK" else data.decode("utf-8-sig")
    except (UnreadableSheet, UnicodeDecodeError):
        form.add_error("file", _("This cannot be read as xlsx or as csv in UTF-8."))
        return ""


def table_of(request: ReaderRequest, study: Study, form: TableForm, text: str) -> Table:
    """Give what somebody sent, with what they chose."""
    values = form.cleaned_data
    return Table(
        text=text, held=values["round"], masked=values["masked"], is_read=values["is_read"],
        controller=answering_for(request.reader, study)[0],
    )  # fmt: skip


def kept(request: ReaderRequest, study: Study, table: Table) -> HttpResponse:
    """Keep a table that was looked through."""
    try:
        number = importing.take(study, table, reader_language(), by=person(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(number)s claims are kept.") % {"number": number})
    return redirect("interviews:claims", study.pk)


@require_safe
def missing(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List what people miss in the theory; what enough people miss comes first."""
    study = opened_for(request, pk, Proposal)
    rows = list(with_support(visible(request.reader, Proposal).filter(study=study)))
    rows.sort(key=lambda row: (not asks_for_decision(row), -people_behind(row), row.label))
    context = around(request, study, ("", _("What is missing"))) | {
        "rows": [(row, people_behind(row), asks_for_decision(row)) for row in rows],
        "may_decide": may_in_study(request.reader, Proposal, study, Verb.DECIDE),
    }
    return render(request, "interviews/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Decide about one thing that people miss."""
    around_it = ("study__theory__programme", "study__organisation")
    row = found(
        request.reader, Proposal, pk, Verb.DECIDE,
        among=Proposal.objects.select_related(*around_it),
    )  # fmt: skip
    form = DecisionForm(request.POST or None, initial={"edition": row.edition, "kind": "result"})
    page = reverse("interviews:proposals", args=[row.study_id])

    def save(values: dict[str, Any], edition: int) -> str:
        if values["state"] == ProposalState.INCLUDED and not may_draw(request, row.study.theory):
            raise PermissionDenied
        proposals.decide(row, Verdict(**values), by=person(request), seen=edition)
        return page

    words = Words(
        title=_("Decide: %(what)s") % {"what": row.label}, button=_("Decide"),
        lead=_("Residents miss this in the theory. They get to hear what was done with it."),
    )  # fmt: skip
    trail = [*trail_to(row.study), (page, _("What is missing"))]
    return form_page(request, form, save, words=words, trail=trail)


def may_draw(request: ReaderRequest, theory: Theory) -> bool:
    """Tell whether the reader may change the draft of the theory."""
    return may(request.reader, Verb.CHANGE, theory)
