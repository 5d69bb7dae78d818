"""What the pages about clusters share: the way here, the tabs, and who does something."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.models import Cluster, Dataset, Decision, Meeting, Seat, Yield
from biotoop.web.clusters.queries import current_adoption
from biotoop.web.clusters.rules import Transition, acting_role
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.organisations.queries import live_memberships
from biotoop.web.organisations.views.frame import person
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import Reader, ReaderRequest, could, may, may_make, visible
from biotoop.web.shared.views.records import Trail


def home_tabs(reader: Reader) -> list[tuple[str, str]]:
    """Give the lists of this app that a reader may open."""
    tabs = [
        (reverse("clusters:list"), _("Clusters")),
        (reverse("clusters:proposals"), _("Co-creation")),
        (reverse("clusters:themes"), _("Themes")),
    ]
    if reader.user_id:
        tabs.insert(1, (reverse("clusters:seats"), _("Seats")))
        if could(reader, Meeting._meta.label, Verb.SEE):
            tabs.append((reverse("clusters:group"), _("Learning group")))
    return tabs


def trail() -> Trail:
    """Give the way to the clusters."""
    return [(reverse("clusters:list"), _("Research clusters"))]


def trail_to(cluster: Cluster) -> Trail:
    """Give the way to a cluster."""
    return [*trail(), (cluster.get_absolute_url(), cluster.name)]


def trail_to_seat(seat: Seat) -> Trail:
    """Give the way to a seat."""
    words = _("Seat of %(name)s") % {"name": seat.organisation}
    return [*trail_to(seat.cluster), (seat.get_absolute_url(), words)]


def cluster_tabs(reader: Reader, cluster: Cluster) -> list[tuple[str, str]]:
    """Give the pages of a cluster that a reader may open."""
    tabs = [(cluster.get_absolute_url(), _("Overview"))]
    for model, name, words in (
        (Decision, "clusters:community", _("Work community")),
        (Yield, "clusters:yields", _("Yield")),
        (Dataset, "clusters:datasets", _("Data")),
    ):
        if opens(reader, model, cluster):
            tabs.append((reverse(name, args=[cluster.pk]), words))
    return tabs


def opens(reader: Reader, model: type[Model], cluster: Cluster) -> bool:
    """Tell whether a reader sees something of this kind here, or may make it.

    Who works in the cluster sees an empty page too: there the first one is made.
    """
    if may_add(reader, model, cluster):
        return True
    if model is Decision:
        return visible(reader, Meeting).filter(cluster=cluster).exists() or works_in(
            reader, cluster
        )
    if model is Yield:
        return visible(reader, Seat).filter(cluster=cluster).exists()
    return visible(reader, model).filter(cluster=cluster).exists()


def works_in(reader: Reader, cluster: Cluster) -> bool:
    """Tell whether a reader has a role in the cluster itself."""
    return cluster.pk in reader.places(Kind.CLUSTER)


def may_add(reader: Reader, model: type[Model], cluster: Cluster) -> bool:
    """Tell whether a reader may make this in a cluster, there or for who offers it."""
    if may_make(reader, model, Kind.CLUSTER, cluster.pk):
        return True
    if model is Yield:  # what a seat yields belongs to who bought the seat
        return False
    return may_make(reader, model, Kind.ORGANISATION, cluster.organisation_id)


def acting(
    request: ReaderRequest, verb: Verb, row: Record | None, values: Mapping[str, Any] | None = None
) -> Said:
    """Write who does this, in which role, and what the form says about when and why."""
    given = values or {}
    role = acting_role(request.reader, verb, row) if row is not None else making_role(request)
    return Said(
        by=person(request),
        role=role,
        on=given.get("on") or site_day(),
        reason=given.get("reason") or "",
    )


def making_role(request: ReaderRequest) -> str:
    """Give the first role of who makes something, for on the first step."""
    roles = [grant.role.value for grant in request.reader.grants if grant.scope_id]
    return roles[0] if roles else ""


def members_of(organisations: QuerySet[Organisation] | Iterable[UUID]) -> QuerySet[Membership]:
    """List who belongs to an organisation today, to choose from."""
    rows = live_memberships().filter(organisation__in=organisations, user__is_active=True)
    return rows.select_related("user", "organisation").order_by("user__name", "pk")


def reads_reasons(reader: Reader, row: Cluster | Seat) -> bool:
    """Tell whether a reader reads why: who arranges it, who buys the seat, and who holds it."""
    if may(reader, Verb.CHANGE, row) or may(reader, Verb.DECIDE, row):
        return True
    if isinstance(row, Cluster):
        led = current_adoption(row)
        return led is not None and led.professor.user_id == reader.user_id
    if may_make(reader, Seat, Kind.ORGANISATION, row.organisation_id):
        return True
    last = row.holders.filter(archived_at=None).order_by("enrolment", "created_at").last()
    return last is not None and last.membership.user_id == reader.user_id


def step_address(row: Record, kind: str, step: Transition) -> tuple[str, str, bool]:
    """Give the page of a step, its words, and whether it is grave."""
    return (
        reverse(f"clusters:{kind}_step", args=[row.pk, step.name]),
        str(step.words),
        step.asks_reason,
    )
