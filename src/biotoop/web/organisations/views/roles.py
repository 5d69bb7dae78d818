"""Roles of a member: give, change, end, and undo that."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.organisations.actions import roles
from biotoop.web.organisations.forms.people import RoleFields, RoleForm
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.organisations.rules import (
    Where,
    may_give,
    places_in,
    roles_to_give,
)
from biotoop.web.organisations.views.frame import person, trail_to_people
from biotoop.web.shared.actions.records import Refused, put_back
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may_make
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said


def trail_to_member(row: Membership) -> Trail:
    """Give the way to a member."""
    return [*trail_to_people(row.organisation), (row.get_absolute_url(), str(row.user))]


def choices(reader: Reader, organisation: Organisation, model: type[Any]) -> dict[str, Any]:
    """Give the roles and places that a reader may choose from."""
    whole = (f"organisation:{organisation.pk}", _("the whole organisation"))
    given = roles_to_give(reader, organisation.pk, model)
    return {
        "roles": [(role.value, role.label) for role in given],
        "places": [whole, *places_in(reader, organisation.pk)],
    }


def check(
    reader: Reader, role: Role, where: Where, organisation: Organisation, model: type[Any]
) -> None:
    """Refuse a role in a place where it does not belong, or that is not this reader's to give."""
    if not may_give(reader, role, where, organisation.pk, model):
        raise Refused(
            _("The role “%(role)s” cannot be given there. Choose another place.")
            % {"role": role.label}
        )


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Give a member a role."""
    row = found(request.reader, Membership, pk, Verb.CHANGE)
    if not may_make(request.reader, RoleGrant, Kind.ORGANISATION, row.organisation_id):
        raise PermissionDenied
    offered = choices(request.reader, row.organisation, RoleGrant)

    def save(values: dict[str, Any], _edition: int) -> str:
        role, where = values["role"], values["where"]
        check(request.reader, role, where, row.organisation, RoleGrant)
        roles.give(row, role, where, by=person(request), ends_on=values["ends_on"])
        said(request, _("%(name)s has the role.") % {"name": row.user})
        return row.get_absolute_url()

    words = Words(title=_("Give a role"), button=_("Give this role"))
    form = RoleFields(request.POST or None, **offered)
    return form_page(request, form, save, words=words, trail=trail_to_member(row))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change until when a role holds."""
    grant = found(request.reader, RoleGrant, pk, Verb.CHANGE)
    row = member_of(grant)
    where = Where(Kind(grant.kind), grant.scope_id)
    if not may_give(request.reader, Role(grant.role), where, row.organisation_id):
        raise PermissionDenied

    def save(values: dict[str, Any], edition: int) -> str:
        roles.change_role(grant, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return row.get_absolute_url()

    words = Words(title=_("Change the last day of a role"), button=_("Save"))
    form = RoleForm(request.POST or None, instance=grant)
    return form_page(request, form, save, words=words, trail=trail_to_member(row))


def member_of(grant: RoleGrant) -> Membership:
    """Give the membership through which a role was given."""
    if grant.membership is None:
        raise PermissionDenied
    return grant.membership


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a role back."""
    grant = found(request.reader, RoleGrant, pk, Verb.ARCHIVE)
    row = member_of(grant)

    def act() -> str:
        roles.end(grant, by=person(request))
        undo = reverse("organisations:resume_role", args=[pk])
        said(request, _("The role has ended."), undo=undo)
        return row.get_absolute_url()

    words = Words(
        title=_("End the role “%(role)s” of %(name)s")
        % {"role": grant.get_role_display(), "name": row.user},
        lead=_("What the role opens closes at once. The work stays, under this person's name."),
        button=_("End the role"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to_member(row))


@require_POST
def resume(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Undo that a role was ended."""
    grant = found(request.reader, RoleGrant, pk, Verb.ARCHIVE)
    put_back(grant, by=person(request), purpose="people")
    said(request, _("The role holds again."))
    return redirect(member_of(grant).get_absolute_url())
