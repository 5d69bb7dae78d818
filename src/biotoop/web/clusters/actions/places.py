"""Let people into a cluster with a role, and out again."""

from datetime import date
from uuid import UUID

from biotoop.web.clusters.models import Cluster
from biotoop.web.organisations.actions.roles import end, give
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day


def enter(
    membership: Membership,
    role: Role,
    cluster: Cluster,
    *,
    by: UUID,
    ends_on: date | None = None,
) -> None:
    """Give a member a role in the cluster, unless it is held there already."""
    if ends_on is not None and ends_on < site_day():
        return
    if not held(membership, role, cluster):
        give(membership, role, Where(Kind.CLUSTER, cluster.pk), by=by, ends_on=ends_on)


def leave(membership: Membership, role: Role, cluster: Cluster, *, by: UUID) -> None:
    """Take the role in the cluster back."""
    for grant in held(membership, role, cluster):
        end(grant, by=by)


def held(membership: Membership, role: Role, cluster: Cluster) -> list[RoleGrant]:
    """List the grants of this role in this cluster that hold today."""
    here = {"kind": Kind.CLUSTER, "scope_id": cluster.pk, "membership": membership}
    return list(live_grants().filter(role=role, **here))
