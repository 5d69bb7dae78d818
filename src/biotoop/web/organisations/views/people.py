"""The people of an organisation."""

import csv
import io
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.organisations.forms.people import MembershipForm
from biotoop.web.organisations.models import Invitation, Membership, Organisation, RoleGrant
from biotoop.web.organisations.queries import holds_on
from biotoop.web.organisations.rules import Where, may_give, place_names
from biotoop.web.organisations.views.frame import (
    A_PAGE,
    is_elsewhere,
    person,
    tabs_of,
    trail_to,
    trail_to_people,
)
from biotoop.web.shared.actions.records import change, noted
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ReaderRequest, allowed, found, may, may_make, visible
from biotoop.web.shared.views.records import Words, form_page, said, with_end

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def index(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the people of an organisation, of now or of before."""
    organisation = found(request.reader, Organisation, pk)
    is_past = request.GET.get("wie") == "vroeger"
    rows = people_of(request, organisation, is_past=is_past)
    page = Paginator(rows.order_by("user__name", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    note_reading(request, organisation)
    context = {
        "organisation": organisation,
        "trail": with_end(trail_to(organisation), _("People")),
        "tabs": tabs_of(request.reader, organisation),
        "page": page,
        "roles": roles_by_member(request, list(page)),
        "search": request.GET.get("zoek", "").strip(),
        "is_past": is_past,
        "may_invite": may_make(request.reader, Invitation, Kind.ORGANISATION, pk),
        "may_export": bool(allowed(request.reader, Verb.EXPORT, list(page))),
    }
    return render(request, "organisations/people.html", context)


def people_of(
    request: ReaderRequest, organisation: Organisation, *, is_past: bool = False
) -> QuerySet[Membership]:
    """List the memberships that the reader sees."""
    today = site_day()
    held = Q(ends_on__lt=today) if is_past else holds_on(today) | Q(starts_on__gt=today)
    rows = visible(request.reader, Membership).filter(held, organisation=organisation)
    if words := request.GET.get("zoek", "").strip():
        rows = rows.filter(Q(user__name__icontains=words) | Q(job_title__icontains=words))
    return rows.select_related("user")


def roles_by_member(request: ReaderRequest, members: list[Membership]) -> dict[UUID, list[str]]:
    """Give the roles of each member that the reader may know of."""
    grants = visible(request.reader, RoleGrant).filter(holds_on(site_day()), membership__in=members)
    names: dict[UUID, list[str]] = {member.pk: [] for member in members}
    for member, role in grants.values_list("membership", "role").order_by("role").distinct():
        names[member].append(str(Role(role).label))
    return names


def note_reading(request: ReaderRequest, organisation: Organisation) -> None:
    """Write down that somebody looked at the people of an organisation that is not theirs."""
    if is_elsewhere(request.reader, organisation):
        noted(organisation, "people_seen", request.reader.user_id, "people")


@require_safe
def export(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Give the list of people as csv, such as the import reads it."""
    organisation = found(request.reader, Organisation, pk)
    rows = people_of(request, organisation)
    rows = rows.filter(pk__in=visible(request.reader, Membership, Verb.EXPORT).values("pk"))
    members = list(rows.order_by("user__name", "pk"))
    if not members:
        raise PermissionDenied
    roles = roles_by_member(request, members)
    written = io.StringIO()
    out = csv.writer(written, delimiter=";")
    out.writerow([_("e-mail"), _("name"), _("role"), _("until")])
    for member in members:
        last = member.ends_on.isoformat() if member.ends_on else ""
        line = [member.user.email, member.user.name, ", ".join(roles[member.pk]), last]
        out.writerow([harmless(cell) for cell in line])
    noted(organisation, "people_exported", person(request), "people")
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="mensen.csv"'
    return response


def harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@require_safe
def member(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show one person as a member of one organisation."""
    row = found(
        request.reader,
        Membership,
        pk,
        among=Membership.objects.select_related("user", "organisation"),
    )
    organisation = row.organisation
    note_reading(request, organisation)
    grants = list(visible(request.reader, RoleGrant).filter(membership=row).order_by("starts_on"))
    names = place_names(request.reader, [Where(Kind(g.kind), g.scope_id) for g in grants])
    changeable = allowed(request.reader, Verb.CHANGE, grants)
    today = site_day()
    context = {
        "member": row,
        "organisation": organisation,
        "trail": with_end(trail_to_people(organisation), str(row.user)),
        "roles": [
            {
                "grant": grant,
                "where": names.get(Where(Kind(grant.kind), grant.scope_id), ""),
                "is_whole": grant.scope_id == organisation.pk,
                "is_over": bool(grant.ends_on and grant.ends_on < today),
                "may_end": grant.pk in changeable,
                "may_change": grant.pk in changeable and is_givable(request, grant, row),
            }
            for grant in grants
        ],
        "is_over": bool(row.ends_on and row.ends_on < today),
        "is_self": row.user_id == request.reader.user_id,
        "may_change": may(request.reader, Verb.CHANGE, row),
        "may_give": may_make(request.reader, RoleGrant, Kind.ORGANISATION, organisation.pk),
    }
    return render(request, "organisations/member.html", context)


def is_givable(request: ReaderRequest, grant: RoleGrant, row: Membership) -> bool:
    """Tell whether the reader could give this role; only then may they lengthen it."""
    where = Where(Kind(grant.kind), grant.scope_id)
    return may_give(request.reader, Role(grant.role), where, row.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what somebody does here, and for how many hours."""
    row = found(request.reader, Membership, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request), purpose="people")
        said(request, _("Saved."))
        return row.get_absolute_url()

    form = MembershipForm(request.POST or None, instance=row)
    trail = [*trail_to_people(row.organisation), (row.get_absolute_url(), str(row.user))]
    words = Words(title=_("Change job and hours"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail)
