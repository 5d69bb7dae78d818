"""Runs of a study: asked for, followed while they work, and listed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biotoop.web.analyses.actions.asking import ask as ask_for
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import for_lists
from biotoop.web.analyses.views.frame import opened_run, refuse_unseen
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import JobState, Verb
from biotoop.web.shared.rules import ReaderRequest, visible
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.bridge.documents import Fault
from biotoop.web.studies.models import Study
from biotoop.web.studies.rules import may_in_study
from biotoop.web.studies.views.frame import around, opened, person, reader_language

MOST = 25
STEPS = 9
BADGES = {"waiting": "calm", "running": "busy", "done": "good", "failed": "bad"}


@require_safe
def listed(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what came of a study: the run that counts, the one that works, and those before."""
    study = opened(request, pk)
    refuse_unseen(request, study)
    return shown(request, study)


def shown(
    request: ReaderRequest, study: Study, faults: tuple[Fault, ...] = (), status: int = 200
) -> HttpResponse:
    """Show the runs of a study."""
    rows = list(for_lists(visible(request.reader, Run).filter(study=study))[:MOST])
    may_ask = may_in_study(request.reader, Run, study, Verb.MAKE)
    active = next((row for row in rows if row.is_active), None)
    context = around(request, study) | {
        "rows": rows,
        "active": active,
        "latest": next((row for row in rows if row.is_done), None),
        "may_ask": may_ask and active is None and study.version_id is not None,
        "needs_version": may_ask and study.version_id is None,
        "faults": faults,
        "badges": BADGES,
        **progress_of(active),
    }
    return render(request, "analyses/runs.html", context, status=status)


def progress_of(run: Run | None) -> dict[str, object]:
    """Say what a run is doing, in the language of the reader."""
    if run is None:
        return {}
    dead = run.job is not None and run.job.state == JobState.DEAD
    return {
        "doing": run.step.get(reader_language(), ""),
        "steps_done": run.steps_done,
        "steps": max(STEPS, run.steps_done),
        "is_dead": dead,
        "polls": run.is_active and not dead,
    }


@require_POST
def ask(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Have a study run."""
    study = opened(request, pk)
    if not may_in_study(request.reader, Run, study, Verb.MAKE):
        raise PermissionDenied
    try:
        run = ask_for(study, by=person(request), language=reader_language())
    except Unreadable as refusal:
        return shown(request, study, refusal.faults, status=422)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("analyses:runs", study.pk)
    if run.is_done:
        text = _("Nothing changed since this run: the same would come out.")
        messages.info(request, text)
    return redirect(run)


@require_safe
def progress(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tell where a run stands: the part of the page that is looked at again and again."""
    run = opened_run(request, pk)
    response = render(
        request, "analyses/parts/progress.html", {"active": run, "run": run, **progress_of(run)}
    )
    if not run.is_active:
        response["HX-Refresh"] = "true"
    return response
