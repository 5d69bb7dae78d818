"""Take findings along: the report, the findings themselves, and the folder they came from."""

import tempfile
import zipfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.bridge.computing import FINDINGS, report_file
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.views.findings import ready
from biotoop.web.analyses.views.frame import opened_run
from biotoop.web.shared.actions.records import noted
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.studies.views.frame import person, reader_language

KINDS = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STAMP = (1980, 1, 1, 0, 0, 0)


@require_safe
def report(request: ReaderRequest, pk: UUID, kind: str) -> HttpResponseBase:
    """Send the report in one form; right after a run it may still be written."""
    if kind not in KINDS:
        raise Http404
    reading = ready(request, pk)
    file = report_file(reading.place, reading.edition, reader_language(), kind)
    if file is None:
        messages.info(request, _("The report is still being written. Try again in a minute."))
        return redirect(reading.run)
    return sent(file, reading.run, f"{reading.edition}.{kind}", KINDS[kind])


@require_safe
def findings(request: ReaderRequest, pk: UUID) -> HttpResponseBase:
    """Send findings.json, in the edition of the reader."""
    reading = ready(request, pk)
    file = reading.place.edition(reading.edition) / FINDINGS
    return sent(file, reading.run, f"{reading.edition}.json", "application/json")


@require_safe
def folder(request: ReaderRequest, pk: UUID) -> HttpResponseBase:
    """Send the frozen study folder; ``biotoop run`` on it gives the same findings."""
    run = opened_run(request, pk, Verb.EXPORT)
    place = Place(run.digest)
    if not place.folder.is_dir():
        raise Http404
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    pack(place.folder, packed)
    packed.seek(0)
    noted(run, "folder_taken", person(request).pk, "analysis")
    name = f"{named(run)}-studiemap.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")


def pack(folder: Path, target: object) -> None:
    """Pack a folder; the same folder gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[call-overload]
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            inside = zipfile.ZipInfo(path.relative_to(folder).as_posix(), STAMP)
            inside.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as content, made.open(inside, "w") as place:
                while block := content.read(1 << 20):
                    place.write(block)


def sent(file: Path, run: Run, ending: str, kind: str) -> FileResponse:
    """Send a file under a name that people recognise."""
    name = f"{named(run)}-{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)


def named(run: Run) -> str:
    """Give the beginning of a file name."""
    return f"{slugify(run.study.title)[:60] or 'studie'}-{run.digest[:8]}"
