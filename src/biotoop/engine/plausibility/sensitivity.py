"""How K moves when one group is left out, or when all weights are tempered."""

import math
from collections.abc import Sequence

from biotoop.engine.core.messages import Note, note
from biotoop.engine.plausibility.grading import crossed
from biotoop.engine.plausibility.link_result import Border, Sensitivity, SensitivityRow
from biotoop.engine.plausibility.pool import pool
from biotoop.engine.plausibility.scheme_model import Scheme
from biotoop.engine.plausibility.weights import FamilyWeight


def sensitivity_of(families: Sequence[FamilyWeight], log_k: float, scheme: Scheme) -> Sensitivity:
    """Make each change on its own and see which borders of K are crossed; floors play no part.

    Parameters
    ----------
    families
        All families of the target, with their groups.
    log_k
        Natural log of K with everything in.
    scheme
        The convention.
    """
    weights = {family.family: family.log_ratio for family in families}
    rows = []
    for family in families:
        for group in family.groups:
            rest = [each.log_ratio for each in family.groups if each is not group]
            left = {**weights, family.family: pool(rest, family.rho)}
            changed = math.fsum(left.values())
            rows.append(_row(group.key, group.label, changed, log_k, scheme))
    if families:
        temper = scheme.sensitivity.temper
        label = note("plausibility.tempered", factor=temper)
        rows.append(_row(None, label, temper * log_k, log_k, scheme))
    found = {border for row in rows for border in row.crosses}
    reached = [log_k, *(row.log_k for row in rows)]
    return Sensitivity(
        rows=tuple(rows),
        k_low=math.exp(min(reached)),
        k_high=math.exp(max(reached)),
        sensitive=bool(found),
        borders=tuple(border for border in Border if border in found),
    )


def _row(
    group: str | None, label: Note, changed: float, log_k: float, scheme: Scheme
) -> SensitivityRow:
    return SensitivityRow(
        group=group,
        label=label,
        log_k=changed,
        k=math.exp(changed),
        crosses=crossed(log_k, changed, scheme.grades),
    )
