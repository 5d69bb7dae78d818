"""Runs of studies, and their findings in the edition that a person may read."""

from collections.abc import Iterable
from uuid import UUID

from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from biotoop.web.analyses.bridge.computing import FINDINGS
from biotoop.web.analyses.enums import Edition
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.views.findings import ready
from biotoop.web.analyses.views.frame import opened_run, refuse_unseen
from biotoop.web.api.bridge.answers import studies as told
from biotoop.web.api.bridge.requests import ListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import allowed, visible
from biotoop.web.studies.views.frame import opened


@operation("GET", "studies/<uuid:pk>/runs", "runs", words=_("Runs of a study"), answers=told.Run,
           many=True, query=ListQuery)  # fmt: skip
def runs(call: Call, pk: UUID) -> Listed:
    here = opened(call.request, pk)
    refuse_unseen(call.request, here)
    rows = visible(call.reader, Run).filter(study=here)
    return call.page(rows, lambda shown: runs_told(call, shown))


@operation("GET", "runs/<uuid:pk>", "run", words=_("One run"), answers=told.Run)
def run(call: Call, pk: UUID) -> told.Run:
    return runs_told(call, [opened_run(call.request, pk)])[0]


def runs_told(call: Call, rows: Iterable[Run]) -> list[told.Run]:
    """Write runs; who may change one reads the edition of the team."""
    rows = list(rows)
    of_team = allowed(call.reader, Verb.CHANGE, rows)
    names = (
        "state", "evidence_until", "digest", "plan", "engine", "scheme", "created_at",
        "finished_at",
    )  # fmt: skip
    return [
        told.Run(
            **fields(row, *names), study=row.study_id, version=row.version_id,
            findings=edition_of(row, of_team=row.pk in of_team),
        )
        for row in rows
    ]  # fmt: skip


def edition_of(row: Run, *, of_team: bool) -> str | None:
    if not row.is_done:
        return None
    return (Edition.TEAM if of_team else Edition.READERS).value


@operation("GET", "runs/<uuid:pk>/findings", "findings",
           words=_("Findings of a run, in the edition that you may read"),
           answers=None)  # fmt: skip
def findings(call: Call, pk: UUID) -> FileResponse:
    reading = ready(call.request, pk)
    file = reading.place.edition(reading.edition) / FINDINGS
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="application/json")
