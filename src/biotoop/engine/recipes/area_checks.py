"""Few areas, told before the run: what the data cannot tell apart, however the plan computes."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.problems import Problem, warning
from biotoop.engine.datasets.data_engine import DuckEngine, quoted
from biotoop.engine.datasets.row_selection import RowFilter, Where, usable
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.effects.areas import ENOUGH_AREAS
from biotoop.engine.effects.assignment import refuse_areas_without_clusters
from biotoop.engine.effects.desk import Desk
from biotoop.engine.effects.plan import Design, Plan
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.tables import single_table
from biotoop.engine.effects.tasks import Task, task_of
from biotoop.engine.recipes.folder import PLANS, StudyFolder


def check_areas(folder: StudyFolder, snapshots: Mapping[str, Snapshot]) -> Iterator[Problem]:
    """Say of each plan what its run would say of its areas.

    Parameters
    ----------
    folder
        Documents without errors.
    snapshots
        The data that were read.
    """
    found = []
    for place, plan in enumerate(folder.plans.plans):
        if plan.dataset in snapshots and _compares_sides(plan):
            why = _refusal(folder, snapshots, plan)
            if why is not None:
                told = warning(
                    "recipes.plan_without_number",
                    *("plans", place, "clusters" if plan.clusters else "treatment"),
                    plan=plan.id,
                    why=why,
                )
                found.append(told)
    yield from folder.placed(PLANS, tuple(found))


def _compares_sides(plan: Plan) -> bool:
    return plan.design is not Design.PRE_POST and plan.treatment is not None


def _refusal(folder: StudyFolder, snapshots: Mapping[str, Snapshot], plan: Plan) -> Note | None:
    task = task_of(plan)
    try:
        with tempfile.TemporaryDirectory(prefix="biotoop-areas-") as room:
            desk = Desk(
                plan=plan,
                snapshots=snapshots,
                measures=folder.measures,
                engine=DuckEngine(),
                folder=Path(room),
            )
            refuse_areas_without_clusters(desk, task)
    except Refused as refusal:
        return refusal.why
    return None if plan.clusters is None else _few(snapshots[plan.dataset], task, plan.clusters)


def _few(snapshot: Snapshot, task: Task, clusters: str) -> Note | None:
    """Say that one area stands against one, or against too few; None when they are enough."""
    treatment = str(task.plan.treatment)
    where: tuple[RowFilter, ...] = (
        *single_table(snapshot, task.plan.after).where,
        *task.filters,
        Where(column=treatment, values=(task.plan.treated, task.comparison)),
    )
    chosen = usable(snapshot, (clusters, treatment), where)
    area, side = quoted(clusters), quoted(treatment)
    with DuckEngine().open() as session:
        rows = session.table(
            f"SELECT sides, count(*) AS areas FROM (SELECT count(DISTINCT {side}) AS sides,"
            f" min({side}) AS first FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql}"
            f" GROUP BY {area}) GROUP BY sides, first",
            chosen.params,
        ).to_pylist()
    counts = sorted(row["areas"] for row in rows)
    if len(counts) != 2 or any(row["sides"] > 1 for row in rows) or counts[0] > 1:
        return None
    if counts[1] == 1:
        return note("effects.refused.one_area_each")
    if counts[1] < ENOUGH_AREAS:
        return note("effects.refused.one_area", others=counts[1], needed=ENOUGH_AREAS)
    return None
