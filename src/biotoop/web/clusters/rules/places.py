"""Which rows lie within which place."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Model, Q

from biotoop.web.clusters.enums import FOR_STUDENT, ClusterState, ReportKind
from biotoop.web.clusters.models import (
    Adoption,
    AfterCare,
    Aspect,
    Cluster,
    Dataset,
    DatasetAccess,
    DatasetPart,
    Decision,
    Interest,
    Joining,
    Meeting,
    OwnLine,
    Proposal,
    Report,
    Seat,
    Theme,
    Yield,
)
from biotoop.web.clusters.queries import (
    clusters_of,
    held_by,
    open_proposals,
    seats_around,
    seats_of,
)
from biotoop.web.organisations.queries import live_memberships
from biotoop.web.programmes.queries import partners_of
from biotoop.web.shared.enums import Kind, Reach
from biotoop.web.shared.rules import place, reach

Ids = Collection[UUID]
Condition = Callable[[Ids], Q]
SHOWN = (ClusterState.OPEN, ClusterState.RUNNING, ClusterState.FINISHED)

place(Kind.CLUSTER, Cluster)


def naming(key: str) -> Condition:
    """Give the condition that a field is one of these."""
    return lambda ids: Q(**{f"{key}__in": ids})


def along(model: type[Model], path: str) -> None:
    """Let the rows of a model lie where their cluster lies; ``path`` leads from row to cluster."""
    start = f"{path}__" if path else ""
    reach(model, Reach.HOST)(naming(f"{start}organisation"))
    reach(model, Kind.CLUSTER)(naming(path or "pk"))
    reach(model, Kind.PARTNERSHIP)(naming(f"{start}partnership"))


def along_seat(model: type[Model], path: str) -> None:
    """Let the rows of a model lie where their seat lies."""
    along(model, f"{path}__cluster" if path else "cluster")
    start = f"{path}__" if path else ""
    reach(model, Kind.ORGANISATION)(naming(f"{start}organisation"))

    @reach(model, Reach.INVOLVED)
    def around_the_person(ids: Ids) -> Q:
        return Q(**{f"{path or 'pk'}__in": seats_around(ids).values("pk")})


along(Cluster, "")
for owned in (Adoption, AfterCare, Aspect, Dataset, Decision):
    along(owned, "cluster")
for sat_on, way in ((Seat, ""), (Yield, "seat")):
    along_seat(sat_on, way)
for told, way in ((OwnLine, "holder__seat"), (Report, "line__holder__seat")):
    along_seat(told, way)


@reach(OwnLine, Reach.OWN)
def lines_of_the_holder(ids: Ids) -> Q:
    return Q(holder__in=held_by(ids).values("pk"))


@reach(Report, Reach.OWN)
def reports_of_the_holder(ids: Ids) -> Q:
    return Q(line__holder__in=held_by(ids).values("pk"))


@reach(Yield, Reach.OWN)
def yields_of_the_holder(ids: Ids) -> Q:
    return Q(kind__in=FOR_STUDENT, seat__in=held_by(ids).values("seat"))


def open_to_all(prefix: str = "") -> Q:
    """Give the condition that anybody may read a cluster."""
    shown = {"is_public": True, "state__in": SHOWN, "archived_at": None}
    return Q(**{f"{prefix}{name}": value for name, value in shown.items()})


@reach(Theme, Reach.HOST)
def themes_that_it_offers(ids: Ids) -> Q:
    return Q(organisation__in=ids)


@reach(Cluster, Reach.PUBLIC)
def clusters_for_anybody(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    return open_to_all()


@reach(Cluster, Kind.ORGANISATION)
def in_which_the_organisation_sits(ids: Ids) -> Q:
    return Q(pk__in=seats_of(ids).values("cluster"))


@reach(Cluster, Reach.PARTNERS)
def offered_by_partners(ids: Ids) -> Q:
    return Q(organisation__in=partners_of(ids)) & ~Q(state=ClusterState.PREPARING)


@reach(Cluster, Reach.OWN)
def of_the_person(ids: Ids) -> Q:
    return clusters_of(ids)


def follows_the_cluster(model: type[Model], how: Reach = Reach.OWN) -> None:
    """Let who may read a cluster because of their organisation or themselves read this too."""

    @reach(model, Kind.ORGANISATION)
    def of_the_organisation(ids: Ids) -> Q:
        return Q(cluster__in=seats_of(ids).values("cluster"))

    @reach(model, how)
    def of_the_person(ids: Ids) -> Q:
        return Q(cluster__in=Cluster.objects.filter(clusters_of(ids)).values("pk"))


for shared in (AfterCare, Aspect, Dataset):
    follows_the_cluster(shared)
follows_the_cluster(Adoption, Reach.INVOLVED)


@reach(Adoption, Reach.OWN)
def adoptions_of_the_professor(ids: Ids) -> Q:
    return Q(professor__in=live_memberships().filter(user__in=ids).values("pk"))


@reach(Aspect, Reach.PUBLIC)
@reach(Adoption, Reach.PUBLIC)
@reach(AfterCare, Reach.PUBLIC)
def of_clusters_for_anybody(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    return open_to_all("cluster__") & Q(archived_at=None)


@reach(Aspect, Reach.PARTNERS)
@reach(Adoption, Reach.PARTNERS)
def of_clusters_offered_by_partners(ids: Ids) -> Q:
    offered = Q(cluster__organisation__in=partners_of(ids))
    return offered & ~Q(cluster__state=ClusterState.PREPARING)


@reach(Report, Reach.PUBLIC)
def published_works(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    published = Q(kind=ReportKind.PUBLICATION, archived_at=None)
    return published & open_to_all("line__holder__seat__cluster__")


@reach(Joining, Reach.HOST)
def joinings_that_it_hosts(ids: Ids) -> Q:
    return Q(seat__cluster__organisation__in=ids) | Q(cluster__organisation__in=ids)


@reach(Joining, Kind.CLUSTER)
def joinings_on_either_side(ids: Ids) -> Q:
    return Q(seat__cluster__in=ids) | Q(cluster__in=ids)


@reach(Joining, Kind.ORGANISATION)
def joinings_of_the_organisation(ids: Ids) -> Q:
    return Q(seat__organisation__in=ids)


@reach(Joining, Reach.INVOLVED)
def joinings_around_the_person(ids: Ids) -> Q:
    return Q(seat__in=seats_around(ids).values("pk"))


@reach(Joining, Reach.OWN)
def joinings_of_the_holder(ids: Ids) -> Q:
    return Q(seat__in=held_by(ids).values("seat"))


@reach(Meeting, Reach.HOST)
def meetings_of_the_host(ids: Ids) -> Q:
    return Q(organisation__in=ids)


@reach(Meeting, Kind.CLUSTER)
def meetings_of_the_cluster(ids: Ids) -> Q:
    hosts = Cluster.objects.filter(pk__in=ids).values("organisation")
    return Q(cluster__in=ids) | Q(cluster=None, organisation__in=hosts)


@reach(Meeting, Kind.PARTNERSHIP)
def meetings_of_the_partnership(ids: Ids) -> Q:
    return Q(cluster__partnership__in=ids)


@reach(Meeting, Reach.OWN)
def meetings_of_the_person(ids: Ids) -> Q:
    mine = Cluster.objects.filter(clusters_of(ids))
    group = Q(cluster=None, organisation__in=mine.values("organisation"))
    return Q(cluster__in=mine.values("pk")) | group


@reach(Decision, Reach.OWN)
def decisions_to_see_to(ids: Ids) -> Q:
    return Q(owner__in=live_memberships().filter(user__in=ids).values("pk"))


@reach(Proposal, Reach.HOST)
def proposals_to_the_host(ids: Ids) -> Q:
    return Q(host__in=ids)


@reach(Proposal, Kind.ORGANISATION)
@reach(Interest, Kind.ORGANISATION)
@reach(DatasetPart, Kind.ORGANISATION)
def of_the_organisation(ids: Ids) -> Q:
    return Q(organisation__in=ids)


@reach(Proposal, Reach.PUBLIC)
def proposals_that_seek(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    return open_proposals() & Q(archived_at=None)


@reach(Interest, Reach.HOST)
def interests_in_what_it_hosts(ids: Ids) -> Q:
    return Q(proposal__host__in=ids)


for part, path in ((DatasetPart, "dataset__cluster"), (DatasetAccess, "part__dataset__cluster")):
    along(part, path)


@reach(DatasetAccess, Kind.ORGANISATION)
def accesses_to_its_part(ids: Ids) -> Q:
    return Q(part__organisation__in=ids)
