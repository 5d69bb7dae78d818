"""From effect findings to what the evidence scheme and the valuation need of them."""

from collections.abc import Iterator

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.diagnostics import Role
from biotoop.engine.effects.plan import Design, Plan
from biotoop.engine.effects.result import EffectFinding, EffectSet, RegistrationLabel
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.recipes.freezing import Standing
from biotoop.engine.theory.model import TheoryOfChange


def estimates_as_evidence(
    folder: StudyFolder, effects: tuple[EffectSet, ...], standing: Standing
) -> tuple[EstimateEvidence, ...]:
    """Give the primary finding of every plan as evidence; specifications are shown, not counted.

    Each carries the hash of the text that it was planned for: as registered, else as it is now.
    """
    plans = {plan.id: plan for plan in folder.plans.plans}
    targets = Targets(folder.theory)
    return tuple(
        _evidence(folder.theory, plans[item.plan], item.primary, targets, standing)
        for item in effects
        if _weighable(item.primary)
    )


def _weighable(found: EffectFinding) -> bool:
    effect = found.standardised
    return effect is not None and effect.se is not None and found.refusal is None


def not_weighed(effects: tuple[EffectSet, ...]) -> Iterator[Note]:
    """Tell of every effect that was estimated and yet cannot count in the weighing."""
    for item in effects:
        found = item.primary
        if found.estimate is not None and found.refusal is None and not _weighable(found):
            yield note("recipes.not_standardised", plan=item.plan, measure=found.outcome)


def _evidence(
    theory: TheoryOfChange,
    plan: Plan,
    found: EffectFinding,
    targets: Targets,
    standing: Standing,
) -> EstimateEvidence:
    effect, code = found.standardised, target_of(theory, plan)
    assert effect is not None  # noqa: S101 - chosen on this
    assert effect.se is not None  # noqa: S101 - chosen on this
    target = targets.find(code)
    judged = None if target is None else standing.text_hash(target) or target.text_hash
    return EstimateEvidence(
        id=plan.id,
        target=code,
        effect=effect.value,
        se=effect.se,
        level=found.level,
        comparison=found.design is not Design.PRE_POST,
        group=plan.people or plan.dataset,
        primary=plan.primary,
        registered=found.registration is not RegistrationLabel.EXPLORATORY,
        delta=plan.smallest_effect,
        areas=_areas(found, Role.TREATED) if plan.clusters else None,
        comparison_areas=_areas(found, Role.COMPARISON) if plan.clusters else None,
        label=note("recipes.plan_label", title=plan.title),
        text_hash=judged,
    )


def _areas(found: EffectFinding, role: Role) -> int | None:
    """Give the number of clusters on one side."""
    return next((group.clusters for group in found.groups if group.role is role), None)


def target_of(theory: TheoryOfChange, plan: Plan) -> str:
    """Give the link whose two ends were varied and measured; else the route."""
    for link in theory.links:
        if (link.from_, link.to) == (plan.from_, plan.to):
            return link.code
    return f"{plan.from_}>{plan.to}"


def estimates_for_euros(effects: tuple[EffectSet, ...]) -> dict[str, Estimate]:
    """Give the estimate of every plan, in the unit of its outcome."""
    primary: list[EffectFinding] = [item.primary for item in effects]
    return {found.plan: found.estimate for found in primary if found.estimate is not None}
