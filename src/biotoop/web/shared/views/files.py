"""Files with records: give, add, put away and bring back."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.file_types import KNOWN, SHOWN
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models import StoredFile
from biotoop.web.shared.rules import ReaderRequest, found

# Whatever a file holds, a browser that opens it runs nothing and fetches nothing.
LOCKED = "default-src 'none'; style-src 'none'; sandbox"


@require_safe
def given(request: ReaderRequest, pk: UUID) -> FileResponse:
    """Give a file to who may see the record that it is with."""
    file = file_for(request, pk, Verb.SEE)
    path = files.place_of(file.sha256)
    if not path.is_file():
        raise Http404
    is_shown = file.media_type in SHOWN
    if not is_shown:
        files.note(file, "file_read", request.reader.user_id)
    answer = FileResponse(
        path.open("rb"),
        as_attachment=not is_shown,
        filename=file.name,
        content_type=file.media_type,
    )
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def added(request: ReaderRequest, kind: str, owner_id: UUID) -> HttpResponse:
    """Put a file with a record, as who may change the record."""
    holder = holder_for(request, kind, owner_id, Verb.CHANGE)
    upload, actor = request.FILES.get("file"), request.reader.user_id
    if upload is None or actor is None:
        messages.error(request, _("Choose a file first."))
        return back(request)
    try:
        kept = files.keep(holder, upload, actor=actor)
    except files.FileRefused as refused:
        messages.error(request, reason(refused, upload.name or ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s was added.") % {"name": kept.name})
    return back(request)


@require_POST
def removed(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a file away; one click brings it back."""
    file = file_for(request, pk, Verb.CHANGE)
    if (actor := request.reader.user_id) is None:
        raise PermissionDenied
    try:
        files.remove(file, actor=actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return back(request)
    text = _("%(name)s is put away. It can come back for a month.") % {"name": file.name}
    messages.success(request, text, extra_tags=reverse("shared:restore_file", args=[file.pk]))
    return back(request)


@require_POST
def restored(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Bring a file back."""
    file = file_for(request, pk, Verb.CHANGE, is_away=True)
    if (actor := request.reader.user_id) is None:
        raise PermissionDenied
    try:
        files.restore(file, actor=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s is back.") % {"name": file.name})
    return back(request)


def file_for(request: ReaderRequest, pk: UUID, verb: Verb, *, is_away: bool = False) -> StoredFile:
    """Give a file, if the reader may do this with the record that it is with."""
    file = StoredFile.objects.filter(pk=pk, removed_at__isnull=not is_away).first()
    if file is None:
        raise Http404
    holder_for(request, file.owner_kind, file.owner_id, verb)
    return file


def holder_for(request: ReaderRequest, kind: str, owner_id: UUID, verb: Verb) -> Model:
    """Give the record that holds files, if the reader may do this with it."""
    model = files.holder_model(kind)
    if model is None:
        raise Http404
    return found(request.reader, model, owner_id, verb)


def back(request: ReaderRequest) -> HttpResponse:
    """Go back to the page with the files."""
    then = request.POST.get("next") or request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(then, hosts, require_https=request.is_secure()):
        then = reverse("shared:start")
    return redirect(then)


def reason(refused: files.FileRefused, name: str) -> str:
    """Say why a file was not kept, and what to do."""
    words = {
        "empty": _("%(name)s is empty. Choose another file."),
        "too_big": _("%(name)s is larger than %(most)s MB. Make it smaller, or split it."),
        "wrong_type": _(
            "%(name)s was not kept: its content is not what its name says, or it is of a kind "
            "that we do not take. We take: %(kinds)s."
        ),
    }
    if refused.reason not in words:
        raise BadRequest
    most = settings.FILE_BYTES // 1_000_000
    return words[refused.reason] % {"name": name, "most": most, "kinds": ", ".join(sorted(KNOWN))}
