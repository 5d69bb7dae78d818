"""Organisations and their people, programmes, policy goals."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import places as told
from biotoop.web.api.bridge.requests import ListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.organisations.views.people import note_reading, people_of, roles_by_member
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import found, visible


def head(row: Record) -> dict[str, Any]:
    """Give what every record has."""
    return {"id": row.pk, "edition": row.edition, "changed_at": row.changed_at}


def fields(row: Record, *names: str) -> dict[str, Any]:
    """Give what every record has, and fields as they stand there."""
    return head(row) | {name: getattr(row, name) for name in names}


@operation("GET", "organisations", "organisations", words=_("Organisations"),
           answers=told.Organisation, many=True, query=ListQuery)  # fmt: skip
def organisations(call: Call) -> Listed:
    return call.page(visible(call.reader, Organisation), organisations_told)


@operation("GET", "organisations/<uuid:pk>", "organisation", words=_("One organisation"),
           answers=told.Organisation)  # fmt: skip
def organisation(call: Call, pk: UUID) -> told.Organisation:
    return organisations_told([found(call.reader, Organisation, pk)])[0]


def organisations_told(rows: Iterable[Organisation]) -> list[told.Organisation]:
    names = ("name", "kind", "place", "zone")
    return [told.Organisation(**fields(row, *names)) for row in rows]


@operation("GET", "organisations/<uuid:pk>/people", "people",
           words=_("People of an organisation, of now; that you looked elsewhere is noted"),
           answers=told.Person, many=True, query=ListQuery)  # fmt: skip
def people(call: Call, pk: UUID) -> Listed:
    here = found(call.reader, Organisation, pk)
    note_reading(call.request, here)

    def written(rows: list[Membership]) -> list[told.Person]:
        roles = roles_by_member(call.request, rows)
        return [
            told.Person(
                **fields(row, "starts_on", "ends_on"), person=row.user_id, name=row.user.name,
                organisation=row.organisation_id, job=row.job_title, roles=tuple(roles[row.pk]),
            )
            for row in rows
        ]  # fmt: skip

    return call.page(people_of(call.request, here), written)


@operation("GET", "programmes", "programmes", words=_("Programmes"), answers=told.Programme,
           many=True, query=ListQuery)  # fmt: skip
def programmes(call: Call) -> Listed:
    return call.page(visible(call.reader, Programme), programmes_told)


@operation("GET", "programmes/<uuid:pk>", "programme", words=_("One programme"),
           answers=told.Programme)  # fmt: skip
def programme(call: Call, pk: UUID) -> told.Programme:
    return programmes_told([found(call.reader, Programme, pk)])[0]


def programmes_told(rows: Iterable[Programme]) -> list[told.Programme]:
    names = ("name_nl", "name_en", "place", "status", "summary")
    return [told.Programme(**fields(row, *names), organisation=row.organisation_id) for row in rows]


@operation("GET", "policy-goals", "goals", words=_("Policy goals"), answers=told.PolicyGoal,
           many=True, query=ListQuery)  # fmt: skip
def goals(call: Call) -> Listed:
    return call.page(visible(call.reader, PolicyGoal), goals_told)


@operation("GET", "policy-goals/<uuid:pk>", "goal", words=_("One policy goal"),
           answers=told.PolicyGoal)  # fmt: skip
def goal(call: Call, pk: UUID) -> told.PolicyGoal:
    return goals_told([found(call.reader, PolicyGoal, pk)])[0]


def goals_told(rows: Iterable[PolicyGoal]) -> list[told.PolicyGoal]:
    names = (
        "name_nl", "name_en", "description_nl", "description_en", "starts_on", "ends_on",
        "is_public",
    )  # fmt: skip
    return [
        told.PolicyGoal(**fields(row, *names), organisation=row.organisation_id) for row in rows
    ]
