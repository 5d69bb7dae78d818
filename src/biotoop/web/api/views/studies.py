"""Studies, with the rounds, literature and tests of each."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import studies as told
from biotoop.web.api.bridge.requests import ListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.interviews.models import Round
from biotoop.web.shared.rules import found, visible
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Study
from biotoop.web.studies.queries import for_lists
from biotoop.web.studies.views.frame import opened_for

OF_STUDY = "studies/<uuid:pk>"


@operation("GET", "studies", "studies", words=_("Studies"), answers=told.Study, many=True,
           query=ListQuery)  # fmt: skip
def studies(call: Call) -> Listed:
    return call.page(for_lists(visible(call.reader, Study)), studies_told)


@operation("GET", OF_STUDY, "study", words=_("One study"), answers=told.Study)
def study(call: Call, pk: UUID) -> told.Study:
    there = found(call.reader, Study, pk, among=for_lists(Study.objects.all()))
    return studies_told([there])[0]


def studies_told(rows: Iterable[Study]) -> list[told.Study]:
    names = (
        "title", "question", "purpose", "state", "period_start", "period_end", "publish_by",
        "published_on", "publication", "language", "invented",
    )  # fmt: skip
    return [
        told.Study(
            **fields(row, *names), theory=row.theory_id, version=row.version_id,
            cycle=row.cycle_id, organisation=row.organisation_id,
            is_registered=bool(getattr(row, "is_registered", False)),
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", f"{OF_STUDY}/rounds", "rounds", words=_("Rounds of gathering of a study"),
           answers=told.Round, many=True, query=ListQuery)  # fmt: skip
def rounds(call: Call, pk: UUID) -> Listed:
    here = opened_for(call.request, pk, Round)
    return call.page(visible(call.reader, Round).filter(study=here), rounds_told)


def rounds_told(rows: Iterable[Round]) -> list[told.Round]:
    names = ("code", "method", "organisation", "asked", "asked_by", "searched", "held_on")
    return [told.Round(**fields(row, *names), study=row.study_id) for row in rows]


@operation("GET", f"{OF_STUDY}/literature", "literature", words=_("Literature of a study"),
           answers=told.LiteratureItem, many=True, query=ListQuery)  # fmt: skip
def literature(call: Call, pk: UUID) -> Listed:
    here = opened_for(call.request, pk, LiteratureItem)
    return call.page(visible(call.reader, LiteratureItem).filter(study=here), literature_told)


def literature_told(rows: Iterable[LiteratureItem]) -> list[told.LiteratureItem]:
    names = (
        "code", "target", "source", "level", "effect", "se", "tau_het", "population", "setting",
        "transferability", "group",
    )  # fmt: skip
    return [told.LiteratureItem(**fields(row, *names), study=row.study_id) for row in rows]


@operation("GET", f"{OF_STUDY}/tests", "tests", words=_("Tests of a study against rivals"),
           answers=told.ProcessTest, many=True, query=ListQuery)  # fmt: skip
def tests(call: Call, pk: UUID) -> Listed:
    here = opened_for(call.request, pk, ProcessTest)
    return call.page(visible(call.reader, ProcessTest).filter(study=here), tests_told)


def tests_told(rows: Iterable[ProcessTest]) -> list[told.ProcessTest]:
    names = (
        "code", "target", "hypothesis", "rival", "kind", "p", "p_not", "expected", "searched",
        "found", "seen", "source", "family",
    )  # fmt: skip
    return [told.ProcessTest(**fields(row, *names), study=row.study_id) for row in rows]
