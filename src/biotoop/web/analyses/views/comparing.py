"""Two runs of one study beside each other: what changed, in words and figures."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.bridge.comparing import changes
from biotoop.web.analyses.bridge.computing import FINDINGS
from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.views.frame import Reading, refuse_unseen
from biotoop.web.shared.rules import ReaderRequest, visible
from biotoop.web.studies.views.frame import around, opened, reader_language


@require_safe
def compare(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tell what changed from one run to another; without a choice, since the one before."""
    study = opened(request, pk)
    refuse_unseen(request, study)
    rows = visible(request.reader, Run).filter(study=study, state=RunState.DONE)
    runs = list(rows.select_related("version").order_by("-finished_at"))
    new, old = asked(request, runs, "naar", 0), asked(request, runs, "van", 1)
    context = around(request, study, (request.path, _("What changed"))) | {
        "runs": runs, "new": new, "old": old, "told": None,
    }  # fmt: skip
    if new is not None and old is not None and new != old:
        readings = [Reading(request, run) for run in (old, new)]
        both_team = all(each.edition == "team" for each in readings)
        edition = "team" if both_team else "readers"
        was, now = (each.place.edition(edition) / FINDINGS for each in readings)
        context |= {"told": changes(was, now, reader_language()), "edition": edition}
    return render(request, "analyses/compare.html", context)


def asked(request: ReaderRequest, runs: list[Run], name: str, usual: int) -> Run | None:
    """Give the run that was asked for."""
    wanted = request.GET.get(name, "")
    if not wanted:
        return runs[usual] if len(runs) > usual else None
    for run in runs:
        if str(run.pk) == wanted:
            return run
    raise Http404
