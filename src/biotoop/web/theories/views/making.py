"""Start a theory: empty, pasted, from a file, or as a variant; and its settings."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions import records
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may, may_make
from biotoop.web.theories.actions import drafting, importing
from biotoop.web.theories.actions import theories as acts
from biotoop.web.theories.bridge import files, pasting
from biotoop.web.theories.enums import Act
from biotoop.web.theories.forms import (
    FileForm,
    PasteForm,
    TheoryForm,
    VariantForm,
    reader_language,
)
from biotoop.web.theories.models import Theory
from biotoop.web.theories.views.opening import around, opened, writer

QUESTION = "vraag:"


def programme_for(request: ReaderRequest, pk: UUID) -> Programme:
    """Give the programme in which the reader may start a theory."""
    programme = found(
        request.reader, Programme, pk, among=Programme.objects.select_related("organisation")
    )
    if not may_make(request.reader, Theory, Kind.PROGRAMME, programme.pk):
        raise PermissionDenied
    return programme


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest, programme: UUID) -> HttpResponse:
    """Start a theory."""
    place = programme_for(request, programme)
    initial = {"title": place.name, "place": "", "language": reader_language()}
    form = TheoryForm(request.POST or None, initial=initial)
    if form.is_valid():
        theory = acts.make(place, particulars(form), by=writer(request))
        ways = {"plakken": "theories:paste", "canvas": "theories:canvas"}
        return redirect(ways.get(request.POST.get("dan", ""), "theories:draw"), theory.pk)
    context = {"form": form, "programme": place, "file_form": FileForm(), "trail": trail_of(place)}
    return render(request, "theories/make.html", context, status=422 if form.errors else 200)


def trail_of(programme: Programme) -> list[tuple[str, str]]:
    """Tell where the page for a new theory stands."""
    here = _("New theory for %(programme)s") % {"programme": programme.name}
    return [(reverse("theories:list"), _("Theories of change")), ("", here)]


def particulars(form: TheoryForm) -> acts.Particulars:
    """Give what stands above a theory as it was written."""
    names = ("title", "language", "place", "visibility", "invented")
    return acts.Particulars(**{name: form.cleaned_data[name] for name in names})


@require_POST
def read_in(request: ReaderRequest, programme: UUID) -> HttpResponse:
    """Start a theory from a file."""
    place = programme_for(request, programme)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        reading = files.read_file(form.cleaned_data["file"], reader_language())
        try:
            theory = importing.as_new(place, reading, by=writer(request))
        except importing.CannotImport as refused:
            return import_refused(request, refused, {"trail": trail_of(place)})
        messages.success(request, _("The theory was read. Look it over, and publish it."))
        return redirect("theories:draw", theory.pk)
    context = {
        "form": TheoryForm(),
        "programme": place,
        "file_form": form,
        "trail": trail_of(place),
    }
    return render(request, "theories/make.html", context, status=422)


@require_POST
def read_into(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take the draft of a theory from a file with the same identity."""
    theory = opened(request, pk, Verb.CHANGE)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return settings_page(request, theory, file_form=form)
    reading = files.read_file(form.cleaned_data["file"], reader_language())
    try:
        seen = form.cleaned_data["edition"] or 0
        importing.into_draft(theory, reading, by=writer(request), seen=seen)
    except importing.CannotImport as refused:
        return import_refused(request, refused, around(request, theory, verbs=[Verb.CHANGE]))
    messages.success(request, _("The draft now holds what the file says."))
    return redirect("theories:edit", pk)


def import_refused(
    request: ReaderRequest, refused: importing.CannotImport, context: dict[str, Any]
) -> HttpResponse:
    """Tell every fault of a file; nothing was stored."""
    faults = [fault_words(fault) for fault in refused.faults]
    return render(request, "theories/import_refused.html", context | {"faults": faults}, status=422)


def fault_words(fault: str | tuple[str, str]) -> str:
    """Say what is wrong with a file; the engine's own sentences come as they are."""
    if isinstance(fault, tuple):
        kind, code = fault
        clashes = {
            "code": _(
                "The code %(code)s belongs to another part of this theory; "
                "codes are never given out again."
            ),
            "renamed": _("A part has another code than it had here: %(code)s. A code stays."),
            "elsewhere": _("Part %(code)s belongs to another theory, or is of another kind there."),
        }
        return clashes[kind] % {"code": code}
    known = {
        "not_text": _(
            "This is no text in UTF-8. Send a theory.yaml, or a study folder as a zip file."
        ),
        "too_many_files": _("The zip file holds too many files. Send only the study folder."),
        "no_theory": _("The zip file must hold one theory.yaml; there is none, or more than one."),
        "too_large": _("The theory.yaml is too large; at most 5 MB is read."),
        "damaged": _("The zip file is damaged, or locked with a password."),
        "exists": _("This theory is here already. Open it, and read the file in under Settings."),
        "other_theory": _("The file is about another theory: its id is not the id of this one."),
        "changed": _(
            "Somebody changed the draft in the meantime. Look at it, and send the file again."
        ),
    }
    return known.get(fault, fault)


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Read a pasted table or outline, ask what it leaves open, and make a first drawing of it."""
    theory = opened(request, pk, Verb.CHANGE)
    form = PasteForm(request.POST or None, initial={"edition": theory.draft.edition})
    reading = None
    if form.is_valid():
        answers = {
            name.removeprefix(QUESTION): str(value)
            for name, value in request.POST.items()
            if name.startswith(QUESTION)
        }
        reading = pasting.read(form.cleaned_data["text"], answers, reader_language())
        if reading.found.ready and "overnemen" in request.POST:
            return taken_over(request, theory, reading, form.cleaned_data["edition"])
    context = around(request, theory, (request.path, _("Paste")), verbs=[Verb.CHANGE])
    answered = [(name, value) for name, value in request.POST.items() if name.startswith(QUESTION)]
    open_questions = [f"{QUESTION}{q.key}" for q in reading.questions] if reading else []
    more = {
        "form": form,
        "reading": reading,
        "answered": [pair for pair in answered if pair[0] not in open_questions],
        "picture": pasting.preview(reading.found, theory.title, reader_language())
        if reading
        else None,
        "has_draft": bool(theory.draft.content.get("nodes")),
        "question": QUESTION,
    }
    wrong = bool(form.errors) or bool(reading and reading.faults)
    return render(request, "theories/paste.html", context | more, status=422 if wrong else 200)


def taken_over(
    request: ReaderRequest, theory: Theory, reading: pasting.PastedReading, seen: int
) -> HttpResponse:
    """Put what was pasted in the draft."""
    if seen != theory.draft.edition:
        messages.error(request, _("Somebody changed the draft in the meantime. Look at it first."))
        return redirect("theories:draw", theory.pk)
    content = pasting.content(reading.found, theory.pk, uuid4)
    edit = drafting.taking_over(content, Act.PASTED)
    drafting.save(theory, edit, by=writer(request), seen=seen)
    messages.success(request, _("The first drawing is there."))
    return redirect("theories:draw", theory.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what stands above a theory, and change it."""
    theory = opened(request, pk, Verb.CHANGE)
    if request.method != "POST":
        return settings_page(request, theory)
    opened(request, pk, Verb.DECIDE)
    form = TheoryForm(request.POST, instance=Theory.objects.get(pk=pk))
    if not form.is_valid():
        return settings_page(request, theory, form=form)
    try:
        seen = form.cleaned_data["edition"] or 0
        acts.change(theory, particulars(form), by=writer(request), seen=seen)
    except records.Stale:
        form.add_error(None, overtaken())
        now_there = Theory.objects.values_list("edition", flat=True).get(pk=pk)
        form.data = {**request.POST.dict(), "edition": str(now_there)}
        return settings_page(request, theory, form=form)
    messages.success(request, _("Saved."))
    return redirect("theories:settings", pk)


def overtaken() -> str:
    """Say that somebody else was first."""
    return _(
        "Somebody else changed these settings. Below they stand as you wrote them; "
        "save again to keep yours."
    )


def settings_page(request: ReaderRequest, theory: Theory, **forms: Any) -> HttpResponse:  # noqa: ANN401 - forms by name
    reader = request.reader
    context = around(request, theory, verbs=[Verb.CHANGE])
    initial = {"edition": theory.edition}
    more = {
        "form": TheoryForm(instance=theory, initial=initial),
        "file_form": FileForm(initial={"edition": theory.draft.edition}),
        "variant_form": VariantForm(),
        "may_archive": may(reader, Verb.ARCHIVE, theory),
        "may_make": may_make(reader, Theory, Kind.PROGRAMME, theory.programme_id),
        "may_export": may(reader, Verb.EXPORT, theory),
        "variants": theory.variants.filter(archived_at=None),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "theories/settings.html", context | more | forms, status=status)


@require_POST
def variant(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write a variant for another place."""
    theory = opened(request, pk, Verb.CHANGE)
    form = VariantForm(request.POST)
    if not form.is_valid():
        return settings_page(request, theory, variant_form=form)
    place = programme_for(request, theory.programme_id)
    source = theory.draft.content
    made = acts.write_variant(theory, place, form.cleaned_data["place"], source, by=writer(request))
    return redirect("theories:draw", made.pk)


@require_POST
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a theory away, or take it out again."""
    theory = opened(request, pk, Verb.ARCHIVE)
    if theory.archived_at:
        records.put_back(theory, by=writer(request).pk, purpose=acts.PURPOSE)
        messages.success(request, _("The theory is back."))
        return redirect("theories:read", pk)
    records.put_away(theory, by=writer(request).pk, purpose=acts.PURPOSE)
    messages.success(request, _("The theory is in the archive; nothing of it is lost."))
    return redirect("theories:list")
