"""A whole study folder, in and out."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.interviews.actions import folders
from biotoop.web.interviews.bridge.archives import MOST_BYTES, pack
from biotoop.web.interviews.forms.folders import FolderForm
from biotoop.web.interviews.models import Quote
from biotoop.web.interviews.views.updating import offered
from biotoop.web.shared.actions.records import noted
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may_make
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.bridge.documents import Fault
from biotoop.web.studies.models import Snapshot, Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import opened, person, reader_language
from biotoop.web.theories.models import Theory


@require_safe
def given(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Give the whole folder, to who may see its words and take its data."""
    study = opened(request, pk, Verb.EXPORT)
    words = may_in_study(request.reader, Quote, study)
    if not (words and may_in_study(request.reader, Snapshot, study, Verb.EXPORT)):
        raise PermissionDenied
    noted(study, "study_folder_downloaded", request.reader.user_id, "study")
    answer = HttpResponse(pack(folders.folder_of(study)), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="studiemap.zip"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def taken(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a study folder in on a theory; every fault is told, and then nothing is kept."""
    theory = found(
        request.reader, Theory, pk, among=Theory.objects.select_related("programme__organisation")
    )
    if not may_make(request.reader, Study, Kind.THEORY, theory.pk):
        raise PermissionDenied
    form = FolderForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            form.add_error("file", _("This folder is too large: at most 500 files and 200 MB."))
        else:
            packed = sent.read()
            if page := offered(request, theory, packed):
                return page
            try:
                study = folders.take(theory, packed, by=person(request), language=reader_language())
            except Unreadable as refusal:
                faults = refusal.faults
            else:
                messages.success(request, _("The study is taken in. Register its plan here anew."))
                return redirect(study)
    trail = [
        (reverse("studies:list"), _("Studies")),
        (theory.get_absolute_url(), str(theory)),
        ("", _("Take in a study folder")),
    ]
    context = {"form": form, "faults": faults, "trail": trail, "theory": theory}
    status = 422 if form.is_bound else 200
    return render(request, "interviews/folder.html", context, status=status)
