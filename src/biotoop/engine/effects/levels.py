"""The design level of a finding: from the design, lowered by what the checks found.

The scale is that of Maryland (Sherman and others 1997, from memory): 1 after only, 2 before and
after, or a comparison whose likeness is not shown, 3 comparison group or difference in
differences, 4 strong adjustment with checks that held, 5 lot. Where the line between 3 and 4 runs,
and what a failed check costs, is our convention; it stands in docs/explanation/effects.md.
"""

from collections.abc import Iterator, Sequence

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.diagnostics import Check, CheckName, Verdict
from biotoop.engine.effects.plan import Adjustment, Design
from biotoop.engine.effects.tasks import Task

USUAL = {
    Design.EXPERIMENT: 5,
    Design.PRE_POST: 2,
    Design.COMPARISON: 3,
    Design.DIFFERENCE_IN_DIFFERENCES: 3,
}
_STRONG = 4
_PROOF = {
    Design.COMPARISON: CheckName.PLACEBO,
    Design.DIFFERENCE_IN_DIFFERENCES: CheckName.PARALLEL_TRENDS,
}


def level_of(task: Task, checks: Sequence[Check]) -> tuple[int, tuple[Note, ...]]:
    """Give the design level, and the reasons.

    Parameters
    ----------
    task
        The analysis; its plan may argue for a lower level, never for a higher one.
    checks
        What was found.

    Returns
    -------
    tuple
        Level from 1 to 5, and notes that tell where it came from.
    """
    level = USUAL[task.design]
    reasons = [
        note("effects.level.usual", design=note(f"effects.design.{task.design.value}"), level=level)
    ]
    if _is_strong(task, checks):
        level = _STRONG
        reasons.append(note("effects.level.strong", level=level))
    for check, most in _lowered(task, checks):
        if most < level:
            level = most
            reasons.append(
                note(
                    "effects.level.lowered",
                    level=level,
                    check=note(f"effects.check_name.{check.name.value}"),
                )
            )
    argued = task.plan.level
    if argued is not None and argued < level:
        level = argued
        reasons.append(note("effects.level.argued", level=level, reason=task.plan.level_reason))
    return level, tuple(reasons)


def _is_strong(task: Task, checks: Sequence[Check]) -> bool:
    """Level 4: adjusted, every key check held, and the one that can prove it wrong was there."""
    proof = _PROOF.get(task.design)
    if proof is None or task.adjustment is Adjustment.NONE:
        return False
    key = [check for check in checks if check.key]
    return all(check.verdict is Verdict.HELD for check in key) and any(
        check.name is proof for check in key
    )


def _lowered(task: Task, checks: Sequence[Check]) -> Iterator[tuple[Check, int]]:
    """Give each check that costs something, with the most that is left."""
    for check in checks:
        failed = check.verdict is Verdict.FAILED
        if not check.key:
            continue
        if task.design is Design.EXPERIMENT:
            if failed:
                yield check, 3
            elif check.name is CheckName.ATTRITION and check.verdict is Verdict.DOUBTFUL:
                yield check, 4
        elif failed:
            yield check, 1 if task.design is Design.PRE_POST else 2
        elif _not_shown(task, check):
            yield check, 2


def _not_shown(task: Task, check: Check) -> bool:
    """Tell whether nobody could look if the groups of a comparison are alike."""
    return (
        task.design is Design.COMPARISON
        and check.name is CheckName.BALANCE
        and check.verdict is Verdict.CANNOT_KNOW
    )
