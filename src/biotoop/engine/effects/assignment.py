"""Who was chosen to be reached, persons or whole areas: areas without clusters are refused.

Where whole areas, teams or schools are reached or not, people within one are alike, and an
interval that takes them as independent is far too narrow (Moulton 1990; Donald & Lang 2007).
"""

from collections.abc import Iterator

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.data_engine import Session, quoted
from biotoop.engine.datasets.row_selection import RowFilter, Where, usable
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn
from biotoop.engine.effects.desk import Desk, WholeAreas
from biotoop.engine.effects.plan import Assignment, Design, Plan
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.tables import single_table, wave_column
from biotoop.engine.effects.tasks import Task

FEWEST_IN_AN_AREA = 5
MOVED = 0.10
_FEWEST_WITH_MOVERS = 3
_NAMES_AREAS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.INTEGER})


def refuse_areas_without_clusters(desk: Desk, task: Task) -> None:
    """Ask for clusters where whole areas were chosen, or where the data look like it.

    A column counts as one of areas when its values hold five people or more on average and each
    is wholly reached or wholly not. Of a column with three values or more, people who stand on the
    other side than most of their area may be up to a tenth of the smaller side: they moved, or were
    written down wrongly, and the areas stay what was chosen (both numbers are our convention).
    Clusters that lie within the values of such a column are too fine. A plan may say, with a
    reason, that persons were chosen, or that its clusters are the areas.

    Raises
    ------
    Refused
        The plan names no clusters, or finer ones than the areas, and does not argue that persons
        were chosen.
    """
    plan = task.plan
    if task.design is Design.PRE_POST or plan.treatment is None:
        return
    if plan.clusters is not None:
        if plan.assignment is Assignment.AREA:
            _refuse_clusters_of_one(desk, task)
        if plan.assignment_reason is None:
            _refuse_finer_clusters(desk, task)
        return
    if plan.assignment is Assignment.AREA:
        raise Refused("effects.refused.areas_without_clusters")
    if plan.assignment is Assignment.PERSON:
        if plan.assignment_reason is None:
            raise Refused("effects.refused.persons_without_reason")
        return
    found = _looked_up(desk, task)
    if found is not None:
        code = "one_each" if found.values == 2 else found.code
        raise Refused(f"effects.refused.{code}", column=found.column, values=found.values)


def _refuse_finer_clusters(desk: Desk, task: Task) -> None:
    """Refuse clusters of which many lie in one area, where the areas are another column."""
    found = _looked_up(desk, task)
    if found is not None:
        clusters = str(task.plan.clusters)
        raise Refused("effects.refused.finer_clusters", clusters=clusters, column=found.column)


def _looked_up(desk: Desk, task: Task) -> WholeAreas | None:
    key = (task.dataset, task.filters, task.comparison)
    if key not in desk.whole_areas:
        desk.whole_areas[key] = _whole_areas(desk, task)
    return desk.whole_areas[key]


def _refuse_clusters_of_one(desk: Desk, task: Task) -> None:
    """Refuse clusters of one person each where whole areas were chosen: they are no areas."""
    snapshot, plan = desk.snapshot(task.dataset), task.plan
    clusters, treatment = str(plan.clusters), str(plan.treatment)
    chosen = usable(snapshot, (clusters, treatment), _compared(snapshot, task))
    with desk.engine.open() as session:
        found = session.table(
            f"SELECT count(DISTINCT {quoted(clusters)}) AS areas, count(*) AS people"
            f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql}",
            chosen.params,
        ).to_pylist()[0]
    if found["areas"] and found["people"] < 2 * found["areas"]:
        raise Refused("effects.refused.clusters_of_one", column=clusters, values=found["areas"])


def _whole_areas(desk: Desk, task: Task) -> WholeAreas | None:
    """Give the first column that names whole areas; beside clusters, one that they lie within."""
    snapshot, plan = desk.snapshot(task.dataset), task.plan
    where = _compared(snapshot, task)
    with desk.engine.open() as session:
        for column in _candidates(snapshot, plan):
            found = _nested(session, snapshot, column.name, str(plan.treatment), where)
            if found is None:
                continue
            if plan.clusters is None or (
                found.values >= _FEWEST_WITH_MOVERS
                and _holds(session, snapshot, (column.name, plan.clusters), where)
            ):
                return found
    return None


def _compared(snapshot: Snapshot, task: Task) -> tuple[RowFilter, ...]:
    """Give the filters that leave the rows of both sides."""
    plan = task.plan
    return (
        *single_table(snapshot, plan.after).where,
        *task.filters,
        Where(column=str(plan.treatment), values=(plan.treated, task.comparison)),
    )


def _candidates(snapshot: Snapshot, plan: Plan) -> Iterator[SnapshotColumn]:
    dataset = snapshot.dataset
    alone = dataset.key if dataset is not None and len(dataset.key) == 1 else ()
    others = {plan.treatment, plan.clusters, wave_column(snapshot), *alone}
    for column in snapshot.columns:
        if column.type in _NAMES_AREAS and column.name not in others:
            yield column


def _nested(
    session: Session, snapshot: Snapshot, column: str, treatment: str, where: tuple[RowFilter, ...]
) -> WholeAreas | None:
    """Look whether the values of a column are wholly reached or not, but for a few who moved."""
    chosen = usable(snapshot, (column, treatment), where)
    side, area = quoted(treatment), quoted(column)
    found = session.table(
        "SELECT count(*) AS areas, sum(people) AS people, sum(moved) AS moved,"
        " sum(reached) AS reached, sum(CAST(2 * reached > people AS INTEGER)) AS chosen FROM"
        " (SELECT people, reached, least(reached, people - reached) AS moved FROM"
        f" (SELECT count(*) AS people, count(*) FILTER (WHERE {side} = one) AS reached"
        f" FROM (SELECT {area}, {side}, min({side}) OVER () AS one"
        f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql}) GROUP BY {area}))",
        chosen.params,
    ).to_pylist()[0]
    areas, people, moved = (int(found[name] or 0) for name in ("areas", "people", "moved"))
    if people < FEWEST_IN_AN_AREA * max(areas, 1) or not 0 < int(found["chosen"] or 0) < areas:
        return None
    least = min(int(found["reached"]), people - int(found["reached"]))
    if moved and (areas < _FEWEST_WITH_MOVERS or moved > MOVED * least):
        return None
    return WholeAreas(column=column, values=areas, moved=bool(moved))


def _holds(
    session: Session, snapshot: Snapshot, names: tuple[str, str], where: tuple[RowFilter, ...]
) -> bool:
    """Tell whether clusters lie within the values of a column, several in one; a few may not."""
    chosen = usable(snapshot, names, where)
    area, cluster = (quoted(name) for name in names)
    found = session.table(
        "SELECT count(*) AS clusters, sum(CAST(areas > 1 AS INTEGER)) AS torn FROM"
        f" (SELECT count(DISTINCT {area}) AS areas FROM {session.rows_of(snapshot.path)}"
        f" WHERE {chosen.sql} GROUP BY {cluster}),"
        f" (SELECT count(DISTINCT {area}) AS all_areas FROM {session.rows_of(snapshot.path)}"
        f" WHERE {chosen.sql}) GROUP BY all_areas HAVING count(*) > all_areas",
        chosen.params,
    ).to_pylist()
    return bool(found) and found[0]["torn"] <= MOVED * found[0]["clusters"]
