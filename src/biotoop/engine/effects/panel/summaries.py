"""Effects by cohort and period taken together: over all, by time since the start, by cohort."""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.cohorts import Cell, Cohorts, Moves


@attrs.frozen(kw_only=True, eq=False)
class Summary:
    """Figures under their keys: periods since the start, or places of cohorts or periods."""

    keys: tuple[int, ...]
    pulls: Moves


def overall(sums: Cohorts, cells: Sequence[Cell], pulls: Moves) -> Summary:
    """Average the effects after the start over cohorts and periods, by size of the cohort."""
    after = np.array([cell.since >= 0 for cell in cells])
    return _weighed(sums, cells, pulls, {0: after})


def by_event(sums: Cohorts, cells: Sequence[Cell], pulls: Moves) -> Summary:
    """Average over cohorts for each number of periods since the start."""
    since = np.array([cell.since for cell in cells])
    return _weighed(sums, cells, pulls, {int(e): since == e for e in np.unique(since)})


def by_period(sums: Cohorts, cells: Sequence[Cell], pulls: Moves) -> Summary:
    """Average over the cohorts that have started, for each period."""
    period = np.array([cell.period for cell in cells])
    after = np.array([cell.since >= 0 for cell in cells])
    chosen = {int(t): after & (period == t) for t in np.unique(period[after])}
    return _weighed(sums, cells, pulls, chosen)


def by_cohort(cells: Sequence[Cell], pulls: Moves) -> Summary:
    """Average over the periods after the start, for each cohort."""
    cohort = np.array([cell.cohort for cell in cells])
    after = np.array([cell.since >= 0 for cell in cells])
    keys = [int(c) for c in np.unique(cohort[after])]
    weights = np.array([(cohort == key) & after for key in keys], dtype=np.float64)
    weights /= weights.sum(axis=1, keepdims=True)
    return Summary(keys=tuple(keys), pulls=pulls.combined(weights))


def mean_of(summary: Summary, chosen: Vector) -> Moves:
    """Average figures, each counting once."""
    weights = chosen.astype(np.float64)[None, :]
    return summary.pulls.combined(weights / weights.sum())


def mean_by_size(sums: Cohorts, summary: Summary) -> Moves:
    """Average the figures of cohorts by their size."""
    size = sums.sizes[list(summary.keys)]
    value = float(np.sum(size * summary.pulls.values) / size.sum())
    extra = np.zeros((1, len(sums.cohorts)))
    extra[0, list(summary.keys)] = (summary.pulls.values - value) / size.sum()
    return summary.pulls.combined((size / size.sum())[None, :], extra)


def _weighed(
    sums: Cohorts, cells: Sequence[Cell], pulls: Moves, chosen: dict[int, Vector]
) -> Summary:
    """Average by size of the cohorts; the sizes are estimated too, and pull as well."""
    cohort = np.array([cell.cohort for cell in cells])
    size = sums.sizes[cohort]
    weights: Matrix = np.array([np.where(mask, size, 0.0) for mask in chosen.values()])
    total = weights.sum(axis=1, keepdims=True)
    values = np.einsum("lm,m->l", weights / total, pulls.values)
    extra = np.zeros((len(chosen), len(sums.cohorts)))
    for row, mask in enumerate(chosen.values()):
        apart = np.where(mask, pulls.values - values[row], 0.0) / total[row]
        np.add.at(extra[row], cohort, apart)
    return Summary(keys=tuple(chosen), pulls=pulls.combined(weights / total, extra))
