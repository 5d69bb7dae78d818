"""The specification curve: every defensible way side by side."""

import statistics
from collections.abc import Sequence

from biotoop.engine.effects.result import CurvePoint, EffectFinding, SpecificationCurve


def curve_of(findings: Sequence[EffectFinding]) -> SpecificationCurve:
    """Set findings side by side, lowest first, refused ones last (Simonsohn and others 2020).

    Parameters
    ----------
    findings
        The primary analysis first, then the specifications.
    """
    points = [_point(finding) for finding in findings]
    shown = sorted(
        (point for point in points if point.value is not None),
        key=lambda point: (point.value or 0.0, point.specification),
    )
    refused = [point for point in points if point.value is None]
    values = [point.value for point in shown if point.value is not None]
    sign = 1.0 if (points[0].value or 0.0) >= 0.0 else -1.0
    return SpecificationCurve(
        points=(*shown, *refused),
        run=len(shown),
        refused=len(refused),
        median=statistics.median(values) if values else None,
        lowest=values[0] if values else None,
        highest=values[-1] if values else None,
        same_sign=sum(sign * value > 0.0 for value in values),
        excludes_zero=sum(_excludes_zero(point, sign) for point in shown),
    )


def _point(finding: EffectFinding) -> CurvePoint:
    found = finding.estimate
    hidden = found is None or finding.not_shown is not None
    standard = finding.standardised
    return CurvePoint(
        specification=finding.specification,
        label=finding.label,
        registration=finding.registration,
        value=None if found is None or hidden else found.value,
        low=None if found is None or hidden else found.low,
        high=None if found is None or hidden else found.high,
        standardised=None if standard is None or hidden else standard.value,
        level=finding.level,
        refusal=finding.refusal or finding.not_shown,
    )


def _excludes_zero(point: CurvePoint, sign: float) -> bool:
    low, high = point.low, point.high
    if low is None or high is None:
        return False
    return low > 0.0 if sign > 0.0 else high < 0.0
