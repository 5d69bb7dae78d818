"""Which figures of surveys and registers readers may see: effects, subgroups, measures, counts."""

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.figures import (
    EstimateFigure,
    Figure,
    MeanFigure,
    ShareFigure,
)
from biotoop.engine.disclosure.policy import DisclosurePolicy
from biotoop.engine.effects.curve import curve_of
from biotoop.engine.effects.diagnostics import BalanceRow, Group, Role
from biotoop.engine.effects.result import EffectFinding, EffectSet
from biotoop.engine.recipes.findings import (
    DatasetSummary,
    DisclosureDecision,
    MeasureMoment,
    MeasureSummary,
)

ROUNDED_TO = 5
_SAME = 1e-9
_NEAR = 1e-6


@attrs.define
class Desk:
    """Decides, and keeps what was withheld."""

    policy: DisclosurePolicy
    withheld: list[DisclosureDecision] = attrs.field(factory=list)

    def refusal(self, figure: Figure) -> Note | None:
        """Give the reason why a figure may not be shown, and note it down."""
        refused = figure.refusal(self.policy)
        if refused is None:
            return None
        _, reason = refused
        self.withheld.append(DisclosureDecision(what=figure.id, reason=reason))
        return reason


def rounded(count: int) -> int:
    """Round a count of missing answers or rows, so that a few people cannot be told apart."""
    return ROUNDED_TO * round(count / ROUNDED_TO)


def effects_for_readers(desk: Desk, item: EffectSet) -> EffectSet:
    """Keep the findings that readers may see; of the others the reason stays.

    When one subgroup of a column is hidden, so is the smallest other one of that column: else it
    follows from the whole. The curve is drawn anew from what is left.
    """
    primary = _finding(desk, item.primary)
    others = tuple(_finding(desk, part) for part in item.specifications)
    subgroups = [_finding(desk, part) for part in item.subgroups]
    for column in sorted({part.subgroup.column for part in subgroups if part.subgroup}):
        _hide_second(desk, subgroups, column)
    return attrs.evolve(
        item,
        primary=primary,
        specifications=others,
        subgroups=tuple(subgroups),
        curve=curve_of((primary, *others)),
    )


def _hide_second(desk: Desk, subgroups: list[EffectFinding], column: str) -> None:
    mine = [part for part in subgroups if part.subgroup and part.subgroup.column == column]
    shown = [part for part in mine if part.estimate is not None]
    if len(mine) - len(shown) != 1 or not shown:
        return
    smallest = min(shown, key=lambda part: sum(group.n for group in part.groups))
    reason = note("effects.not_shown.secondary")
    place = subgroups.index(smallest)
    subgroups[place] = attrs.evolve(smallest, not_shown=reason).for_readers()
    desk.withheld.append(DisclosureDecision(what=_name(smallest), reason=reason))


def _name(found: EffectFinding) -> str:
    group = found.subgroup
    part = "" if group is None else f", {group.column}={group.value}"
    return f"{found.plan} ({found.specification}{part})"


def _finding(desk: Desk, found: EffectFinding) -> EffectFinding:
    if found.refusal is not None or found.estimate is None:
        return found
    reason = found.not_shown
    if reason is None:
        groups = {group.role.value: group.n for group in found.groups}
        left = sum(groups.values()) - len(found.covariates) - 2
        figure = EstimateFigure(id=_name(found), groups=groups, df=float(left))
        reason = desk.refusal(figure)
    else:
        desk.withheld.append(DisclosureDecision(what=_name(found), reason=reason))
    if reason is not None:
        return attrs.evolve(found, not_shown=reason).for_readers()
    return attrs.evolve(
        found,
        missing=rounded(found.missing),
        estimate=_estimate(found.estimate),
        balance=tuple(row for row in found.balance if _row_may_be_shown(desk, found, row)),
        groups=tuple(attrs.evolve(g, missing=rounded(g.missing)) for g in found.groups)
        if _means_may_be_shown(desk, found)
        else (),
    )


def _row_may_be_shown(desk: Desk, found: EffectFinding, row: BalanceRow) -> bool:
    """Ask that a mean of zeros and ones, times its people, is no small count."""
    n = {group.role: group.n for group in found.groups}
    least = desk.policy.survey.minimum_cell
    for role, mean in (
        (Role.TREATED, row.treated_mean),
        (Role.COMPARISON, row.comparison_mean),
    ):
        people = n.get(role, 0)
        count = mean * people
        whole = 0 <= mean <= 1 and abs(count - round(count)) < _NEAR
        if whole and min(round(count), people - round(count)) < least:
            desk.withheld.append(
                DisclosureDecision(
                    what=f"{_name(found)}: {row.covariate}",
                    reason=note("disclosure.too_few", minimum=least),
                )
            )
            return False
    return True


def _estimate(found: Estimate) -> Estimate:
    return attrs.evolve(found, missing=rounded(found.missing))


def _means_may_be_shown(desk: Desk, found: EffectFinding) -> bool:
    """Raw means of a yes-or-no outcome are shares: never all or none, and enough on each side."""
    figures = [_share_or_mean(f"{_name(found)}: {g.role.value}", g) for g in found.groups]
    refusals = [desk.refusal(figure) for figure in figures]
    return not any(refusals)


def _share_or_mean(name: str, group: Group) -> Figure:
    return _figure(name, group.mean, group.sd, group.n)


def _figure(name: str, mean: float, sd: float, n: int) -> Figure:
    """Recognise a share by its spread: of zeros and ones it is n p (1 - p) / (n - 1)."""
    for top in (1.0, 100.0):
        share = mean / top
        spread = n * share * (1 - share) / (n - 1) * top**2 if n > 1 else 0.0
        if 0 <= share <= 1 and abs(sd**2 - spread) <= _SAME * max(spread, 1.0):
            return ShareFigure(id=name, count=round(share * n), n=n)
    return MeanFigure(id=name, n=n, spread=sd)


def measure_for_readers(desk: Desk, measure: MeasureSummary) -> MeasureSummary:
    """Leave out the moments at which the mean would tell about too few people."""
    shown = tuple(
        _moment(moment) for moment in measure.moments if _moment_may_be_shown(desk, measure, moment)
    )
    return attrs.evolve(measure, moments=shown)


def _moment_may_be_shown(desk: Desk, measure: MeasureSummary, moment: MeasureMoment) -> bool:
    name = f"{measure.id}: {moment.wave}" if moment.wave else measure.id
    figure = _figure(name, moment.mean.value, moment.sd, moment.mean.n)
    return desk.refusal(figure) is None


def _moment(moment: MeasureMoment) -> MeasureMoment:
    return attrs.evolve(
        moment,
        mean=_estimate(moment.mean),
        alpha=None if moment.alpha is None else _estimate(moment.alpha),
        omega=None if moment.omega is None else _estimate(moment.omega),
    )


def dataset_for_readers(dataset: DatasetSummary) -> DatasetSummary:
    """Round rows and people; how often each answer was left open stays with the team."""
    return attrs.evolve(
        dataset,
        rows=rounded(dataset.rows),
        people=rounded(dataset.people),
        waves=tuple(attrs.evolve(wave, rows=rounded(wave.rows)) for wave in dataset.waves),
        remarks=(note("recipes.rounded", base=ROUNDED_TO),),
    )
