"""Documents of a study, its safeguards, and the plan that is registered."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Words, form_page
from biotoop.web.studies.actions import documents, registering, studies
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.bridge.documents import Fault, example
from biotoop.web.studies.bridge.folders import departures, faults_in, files_of
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.forms.evidence import DocumentForm
from biotoop.web.studies.forms.studies import SafeguardForm
from biotoop.web.studies.models import (
    PlanRegistration,
    Snapshot,
    Study,
    StudyDocument,
    StudySafeguard,
)
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import (
    around,
    opened,
    opened_for,
    person,
    reader_language,
    trail_to,
)
from biotoop.web.studies.views.studies import edition_in

NAME = "naam"


@require_http_methods(["GET", "HEAD", "POST"])
def all_documents(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the documents of a study, or write in the one that is named."""
    study = opened(request, pk, Verb.CHANGE)
    name = request.GET.get(NAME, "")
    if name:
        if name not in DocumentName.values:
            raise Http404
        return one_document(request, study, name)
    there = {row.name: row for row in study.documents.all()}
    context = around(request, study, ("", _("Documents"))) | {
        "rows": [(kind, str(kind.label), there.get(kind.value)) for kind in DocumentName],
        "faults": faults_in(files_of(study), reader_language()),
        "may_export": may_in_study(request.reader, Snapshot, study, Verb.EXPORT)
        and may(request.reader, Verb.EXPORT, study),
    }
    return render(request, "studies/documents.html", context)


def one_document(request: ReaderRequest, study: Study, name: str) -> HttpResponse:
    """Write in one document; faults stand beside the text, with their line."""
    row = study.documents.filter(name=name).first()
    edition, text = (row.edition, row.text) if row else (0, "")
    if row is None and "voorbeeld" in request.GET:
        text = example(name, study.pk)
    form = DocumentForm(request.POST or None, initial={"edition": edition, "text": text})
    faults: tuple[Fault, ...] = ()
    theirs = ""
    if request.method == "POST" and form.is_valid():
        try:
            save(request, study, name, form)
        except Unreadable as refusal:
            faults = refusal.faults
        except Stale as stale:
            theirs, edition = kept_now(stale)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": name})
            return redirect(f"{reverse('studies:documents', args=[study.pk])}?{NAME}={name}")
    elif row is not None:
        whole = faults_in(files_of(study), reader_language())
        faults = tuple(fault for fault in whole if fault.file == name)
    here = (reverse("studies:documents", args=[study.pk]), _("Documents"))
    context = around(request, study, here, ("", name)) | {
        "form": form, "document": name, "row": row, "faults": faults, "theirs": theirs,
        "edition": edition, "is_new": row is None, "words": DocumentName(name).label,
        "refused": bool(faults) and form.is_bound, "has_example": bool(example(name, study.pk)),
    }  # fmt: skip
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "studies/document.html", context, status=status)


def save(request: ReaderRequest, study: Study, name: str, form: DocumentForm) -> None:
    """Keep what somebody wrote."""
    values = form.cleaned_data
    documents.save(
        study, name, values["text"], by=person(request), seen=values["edition"],
        language=reader_language(),
    )  # fmt: skip


def kept_now(stale: Stale) -> tuple[str, int]:
    """Give the text of another, and its edition."""
    there = stale.record
    return (there.text, there.edition) if isinstance(there, StudyDocument) else ("", there.edition)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what was registered and how the plan departs from it, and register."""
    study = opened(request, pk)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        opened(request, pk, Verb.DECIDE)
        try:
            made = registering.register_plan(
                study, by=person(request), seen=edition_in(request), language=reader_language()
            )
        except Unreadable as refusal:
            faults = refusal.faults
        except Stale:
            messages.error(request, _("Somebody else changed this study. Look again, then decide."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("studies:registration", made.pk)
    seen = visible(request.reader, PlanRegistration).filter(study=study)
    rows = list(seen.select_related("version").order_by("-registered_at"))
    names = dict(User.objects.filter(pk__in=[row.by for row in rows]).values_list("pk", "name"))
    files = files_of(study)
    context = around(request, study, ("", _("Plan"))) | {
        "rows": [(row, names.get(row.by, "") if row.by else "") for row in rows],
        "departures": departures(files, reader_language()),
        "faults": faults or [f for f in faults_in(files, reader_language()) if f.stops],
        "may_decide": may_in_study(request.reader, Study, study, Verb.DECIDE),
        "was_refused": bool(faults),
    }
    return render(request, "studies/plan.html", context, status=422 if faults else 200)


@require_safe
def registration(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show one registration: what was fixed, when, by whom; or give its file."""
    rows = PlanRegistration.objects.select_related("study", "version")
    row = found(request.reader, PlanRegistration, pk, among=rows)
    if request.GET.get("als") == "json":
        text = json.dumps(row.record, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        answer = HttpResponse(text, content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="registration.json"'
        return answer
    study = opened(request, row.study_id)
    by = User.objects.filter(pk=row.by).first() if row.by else None
    here = (reverse("studies:plan", args=[study.pk]), _("Plan"))
    context = around(request, study, here, ("", str(row))) | {
        "row": row,
        "by": by,
        "fixed": [(part, sorted(items)) for part, items in parts_of(row.record) if items],
        "names": sorted(row.documents),
    }
    return render(request, "studies/registration.html", context)


def parts_of(record: dict[str, Any]) -> list[tuple[str, Any]]:
    """Give what a registration fixed, part by part."""
    fixed = record.get("fixed", {})
    words = [
        ("plans", _("Analysis plans")), ("measures", _("Measures")), ("data", _("Data")),
        ("tests", _("Tests")), ("instruments", _("Instruments")),
        ("theory", _("Nodes and steps")), ("valuation", _("Euros")),
    ]  # fmt: skip
    return [(label, fixed.get(key, {})) for key, label in words]


@require_safe
def safeguards(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List what protects who takes part."""
    study = opened_for(request, pk, StudySafeguard)
    rows = list(study.safeguards.order_by("kind"))
    names = User.objects.filter(pk__in=[row.decided_by for row in rows])
    context = around(request, study, ("", _("Safeguards"))) | {
        "rows": [(row, {"open": "warn", "agreed": "good"}.get(row.state, "calm")) for row in rows],
        "names": {person.pk: person.name for person in names},
        "may_change": may_in_study(request.reader, StudySafeguard, study, Verb.CHANGE),
    }
    return render(request, "studies/safeguards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say what was agreed."""
    rows = StudySafeguard.objects.select_related("study")
    row = found(request.reader, StudySafeguard, pk, Verb.CHANGE, among=rows)
    form = SafeguardForm(request.POST or None, instance=row)
    page = reverse("studies:safeguards", args=[row.study_id])

    def save_it(values: dict[str, Any], edition: int) -> str:
        studies.settle(
            row, values["state"], values["explanation"], by=person(request), seen=edition
        )
        return page

    words = Words(title=str(row.get_kind_display()).capitalize(), button=_("Save"))
    trail = [*trail_to(row.study), (page, _("Safeguards"))]
    return form_page(request, form, save_it, words=words, trail=trail)


@require_POST
def drop_document(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a document out of a study; study.yaml stays."""
    study, name = opened(request, pk, Verb.CHANGE), request.POST.get(NAME, "")
    row = study.documents.exclude(name=DocumentName.STUDY).filter(name=name).first()
    if row is not None:
        try:
            documents.drop(row, by=person(request), seen=edition_in(request))
        except Stale:
            messages.error(request, _("Somebody else changed this document; it was not dropped."))
    return redirect("studies:documents", study.pk)
