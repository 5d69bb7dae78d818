"""Parts of a cluster that are added and changed in the same way."""

from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.accounts.actions.notices import tell
from biotoop.web.clusters.actions.telling import TO_DO
from biotoop.web.clusters.forms.clusters import AspectForm, ChoosingForm
from biotoop.web.clusters.forms.community import AfterCareForm, DecisionForm, MeetingForm
from biotoop.web.clusters.models import AfterCare, Aspect, Cluster, Decision, Meeting
from biotoop.web.clusters.queries import community_of
from biotoop.web.clusters.views.frame import may_add, trail_to
from biotoop.web.organisations.views.frame import person
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, found
from biotoop.web.shared.views.records import Words, form_page, said
from biotoop.web.theories.rules import steps_seen

Row = Aspect | Meeting | Decision | AfterCare


@attrs.frozen
class Part:
    """What a part is, what the pages about it say, and where it stands."""

    model: type[Row]
    form: type[ChoosingForm]
    new: str | Promise
    edit: str | Promise
    page: str


PARTS = {
    "aspect": Part(
        Aspect,
        AspectForm,
        gettext_lazy("New part of the question"),
        gettext_lazy("Change the part of the question"),
        "clusters:detail",
    ),
    "meeting": Part(
        Meeting,
        MeetingForm,
        gettext_lazy("New meeting"),
        gettext_lazy("Change the meeting"),
        "clusters:community",
    ),
    "decision": Part(
        Decision,
        DecisionForm,
        gettext_lazy("New decision"),
        gettext_lazy("Change the decision"),
        "clusters:community",
    ),
    "after": Part(
        AfterCare,
        AfterCareForm,
        gettext_lazy("New after-care"),
        gettext_lazy("Change the after-care"),
        "clusters:detail",
    ),
}


def choices_of(reader: Reader, cluster: Cluster) -> dict[str, Any]:
    """Give the people and meetings of a cluster, and the steps of theories, to choose from."""
    meetings = cluster.meetings.filter(archived_at=None)
    steps = steps_seen(reader)
    return {"owner": community_of(cluster), "meeting": meetings, "step": steps}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Add a part to a cluster."""
    part = PARTS[what]
    cluster = found(request.reader, Cluster, pk)
    if not may_add(request.reader, part.model, cluster):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        fixed: dict[str, Any] = {"cluster": cluster}
        if part.model is Meeting:
            fixed["organisation"] = cluster.organisation
        made = keep(part.model(**fixed, **values), by=person(request))
        if isinstance(made, Decision):
            tell_owner(made, request)
        said(request, _("Saved."))
        return reverse(part.page, args=[cluster.pk])

    first = {"on": site_day()}
    form = part.form(
        request.POST or None, choices=choices_of(request.reader, cluster), initial=first
    )
    words = Words(title=str(part.new), button=_("Add"))
    return form_page(request, form, save, words=words, trail=trail_to(cluster))


def tell_owner(decision: Decision, request: ReaderRequest) -> None:
    """Tell who sees to a decision."""
    people = {decision.owner.user_id} - {request.reader.user_id}
    words = {"title": decision.cluster.name}
    tell(people, TO_DO, url_name="clusters:community", object_id=decision.cluster_id, words=words)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Change a part."""
    part = PARTS[what]
    row = found(request.reader, part.model, pk, Verb.CHANGE)
    cluster = row.cluster
    if cluster is None:  # a meeting of the learning group has a page of its own
        return redirect("clusters:edit_group_meeting", pk)

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return reverse(part.page, args=[cluster.pk])

    form = part.form(
        request.POST or None, instance=row, choices=choices_of(request.reader, cluster)
    )
    words = Words(title=str(part.edit), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(cluster))


def page_of(part: Part, row: Row) -> str:
    """Give the page on which a part stands."""
    if row.cluster_id is None:
        return reverse("clusters:group")
    return reverse(part.page, args=[row.cluster_id])


@require_POST
def archive(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Take a part away; it can be put back."""
    row = found(request.reader, PARTS[what].model, pk, Verb.ARCHIVE)
    put_away(row, by=person(request))
    said(request, _("Taken away."), undo=reverse(f"clusters:restore_{what}", args=[pk]))
    return redirect(page_of(PARTS[what], row))


@require_POST
def restore(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Put a part back."""
    row = found(request.reader, PARTS[what].model, pk, Verb.ARCHIVE)
    put_back(row, by=person(request))
    said(request, _("It is back."))
    return redirect(page_of(PARTS[what], row))
