"""From effect findings to what the evidence scheme and the valuation need of them."""

from collections.abc import Iterator

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note
from biotoop.engine.effects.diagnostics import Role
from biotoop.engine.effects.plan import Design, Plan
from biotoop.engine.effects.result import EffectFinding, EffectSet, RegistrationLabel
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.theory.model import TheoryOfChange


def estimates_as_evidence(
    folder: StudyFolder, effects: tuple[EffectSet, ...]
) -> tuple[EstimateEvidence, ...]:
    """Give the primary finding of every plan as evidence; specifications are shown, not counted."""
    plans = {plan.id: plan for plan in folder.plans.plans}
    return tuple(_evidence(folder.theory, plans, effects))


def _evidence(
    theory: TheoryOfChange, plans: dict[str, Plan], effects: tuple[EffectSet, ...]
) -> Iterator[EstimateEvidence]:
    for item in effects:
        plan, found = plans[item.plan], item.primary
        effect = found.standardised
        if effect is None or effect.se is None or found.refusal is not None:
            continue
        yield EstimateEvidence(
            id=plan.id,
            target=target_of(theory, plan),
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
