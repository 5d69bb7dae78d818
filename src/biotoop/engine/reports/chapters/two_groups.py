"""Both groups of a difference in differences, before and after."""

from collections.abc import Iterator

from biotoop.engine.effects.diagnostics import Role
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Figure
from biotoop.engine.reports.charts.two_groups import GroupLine, draw_groups
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.pen import glued, plain_text

_TWO = 2


def has_both_groups(finding: EffectFinding) -> bool:
    """Tell whether the means of both groups are known before and after, and may be shown."""
    known = [group for group in finding.groups if group.mean_before is not None]
    return (
        finding.design is Design.DIFFERENCE_IN_DIFFERENCES
        and finding.estimate is not None
        and finding.not_shown is None
        and len(known) == _TWO
        and len(finding.waves) >= _TWO
        and all(group.mean == group.mean for group in known)  # nan is not shown
    )


def two_groups(account: Account, finding: EffectFinding) -> Iterator[Figure]:
    """Draw how each group moved; what differs between the two moves is the estimate."""
    if not has_both_groups(finding):
        return
    pen = account.pen
    means = [value for group in finding.groups for value in (group.mean_before or 0.0, group.mean)]
    digits = shared_decimals(means[0], min(means), max(means))
    lines = tuple(
        GroupLine(
            name=pen.word(f"effects.role.{group.role.value}"),
            before=group.mean_before or 0.0,
            after=group.mean,
            shown=(pen.number(group.mean_before, digits), pen.number(group.mean, digits)),
            reached=group.role is Role.TREATED,
        )
        for group in finding.groups
    )
    moments = (
        account.moment(finding.dataset, finding.waves[0]),
        account.moment(finding.dataset, finding.waves[-1]),
    )
    wide, narrow = draw_groups(lines, moments, pen.language)
    said = "; ".join(f"{line.name}: {line.shown[0]}, {line.shown[1]}" for line in lines)
    unit = plain_text(account.unit(finding))
    yield Figure(
        id=f"figure-groups-{finding.plan}",
        title=glued(pen.say("effect.two_groups"), unit, between=", "),
        wide=wide,
        narrow=narrow,
        alt=pen.plain(
            "effect.two_groups_alt", before=moments[0], after=moments[1], rows=said, unit=unit
        ),
        note=pen.say("effect.two_groups_note"),
    )
