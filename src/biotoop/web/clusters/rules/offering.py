"""Seats on open steps: the learning agenda leads from a step to the clusters that work on it."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from biotoop.web.clusters.enums import ClusterState
from biotoop.web.clusters.models import Aspect, Cluster
from biotoop.web.clusters.queries import current_adoptions, with_counts
from biotoop.web.shared.rules import Reader, visible
from biotoop.web.shared.rules.chances import OFFERED_ON, Chance, Chances

TAKING = (ClusterState.OPEN, ClusterState.RUNNING)


def seats_on(reader: Reader, steps: Sequence[UUID]) -> Chances:
    """List for each step the clusters with a part of their question about it, each once."""
    rows = visible(reader, Aspect).filter(step__in=steps, cluster__state__in=TAKING)
    pairs = dict.fromkeys(rows.values_list("step", "cluster").order_by("cluster__name_nl"))
    keys = {cluster for _step, cluster in pairs}
    if not keys:
        return {}
    seen = visible(reader, Cluster).filter(pk__in=keys)
    clusters = {each.pk: each for each in with_counts(seen)}
    leaders = current_adoptions(list(clusters.values()))
    found: dict[UUID, list[Chance]] = defaultdict(list)
    for step, key in pairs:
        if key in clusters:
            found[step].append(chance(clusters[key], leaders.get(key, "")))
    return found


def chance(cluster: Cluster, led_by: str) -> Chance:
    """Say of a cluster what the agenda tells of it."""
    sold: int = cluster.sold  # type: ignore[attr-defined] # counted by the query
    return Chance(
        title=cluster.name,
        language=cluster.name_language,
        address=cluster.get_absolute_url(),
        free=max(0, cluster.capacity - sold),
        led_by=led_by,
    )


OFFERED_ON.append(seats_on)
