"""A folder of a study that is here: show what differs, and update the draft when asked."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biotoop.web.interviews.actions import updating
from biotoop.web.interviews.bridge.archives import Unpacked
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import opened, person, reader_language, trail_to
from biotoop.web.theories.models import Theory


def offered(request: ReaderRequest, theory: Theory, packed: bytes) -> HttpResponse | None:
    """Show how a folder differs from the study that is here; nothing for anybody else."""
    there = updating.study_in(theory, packed, reader_language())
    if there is None:
        return None
    study, found = there
    if not may_in_study(request.reader, Study, study, Verb.CHANGE):
        return None
    return compared(request, study, found)


def compared(request: ReaderRequest, study: Study, found: Unpacked) -> HttpResponse:
    """Show the differences, with a button to take them over if that may be."""
    why_not = ""
    try:
        updating.refuse_fixed(study)
    except Refused as refused:
        why_not = str(refused)
    context = {
        "study": study,
        "why_not": why_not,
        "differences": updating.differences(study, found),
        "trail": [*trail_to(study), ("", _("This study is here already"))],
    }
    return render(request, "interviews/differs.html", context)


@require_POST
def update(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take the documents over that the reader just saw the differences of."""
    study = opened(request, pk, Verb.CHANGE)
    texts = {}
    for name in request.POST.getlist("name"):
        seen = request.POST.get(f"seen-{name}", "")
        if name not in DocumentName.values or not seen.isdecimal() or len(seen) > 9:
            raise BadRequest
        texts[name] = (request.POST.get(f"text-{name}", ""), int(seen))
    try:
        updating.update(study, texts, by=person(request), language=reader_language())
    except Stale:
        text = _("Somebody else changed this study in the meantime. Send the folder again.")
        messages.error(request, text)
    except Refused as refused:
        messages.error(request, str(refused))
    except Unreadable as wrong:
        first = wrong.faults[0]
        messages.error(request, f"{first.file}: {first.text}")
    else:
        messages.success(request, _("The documents of this study are those of the folder now."))
    return redirect(reverse("studies:study", args=[study.pk]))
