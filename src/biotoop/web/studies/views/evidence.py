"""Literature, tests and data files of a study."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.shared.actions.records import Refused, Stale, noted
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, allowed, found, visible
from biotoop.web.shared.views.records import Words, form_page, said
from biotoop.web.studies.actions import evidence, snapshots
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.actions.snapshots import Delivery
from biotoop.web.studies.bridge.documents import Fault
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.forms.evidence import DataForm, LiteratureForm, TargetForm, TestForm
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Snapshot, Study
from biotoop.web.studies.queries import current_snapshots
from biotoop.web.studies.rules import controllers_for, may_in_study
from biotoop.web.studies.views.frame import (
    around,
    opened_for,
    person,
    reader_language,
    trail_to,
)

FORMS: dict[str, tuple[type[Any], type[TargetForm]]] = {
    "literature": (LiteratureItem, LiteratureForm),
    "test": (ProcessTest, TestForm),
}
Item = LiteratureItem | ProcessTest


def theory_of(study: Study) -> TheoryWords | None:
    """Give the words of the theory that a study is about, in the reader's language."""
    return TheoryWords(study.version.content, reader_language()) if study.version else None


@require_safe
def listed(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List literature and tests, with the text that they judged."""
    study = opened_for(request, pk, LiteratureItem)
    theory = theory_of(study)
    context = around(request, study, ("", _("Literature and tests"))) | {
        "literature": told(request, study, LiteratureItem, theory),
        "tests": told(request, study, ProcessTest, theory),
        "may_make": may_in_study(request.reader, LiteratureItem, study, Verb.MAKE),
        "has_theory": theory is not None,
    }
    return render(request, "studies/evidence.html", context)


def told(
    request: ReaderRequest, study: Study, model: type[Any], theory: TheoryWords | None
) -> list[tuple[Any, str, bool]]:
    """Give rows with the words of their step, and whether that text changed since."""
    rows = visible(request.reader, model).filter(study=study).order_by("code")
    found_rows = []
    for row in rows:
        target = theory.find(row.target) if theory else None
        changed = bool(target and target.has_changed(row.text_hash))
        found_rows.append((row, target.words if target else "", changed))
    return found_rows


@require_http_methods(["GET", "HEAD", "POST"])
def add_literature(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Add a published effect."""
    return added(request, pk, "literature", Words(title=_("Add literature"), button=_("Add")))


@require_http_methods(["GET", "HEAD", "POST"])
def add_test(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Add a test."""
    return added(request, pk, "test", Words(title=_("Add a test"), button=_("Add")))


def added(request: ReaderRequest, pk: UUID, kind: str, words: Words) -> HttpResponse:
    """Add a published effect or a test."""
    model, form_class = FORMS[kind]
    study = opened_for(request, pk, model, Verb.MAKE)
    theory, page = theory_of(study), reverse("studies:evidence", args=[pk])
    if theory is None:
        messages.error(request, _("Choose a published version of the theory first."))
        return redirect(page)
    form = form_class(request.POST or None, instance=model(study=study), theory=theory)

    def save(values: dict[str, Any], _edition: int) -> str:
        item = model(study=study, **values)
        item.full_clean(exclude=["by"])
        evidence.add(item, by=person(request))
        return page

    trail = [*trail_to(study), (page, _("Literature and tests"))]
    return form_page(request, form, save, words=words, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
def literature(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a published effect."""
    return changed(request, pk, "literature")


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a test."""
    return changed(request, pk, "test")


def changed(request: ReaderRequest, pk: UUID, kind: str) -> HttpResponse:
    """Change a published effect or a test; it then judges the text of today."""
    model, form_class = FORMS[kind]
    rows = model.objects.select_related("study__version", "study__theory")
    item: Item = found(request.reader, model, pk, Verb.CHANGE, among=rows)
    theory, page = theory_of(item.study), reverse("studies:evidence", args=[item.study_id])
    if theory is None:
        messages.error(request, _("Choose a published version of the theory first."))
        return redirect(page)
    form = form_class(request.POST or None, instance=item, theory=theory)

    def save(values: dict[str, Any], edition: int) -> str:
        evidence.change(item, values, by=person(request), seen=edition)
        return page

    words = Words(title=f"{item.code}", button=_("Save"))
    trail = [*trail_to(item.study), (page, _("Literature and tests"))]
    return form_page(request, form, save, words=words, trail=trail)


@require_POST
def drop_literature(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a published effect away."""
    return dropped(request, found(request.reader, LiteratureItem, pk, Verb.ARCHIVE))


@require_POST
def drop_test(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a test away."""
    return dropped(request, found(request.reader, ProcessTest, pk, Verb.ARCHIVE))


def dropped(request: ReaderRequest, item: Item) -> HttpResponse:
    """Put a published effect or a test away: it counts no more."""
    evidence.put_away(item, by=person(request), seen=item.edition)
    said(request, _("%(code)s counts no more.") % {"code": item.code})
    return redirect("studies:evidence", item.study_id)


@require_http_methods(["GET", "HEAD", "POST"])
def data(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the data files of a study, and take in a new one."""
    study = opened_for(request, pk, Snapshot)
    datasets = snapshots.datasets_of(study, reader_language())
    may_take = may_in_study(request.reader, Snapshot, study, Verb.MAKE)
    form = DataForm(
        request.POST or None,
        request.FILES or None,
        datasets=datasets,
        controllers=controllers_for(study),
    )
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        if not may_take:
            raise PermissionDenied
        if form.is_valid():
            faults = taken(request, study, form)
            if not faults and form.is_valid():
                return redirect("studies:data", study.pk)
    seen = visible(request.reader, Snapshot).filter(study=study)
    rows = list(current_snapshots(study).filter(pk__in=seen.values("pk")))
    older = list(seen.exclude(superseded_at=None).select_related("file"))
    open_files = allowed(request.reader, Verb.EXPORT, [*rows, *older])
    context = around(request, study, ("", _("Data"))) | {
        "rows": rows, "older": older, "datasets": datasets, "form": form,
        "faults": faults, "may_take": may_take,
        "open_files": open_files,
        "some_closed": len(open_files) < len(rows) + len(older)
        and may_in_study(request.reader, Snapshot, study, Verb.EXPORT),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "studies/data.html", context, status=status)


def taken(request: ReaderRequest, study: Study, form: DataForm) -> tuple[Fault, ...]:
    """Take a data file in; give the faults for which it was refused."""
    values = form.cleaned_data
    delivery = Delivery(
        dataset=values["dataset"], upload=values["file"], taken_on=values["taken_on"],
        wave=values["wave"], controller=values.get("controller"),
    )  # fmt: skip
    try:
        made = snapshots.take(study, delivery, by=person(request), language=reader_language())
    except Unreadable as refusal:
        return refusal.faults
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return ()
    text = _("%(name)s is kept: %(rows)s rows.") % {"name": made.name, "rows": made.rows}
    messages.success(request, text)
    return ()


@require_safe
def download(request: ReaderRequest, pk: UUID) -> FileResponse:
    """Give a data file as it came in; it is written down that somebody took it."""
    row = found(
        request.reader, Snapshot, pk, Verb.EXPORT, among=Snapshot.objects.select_related("file")
    )
    path = snapshots.path_of(row)
    if not path.is_file():
        raise Http404
    noted(row, "snapshot_downloaded", request.reader.user_id, "data")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=row.name.rpartition("/")[2],
        content_type="application/octet-stream",
    )


__all__ = ["Stale"]
