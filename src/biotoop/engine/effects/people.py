"""From a table to the cells of one analysis: who stands where, and who fell out."""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.datasets.cells import Cells, compress
from biotoop.engine.datasets.data_engine import DataEngine
from biotoop.engine.datasets.row_selection import RowFilter, Where
from biotoop.engine.effects.arrays import Codes, Mask, Vector
from biotoop.engine.effects.diagnostics import Group, Role
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sample import Sample, cluster_count, weighted_moments
from biotoop.engine.effects.tables import AnalysisTable
from biotoop.engine.effects.tasks import Task
from biotoop.engine.effects.terms import columns_of, expand


@attrs.frozen(kw_only=True, eq=False)
class Measured:
    """An outcome in the cells: mean and sum of squares around it, shape (c,)."""

    mean: Vector
    within: Vector


@attrs.frozen(kw_only=True, eq=False)
class People:
    """The people of one analysis.

    Attributes
    ----------
    sample
        Their cells, with the outcome that the estimator needs (a change, for a panel).
    later
        Cells of the wave after, when the waves hold other people, shape (c,); else None.
    before, last
        Outcome at the wave before and at the last one, for a panel; else None.
    groups
        Each side as it is.
    missing
        Rows left out because a value was missing.
    """

    sample: Sample
    later: Mask | None
    before: Measured | None
    last: Measured | None
    groups: tuple[Group, ...]
    missing: int


@attrs.frozen(kw_only=True)
class Outcome:
    """The columns of an outcome in a table: what is estimated on, and what is shown beside it."""

    column: str
    before: str | None = None
    last: str | None = None


def people_of(table: AnalysisTable, task: Task, outcome: Outcome, *, engine: DataEngine) -> People:
    """Fold the rows of a task into cells and count who fell out.

    Raises
    ------
    Refused
        A side is empty, nobody is left, or the outcome does not vary.
    """
    sided = _sides(task)
    where: list[RowFilter] = [*table.where, *task.filters]
    if task.subgroup is not None:
        where.append(Where(column=task.subgroup.column, values=(task.subgroup.value,)))
    if sided is None and task.plan.treatment is not None:
        where.append(Where(column=task.plan.treatment, values=(task.plan.treated,)))
    if sided is not None:
        where.append(Where(column=sided, values=(task.plan.treated, task.comparison)))
    split = [name for name in (sided, table.period) if name is not None]
    covariates = columns_of(task.covariates)
    by = list(dict.fromkeys([*split, *(_clusters(task)), *covariates]))
    wanted = [name for name in (outcome.column, outcome.before, outcome.last) if name is not None]
    cells = compress(table.snapshot, by=by, outcomes=wanted, where=where, engine=engine)
    everyone = compress(
        table.snapshot,
        by=split,
        outcomes=wanted[:1],
        where=where,
        keep_missing_outcome=True,
        engine=engine,
    )
    if not cells.used:
        raise Refused("effects.refused.nobody_left", rows=cells.rows)
    return _people(table, task, outcome, cells, everyone)


def _sides(task: Task) -> str | None:
    if task.design is Design.PRE_POST:
        return None
    if task.plan.treatment is None:
        raise Refused("effects.refused.no_treatment")
    return task.plan.treatment


def _clusters(task: Task) -> Sequence[str]:
    return () if task.plan.clusters is None else (task.plan.clusters,)


def _people(
    table: AnalysisTable, task: Task, outcome: Outcome, cells: Cells, everyone: Cells
) -> People:
    columns, categories = _covariates(cells, columns_of(task.covariates), task.plan.categorical)
    X, names = expand(columns, categories, task.covariates)
    if not task.covariates:
        X = np.empty((cells.count, 0))
    later = None if table.period is None else _is(cells, table.period, task.plan.after or "")
    sided = _sides(task)
    if sided is None:
        treated = np.ones(cells.count, dtype=bool) if later is None else later
    else:
        treated = _is(cells, sided, task.plan.treated)
    found = _measured(cells, outcome.column)
    sample = Sample(
        n=cells.n,
        mean=found.mean,
        within=found.within,
        treated=treated,
        X=X,
        names=names,
        columns=columns,
        categories=categories,
        clusters=_cluster_codes(cells, task.plan.clusters),
    )
    _refuse_empty(sample, task, sided)
    before = None if outcome.before is None else _measured(cells, outcome.before)
    last = None if outcome.last is None else _measured(cells, outcome.last)
    people = People(
        sample=sample,
        later=None if sided is None else later,
        before=before,
        last=last,
        groups=(),
        missing=everyone.used - cells.used,
    )
    return attrs.evolve(people, groups=_groups(people, task, everyone, sided))


def _measured(cells: Cells, name: str) -> Measured:
    away = cells.deviations[name] / cells.n
    within = np.maximum(cells.squares[name] - cells.n * away**2, 0.0)
    return Measured(mean=cells.centre[name] + away, within=np.where(cells.n == 1, 0.0, within))


def _is(cells: Cells, column: str, code: str) -> Mask:
    values = cells.by[column]
    if column in cells.labels:
        labels = cells.labels[column]
        wanted = float(labels.index(code)) if code in labels else -1.0
    else:
        truth = {"true": 1.0, "false": 0.0}
        wanted = truth[code.lower()] if code.lower() in truth else float(code)
    return np.asarray(values == wanted, dtype=np.bool_)


def _covariates(
    cells: Cells, names: Sequence[str], categorical: Sequence[str]
) -> tuple[dict[str, Vector], dict[str, tuple[str, ...]]]:
    columns: dict[str, Vector] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for name in names:
        values = cells.by[name]
        if name in cells.labels:
            categories[name] = cells.labels[name]
        elif name in categorical:
            found, values = np.unique(values, return_inverse=True)
            categories[name] = tuple(f"{value:g}" for value in found)
        columns[name] = values.astype(np.float64)
    return columns, categories


def _cluster_codes(cells: Cells, clusters: str | None) -> Codes | None:
    if clusters is None:
        return None
    return np.unique(cells.by[clusters], return_inverse=True)[1].astype(np.int64)


def _refuse_empty(sample: Sample, task: Task, sided: str | None) -> None:
    if sided is not None:
        for side, code in ((sample.treated, task.plan.treated), (~sample.treated, task.comparison)):
            if not side.any():
                raise Refused("effects.refused.empty_side", column=sided, side=code)
    if not sample.within.any() and len(np.unique(sample.mean)) == 1:
        raise Refused("effects.refused.constant_outcome", value=float(sample.mean[0]))


def _groups(people: People, task: Task, everyone: Cells, sided: str | None) -> tuple[Group, ...]:
    sample = people.sample
    if sided is None:
        every = np.ones(len(sample.n), dtype=bool)
        return (_group(people, Role.EVERYONE, "", every, everyone.used),)
    sides = ((Role.TREATED, task.plan.treated), (Role.COMPARISON, task.comparison))
    found = []
    for role, code in sides:
        cells = sample.treated if role is Role.TREATED else ~sample.treated
        rows = float(everyone.n[_is(everyone, sided, code)].sum())
        found.append(_group(people, role, code, cells, round(rows)))
    return tuple(found)


def _group(people: People, role: Role, code: str, cells: Mask, rows: int) -> Group:
    sample = people.sample
    used = sample.count(cells)
    shown = Measured(mean=sample.mean, within=sample.within) if people.last is None else people.last
    old = people.before
    at_end = cells if people.later is None else cells & people.later
    mean, variance = _moments(shown, sample, at_end)
    before = None if old is None else _moments(old, sample, cells)[0]
    if people.later is not None and (cells & ~people.later).any():
        before = _moments(shown, sample, cells & ~people.later)[0]
    clusters = None if sample.clusters is None else cluster_count(sample.clusters, cells)
    return Group(
        role=role,
        code=code,
        n=used,
        missing=rows - used,
        clusters=clusters,
        mean=mean,
        sd=float(np.sqrt(variance)),
        mean_before=before,
    )


def _moments(measured: Measured, sample: Sample, cells: Mask) -> tuple[float, float]:
    """Mean and variance (n - 1) of some cells."""
    if not cells.any():
        return float("nan"), float("nan")
    n = sample.n * cells
    mean, variance = weighted_moments(measured.mean, n, cells * measured.within)
    rows = float(n.sum())
    return mean, variance * rows / (rows - 1.0) if rows > 1 else float("nan")
