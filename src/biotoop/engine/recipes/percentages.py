"""Shares between 0 and 1 as readers know them: in percentage points.

Only what people read is turned; findings.json, the tables and the euros keep the share itself.
"""

from collections.abc import Container, Iterable

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.texts import Text
from biotoop.engine.effects.result import CurvePoint, EffectFinding, EffectSet, SpecificationCurve
from biotoop.engine.recipes.findings import Findings, MeasureSummary

HUNDRED = 100.0
POINTS = Text(nl="procentpunten", en="percentage points")


def in_percentages(findings: Findings) -> Findings:
    """Give findings with every measure that is shown in percentages turned into those."""
    return attrs.evolve(
        findings,
        measures=measures_in_percentages(findings.measures),
        effects=effects_in_percentages(findings.effects, findings.measures),
    )


def measures_in_percentages(measures: Iterable[MeasureSummary]) -> tuple[MeasureSummary, ...]:
    """Turn the moments and the unit of the measures that are shares."""
    return tuple(_measure(item) if item.percent else item for item in measures)


def effects_in_percentages(
    effects: Iterable[EffectSet], measures: Iterable[MeasureSummary]
) -> tuple[EffectSet, ...]:
    """Turn every effect on a measure that is a share."""
    shares = frozenset(item.id for item in measures if item.percent)
    return tuple(_effect(item, shares) for item in effects)


def _measure(item: MeasureSummary) -> MeasureSummary:
    moments = tuple(
        attrs.evolve(one, mean=_hundredfold(one.mean), sd=HUNDRED * one.sd) for one in item.moments
    )
    return attrs.evolve(item, unit=POINTS, moments=moments, percent=None)


def _effect(item: EffectSet, shares: Container[str]) -> EffectSet:
    if item.primary.outcome not in shares:
        return item
    return attrs.evolve(
        item,
        primary=_finding(item.primary),
        specifications=tuple(map(_finding, item.specifications)),
        subgroups=tuple(map(_finding, item.subgroups)),
        curve=_curve(item.curve),
    )


def _finding(finding: EffectFinding) -> EffectFinding:
    groups = tuple(
        attrs.evolve(
            group,
            mean=HUNDRED * group.mean,
            sd=HUNDRED * group.sd,
            mean_before=_times(group.mean_before),
        )
        for group in finding.groups
    )
    estimate = None if finding.estimate is None else _hundredfold(finding.estimate)
    return attrs.evolve(finding, estimate=estimate, groups=groups)


def _curve(curve: SpecificationCurve) -> SpecificationCurve:
    return attrs.evolve(
        curve,
        points=tuple(map(_point, curve.points)),
        median=_times(curve.median),
        lowest=_times(curve.lowest),
        highest=_times(curve.highest),
    )


def _point(point: CurvePoint) -> CurvePoint:
    return attrs.evolve(
        point, value=_times(point.value), low=_times(point.low), high=_times(point.high)
    )


def _hundredfold(found: Estimate) -> Estimate:
    return attrs.evolve(
        found,
        value=HUNDRED * found.value,
        se=_times(found.se),
        low=_times(found.low),
        high=_times(found.high),
        unit=POINTS,
    )


def _times(value: float | None) -> float | None:
    return None if value is None else HUNDRED * value
