"""Leaving an organisation, and undoing that: each duty is handed over, or said to end."""

from datetime import date
from typing import Any
from uuid import UUID

import attrs
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.organisations.actions import leaving
from biotoop.web.organisations.forms.people import Duty, LeavingForm
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants, live_memberships
from biotoop.web.organisations.rules import Where, may_give, place_names
from biotoop.web.organisations.views.frame import person
from biotoop.web.organisations.views.roles import trail_to_member
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, found
from biotoop.web.shared.views.records import Words, form_page, said


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Let a member go, and hand over what somebody else takes on."""
    row = found(request.reader, Membership, pk, Verb.ARCHIVE)
    holding = held_by(request.reader, row)
    form = LeavingForm(
        request.POST or None,
        initial={"last_day": site_day()},
        people=colleagues(row),
        roles=[(str(grant.pk), words) for grant, words in holding.going],
        duties=duties_of(row, holding),
    )

    def save(values: dict[str, Any], _edition: int) -> str:
        last: date = values["last_day"]
        successor = colleague(row, values["successor"]) if values["successor"] else None
        chosen = {UUID(grant) for grant in values.get("roles", ())}
        heirs = {pk: colleague(row, heir) if heir else None for pk, heir in form.heirs().items()}
        unasked = dict.fromkeys(holding.judging_of_others)
        leaving.leave(
            row, last_day=last, by=person(request), successor=successor, roles=chosen,
            duties=heirs | unasked,
        )  # fmt: skip
        undo = reverse("organisations:come_back", args=[pk])
        said(request, _("%(name)s leaves.") % {"name": row.user}, undo=undo)
        return reverse("organisations:people", args=[row.organisation_id])

    words = Words(
        title=_("%(name)s leaves") % {"name": row.user},
        lead=" ".join(filter(None, [
            _("All roles here end with the last day. What this person made stays."),
            ending_words(holding),
        ])),
        button=_("Let this person go"),
    )  # fmt: skip
    return form_page(request, form, save, words=words, trail=trail_to_member(row))


def colleagues(row: Membership) -> list[tuple[str, str]]:
    """List who could take over."""
    others = live_memberships().filter(organisation=row.organisation_id).exclude(pk=row.pk)
    found_ = others.select_related("user").order_by("user__name")
    return [(str(other.pk), other.user.name) for other in found_]


def colleague(row: Membership, pk: str) -> Membership:
    """Give who was chosen to take over."""
    return live_memberships().get(pk=pk, organisation=row.organisation_id)


@attrs.frozen
class Holding:
    """The roles of who leaves, each with its words: yours to hand over, or not."""

    mine: list[tuple[RoleGrant, str]]
    others: list[tuple[RoleGrant, str]]

    @property
    def going(self) -> list[tuple[RoleGrant, str]]:
        """Give the roles that may go along with the work."""
        return [(grant, words) for grant, words in self.mine if grant.role not in leaving.APART]

    @property
    def judging(self) -> list[tuple[RoleGrant, str]]:
        """Give the roles that judge apart: each is asked for."""
        return [(grant, words) for grant, words in self.mine if grant.role in leaving.APART]

    @property
    def judging_of_others(self) -> list[UUID]:
        """Give the roles that judge apart, and that somebody else must give again."""
        return [grant.pk for grant, _words in self.others if grant.role in leaving.APART]


def held_by(reader: Reader, row: Membership) -> Holding:
    """List the roles of who leaves."""
    grants = list(live_grants().filter(membership=row).order_by("role", "pk"))
    wheres = {grant.pk: Where(Kind(grant.kind), grant.scope_id) for grant in grants}
    names = place_names(reader, wheres.values())
    mine: list[tuple[RoleGrant, str]] = []
    others: list[tuple[RoleGrant, str]] = []
    for grant in grants:
        where = wheres[grant.pk]
        told = grant, f"{grant.get_role_display()} ({names.get(where, '…')})"
        is_mine = may_give(reader, Role(grant.role), where, row.organisation_id)
        (mine if is_mine else others).append(told)
    return Holding(mine, others)


def ending_words(holding: Holding) -> str:
    """Name the roles that end and that the reader cannot hand over."""
    if not holding.others:
        return ""
    names = "; ".join(words for _grant, words in holding.others)
    return _("You cannot hand these over; ask who may give them: %(roles)s.") % {"roles": names}


def duties_of(row: Membership, holding: Holding) -> list[Duty]:
    """List what must be decided, with who could take it over."""
    people = colleagues(row) if holding.judging else []
    return [
        Duty(grant.pk, words, [each for each in people if each[0] not in researching(grant, row)])
        for grant, words in holding.judging
    ]


def researching(grant: RoleGrant, row: Membership) -> set[str]:
    """Give the members who do the research where this role judges it."""
    whole = Q(kind=Kind.ORGANISATION, scope_id=row.organisation_id)
    there = whole | Q(kind=grant.kind, scope_id=grant.scope_id)
    found_ = live_grants().filter(there, role=leaving.RESEARCHES, membership__isnull=False)
    return {str(pk) for pk in found_.values_list("membership", flat=True)}


@require_POST
def come_back(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Undo that somebody left."""
    row = found(request.reader, Membership, pk, Verb.ARCHIVE)
    try:
        leaving.come_back(row, by=person(request))
        said(request, _("%(name)s belongs to the organisation again.") % {"name": row.user})
    except Refused as refused:
        said(request, str(refused))
    return redirect(row.get_absolute_url())
