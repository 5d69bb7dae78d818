"""Which clusters could have been given which path over time: all ways, or some drawn."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from biotoop.engine.datasets.store import WithinProducts
from biotoop.engine.effects.arrays import Codes
from biotoop.engine.effects.refusals import Refused


def cluster_names(found: WithinProducts) -> tuple[str, ...]:
    """Give the clusters by name."""
    if found.labels:
        return tuple(found.labels[int(place)] for place in found.clusters)
    return tuple(f"{value:g}" for value in found.clusters.tolist())


def strata_of(names: Sequence[str], strata: Mapping[str, str] | None) -> tuple[Codes, ...]:
    """Give the places of the clusters of each stratum.

    Raises
    ------
    Refused
        A cluster has no stratum.
    """
    if strata is None:
        return (np.arange(len(names)),)
    without = tuple(name for name in names if name not in strata)
    if without:
        raise Refused("panel.refused.no_stratum", clusters=without)
    kinds = np.array([strata[name] for name in names])
    return tuple(np.flatnonzero(kinds == kind) for kind in np.unique(kinds))


def count_of(of_cluster: Codes, groups: Sequence[Codes]) -> int:
    """Count the different assignments."""
    total = 1
    for places in groups:
        total *= math.factorial(len(places))
        for times in Counter(of_cluster[places].tolist()).values():
            total //= math.factorial(times)
    return total


def every_order(of_cluster: Codes, groups: Sequence[Codes]) -> Iterator[Codes]:
    """Give every different assignment."""
    orders = [list(_orders(sorted(of_cluster[places].tolist()))) for places in groups]
    for chosen in product(*orders):
        found = of_cluster.copy()
        for places, order in zip(groups, chosen, strict=True):
            found[places] = order
        yield found


def _orders(left: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give every different order."""
    if not left:
        yield ()
    for item in dict.fromkeys(left):
        rest = list(left)
        rest.remove(item)
        for order in _orders(rest):
            yield (item, *order)


def drawn_orders(of_cluster: Codes, groups: Sequence[Codes], draws: int, seed: int) -> Codes:
    """Draw assignments."""
    rng = np.random.default_rng(seed)
    found = np.tile(of_cluster, (draws, 1))
    for places in groups:
        found[:, places] = rng.permuted(found[:, places], axis=1)
    return found
