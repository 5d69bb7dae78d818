"""Learning cycles with their reflections, registered plans, and judgements of steps."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.analyses.models import Certainty, Override
from biotoop.web.api.bridge.answers import learning as told
from biotoop.web.api.bridge.requests import ListQuery, PlainListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.shared.rules import found, visible
from biotoop.web.studies.models import Cycle, PlanRegistration, Reflection
from biotoop.web.studies.views.frame import opened

OF_STUDY = "studies/<uuid:pk>"


@operation("GET", "cycles", "cycles", words=_("Learning cycles"), answers=told.Cycle, many=True,
           query=ListQuery)  # fmt: skip
def cycles(call: Call) -> Listed:
    return call.page(visible(call.reader, Cycle), cycles_told)


@operation("GET", "cycles/<uuid:pk>", "cycle", words=_("One learning cycle"), answers=told.Cycle)
def cycle(call: Call, pk: UUID) -> told.Cycle:
    return cycles_told([found(call.reader, Cycle, pk)])[0]


def cycles_told(rows: Iterable[Cycle]) -> list[told.Cycle]:
    names = (
        "title", "question", "phase", "started_on", "conclusion", "decision", "decision_reason",
        "decided_on",
    )  # fmt: skip
    return [
        told.Cycle(
            **fields(row, *names), theory=row.theory_id, partnership=row.partnership_id,
            previous=row.previous_id,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", "cycles/<uuid:pk>/reflections", "reflections",
           words=_("What the lines say of the conclusion of a cycle"), answers=told.Reflection,
           many=True, query=ListQuery)  # fmt: skip
def reflections(call: Call, pk: UUID) -> Listed:
    here = found(call.reader, Cycle, pk)
    return call.page(visible(call.reader, Reflection).filter(cycle=here), reflections_told)


def reflections_told(rows: Iterable[Reflection]) -> list[told.Reflection]:
    names = ("text", "none_received", "given_at")
    return [
        told.Reflection(**fields(row, *names), cycle=row.cycle_id, line=row.line_id) for row in rows
    ]


@operation("GET", f"{OF_STUDY}/registrations", "registrations",
           words=_("Registered plans of a study"), answers=told.Registration, many=True,
           query=PlainListQuery)  # fmt: skip
def registrations(call: Call, pk: UUID) -> Listed:
    here = opened(call.request, pk)
    rows = visible(call.reader, PlanRegistration).filter(study=here)
    return call.page(rows.defer("record", "documents"), registrations_told)


def registrations_told(rows: Iterable[PlanRegistration]) -> list[told.Registration]:
    return [
        told.Registration(
            id=row.pk, study=row.study_id, version=row.version_id, digest=row.digest,
            replaces=row.replaces, scheme=row.scheme, scheme_digest=row.scheme_digest,
            plans=row.plans, registered_at=row.registered_at,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", f"{OF_STUDY}/grades", "grades",
           words=_("Other grades that assessors gave to steps"), answers=told.OtherGrade, many=True,
           query=PlainListQuery)  # fmt: skip
def grades(call: Call, pk: UUID) -> Listed:
    here = opened(call.request, pk)
    return call.page(visible(call.reader, Override).filter(study=here), grades_told)


def grades_told(rows: Iterable[Override]) -> list[told.OtherGrade]:
    return [
        told.OtherGrade(
            id=row.pk, study=row.study_id, run=row.run_id, link=row.link_id,
            text_hash=row.text_hash, computed=row.computed, grade=row.grade, reason=row.reason,
            at=row.at,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", f"{OF_STUDY}/certainties", "certainties",
           words=_("How certain assessors find the evidence on steps"), answers=told.Certainty,
           many=True, query=PlainListQuery)  # fmt: skip
def certainties(call: Call, pk: UUID) -> Listed:
    here = opened(call.request, pk)
    return call.page(visible(call.reader, Certainty).filter(study=here), certainties_told)


def certainties_told(rows: Iterable[Certainty]) -> list[told.Certainty]:
    return [
        told.Certainty(
            id=row.pk, study=row.study_id, run=row.run_id, link=row.link_id,
            text_hash=row.text_hash, overall=row.overall, reason=row.reason, at=row.at,
        )
        for row in rows
    ]  # fmt: skip
