"""What readers see of surveys and registers: effects, subgroups, measures and counts of rows.

What may be shown is decided elsewhere, by the disclosure service; here it is carried out.
"""

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.codebook import Codebook, Column, ColumnType
from biotoop.engine.effects.curve import curve_of
from biotoop.engine.effects.diagnostics import BalanceRow, Group, WeightsDiagnostics
from biotoop.engine.effects.plan import Adjustment
from biotoop.engine.effects.result import EffectFinding, EffectSet, PlaceboFinding
from biotoop.engine.recipes.deciding import Decided
from biotoop.engine.recipes.findings import (
    DatasetSummary,
    DisclosureDecision,
    MeasureMoment,
    MeasureSummary,
)
from biotoop.engine.recipes.notes_shown import Words, refusal_for_readers
from biotoop.engine.recipes.people_tables import name_of, name_of_moment
from biotoop.engine.recipes.rounded_shown import (
    in_short,
    rounded_estimate,
    rounded_group,
    rounded_row,
    rounded_spread,
)

USUAL_BASE = 5
KEPT = "recipes.kept"
_TWO, _THREE = 2, 3


@attrs.define
class Desk:
    """Carries out what was decided, and keeps what was withheld."""

    decided: Decided
    codebook: Codebook | None = None
    withheld: list[DisclosureDecision] = attrs.field(factory=list)

    @property
    def base(self) -> int:
        """To what counts of rows and of missing answers are rounded."""
        return self.decided.policy.survey.rounding or USUAL_BASE

    def rounded(self, count: int) -> int:
        """Round a count of rows or missing answers, so that a few cannot be told apart."""
        return self.base * round(count / self.base)

    def people(self, count: int) -> int:
        """Give a number of people as it is, or rounded where the policy asks for it."""
        base = self.decided.policy.survey.rounding
        return count if base is None else base * round(count / base)

    @property
    def counts(self) -> Note:
        """Say whether the numbers of people behind figures are rounded too."""
        exact = self.decided.policy.survey.rounding is None
        return note(f"recipes.n_{'exact' if exact else 'rounded'}")

    def weighed(self, people: float) -> float:
        """Give the people that weights leave, rounded: a few less than all are a few people."""
        return float(self.base * round(people / self.base))

    def remark(self, said: Note) -> Note:
        """Round the number of people in a remark on a measure."""
        count = said.params.get("count")
        if not isinstance(count, int):
            return said
        return Note(code=said.code, params={**said.params, "count": self.rounded(count)})

    def keep(self, what: str, about: Note) -> Note:
        """Note down that something stays with the team; the reason is the same for all."""
        reason = note(KEPT, minimum=self.decided.policy.survey.minimum_cell)
        self.withheld.append(DisclosureDecision(what=what, about=about, reason=reason))
        return reason

    def keep_of(self, found: EffectFinding, what: str, code: str, **names: str) -> Note:
        """Note down that a part of an analysis stays with the team."""
        way = note("recipes.way", plan=found.plan, way=found.specification)
        if found.subgroup is not None:
            group = f"{found.subgroup.column} = {found.subgroup.value}"
            way = note("recipes.way_of_group", way=way, group=group)
        return self.keep(what, note(code, way=way, **names))

    def estimate(self, found: Estimate, words: Words | None = None) -> Estimate:
        """Give an estimate with its counts as readers may see them.

        Where counts are rounded, so are the figures beside them; see ``rounded_shown``.
        """
        shown = attrs.evolve(found, n=self.people(found.n), missing=self.rounded(found.missing))
        if words is not None:
            shown = attrs.evolve(
                shown,
                assumptions=tuple(words.of_check(item) for item in found.assumptions),
                warnings=tuple(words.warning(item) for item in found.warnings),
            )
        base = self.decided.policy.survey.rounding
        return (
            shown
            if base is None
            else attrs.evolve(rounded_estimate(attrs.evolve(shown, n=found.n), base), n=shown.n)
        )

    def said(self, of: Note) -> Note:
        """Give a sentence with its figures in short where counts are rounded."""
        return of if self.decided.policy.survey.rounding is None else in_short(of)


def effects_for_readers(desk: Desk, item: EffectSet) -> EffectSet:
    """Keep the findings that readers may see; the curve is drawn anew from what is left."""
    primary = _finding(desk, item.primary)
    others = tuple(_finding(desk, part) for part in item.specifications)
    return attrs.evolve(
        item,
        primary=primary,
        specifications=others,
        subgroups=tuple(_finding(desk, part) for part in item.subgroups),
        curve=curve_of((primary, *others)),
    )


def _finding(desk: Desk, found: EffectFinding) -> EffectFinding:
    if found.refusal is not None or found.estimate is None:
        return _refused(found)
    if not desk.decided.may_be_shown(found):
        reason = desk.keep_of(found, name_of(found), "recipes.about_finding")
        kept = attrs.evolve(found, not_shown=reason).for_readers()
        return attrs.evolve(kept, level_reasons=())
    rows = tuple(
        _row(desk, found, row) for row in found.balance if _row_may_be_shown(desk, found, row)
    )
    placebos = tuple(_placebo(desk, found, item) for item in found.placebos)
    left = {row.covariate for row in found.balance} - {row.covariate for row in rows}
    left |= {item.outcome for item in placebos if item.estimate is None}
    words = Words(base=desk.base, groups=found.groups, kept=frozenset(left))
    return attrs.evolve(
        found,
        missing=desk.rounded(found.missing),
        estimate=_on_people(desk, found, desk.estimate(found.estimate, words)),
        standardised=_standardised(desk, found, words),
        balance=rows,
        placebos=placebos,
        checks=tuple(
            attrs.evolve(item, found=desk.said(words.of_check(item.found))) for item in found.checks
        ),
        level_reasons=tuple(desk.said(words.reason_of_level(item)) for item in found.level_reasons),
        groups=_groups(desk, found),
        weights=None if found.weights is None else _weights(desk, found.weights),
    )


def _on_people(desk: Desk, found: EffectFinding, shown: Estimate) -> Estimate:
    """Round the people of an estimate that a few of both sides fell out of: else they are told."""
    whole = sum(group.n for group in found.groups)
    if found.estimate is None or found.estimate.n == whole:
        return shown
    return attrs.evolve(shown, n=desk.rounded(found.estimate.n))


def _refused(found: EffectFinding) -> EffectFinding:
    """Give an analysis without a number: nothing of its people is left but why."""
    reason = None if found.refusal is None else refusal_for_readers(found.refusal)
    return attrs.evolve(found.for_readers(), refusal=reason, groups=(), balance=(), checks=(),
                        placebos=(), weights=None, missing=0, level_reasons=())  # fmt: skip


def _standardised(desk: Desk, found: EffectFinding, words: Words) -> Estimate | None:
    """Give the standardised effect, unless with the effect it tells a share that is hidden.

    Of two values the standard deviation tells the share; an unweighted one, that of people.
    """
    if found.standardised is None:
        return None
    by = found.standardised.method.params.get("by")
    of_people = isinstance(by, Note) and not by.code.endswith(("_weighted", ".norm"))
    if of_people and _tells_answers(desk, found) and not desk.decided.means_may_be_shown(found):
        desk.keep_of(found, f"{name_of(found)}: d", "recipes.about_standardised")
        return None
    return _on_people(desk, found, desk.estimate(found.standardised, words))


def _tells_answers(desk: Desk, found: EffectFinding) -> bool:
    values = desk.decided.census.values_of(found.dataset, found.outcome)
    return 0 < len(values) <= _THREE


def _groups(desk: Desk, found: EffectFinding) -> tuple[Group, ...]:
    """Give the raw means of both sides, or of neither."""
    if not desk.decided.means_may_be_shown(found):
        desk.keep_of(found, f"{name_of(found)}: n, m, sd", "recipes.about_means")
        return ()
    return tuple(_group(desk, group) for group in found.groups)


def _group(desk: Desk, group: Group) -> Group:
    base = desk.decided.policy.survey.rounding
    shown = group if base is None else rounded_group(group, base)
    left = shown.effective_n
    return attrs.evolve(
        shown,
        n=desk.people(group.n),
        missing=desk.rounded(group.missing),
        effective_n=None if left is None else desk.weighed(left),
    )


def _weights(desk: Desk, found: WeightsDiagnostics) -> WeightsDiagnostics:
    """Leave out the ends of the overlap: each is the chance of one person."""
    return attrs.evolve(
        found,
        largest_share=round(found.largest_share, 2),
        treated_effective_n=desk.weighed(found.treated_effective_n),
        comparison_effective_n=desk.weighed(found.comparison_effective_n),
        unused_treated=desk.rounded(found.unused_treated),
        unused_comparison=desk.rounded(found.unused_comparison),
        overlap_low=None,
        overlap_high=None,
    )


def _row(desk: Desk, found: EffectFinding, row: BalanceRow) -> BalanceRow:
    """Give a row of the balance with its differences in short: in full they tell a spread."""
    base, fewest = desk.decided.policy.survey.rounding, min(group.n for group in found.groups)
    shown = row if base is None else rounded_row(row, fewest, base)
    if _few_fell_out(desk, found):
        shown = attrs.evolve(shown, adjusted_treated_mean=None, adjusted_comparison_mean=None)
    return attrs.evolve(
        shown,
        difference=round(row.difference, 2),
        adjusted_difference=_short(row.adjusted_difference, 2),
        variance_ratio=_short(row.variance_ratio, 1),
        adjusted_variance_ratio=_short(row.adjusted_variance_ratio, 1),
    )


def _few_fell_out(desk: Desk, found: EffectFinding) -> bool:
    """Tell whether means of those who were matched tell of the few who were not."""
    weights = found.weights
    unused = () if weights is None else (weights.unused_treated, weights.unused_comparison)
    return any(0 < count < desk.decided.policy.survey.minimum_cell for count in unused)


def _short(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _row_may_be_shown(desk: Desk, found: EffectFinding, row: BalanceRow) -> bool:
    """Ask about the raw means of a characteristic; a mean of yes and no is a count."""
    shown = desk.decided.row_may_be_shown(found, row.covariate)
    if f"{name_of(found)}: {row.covariate}" not in desk.decided.census.behind:
        column = _column(desk.codebook, found.dataset, row.covariate)
        shown = not ("=" in row.covariate or (column is not None and has_two_codes(column)))
    if not shown:
        what = f"{name_of(found)}: {row.covariate}"
        desk.keep_of(found, what, "recipes.about_characteristic", name=row.covariate)
    return shown


def _placebo(desk: Desk, found: EffectFinding, item: PlaceboFinding) -> PlaceboFinding:
    """Give a placebo, unless it is a raw difference of shares whose people nobody counted."""
    words = Words(base=desk.base, groups=found.groups, kept=frozenset())
    if item.estimate is None:
        return attrs.evolve(item, found=desk.said(words.of_check(item.found)))
    column = _column(desk.codebook, found.dataset, item.outcome)
    raw = found.adjustment is Adjustment.NONE
    if raw and column is not None and has_two_codes(column):
        what = f"{name_of(found)}: {item.outcome}"
        reason = desk.keep_of(found, what, "recipes.about_placebo", name=item.outcome)
        return attrs.evolve(item, estimate=None, standardised=None, found=reason)
    standard = item.standardised
    return attrs.evolve(
        item,
        found=desk.said(item.found),
        estimate=desk.estimate(item.estimate),
        standardised=None if standard is None else desk.estimate(standard),
    )


def _column(codebook: Codebook | None, dataset: str, name: str) -> Column | None:
    if codebook is None:
        return None
    found = [item for item in codebook.dataset(dataset).columns if item.name == name]
    return found[0] if found else None


def has_two_codes(column: Column) -> bool:
    """Tell whether a column can hold only two values, by what the codebook says."""
    if column.type is ColumnType.BOOLEAN or len(column.values) == _TWO:
        return True
    if column.minimum is None or column.maximum is None:
        return False
    return column.type is ColumnType.INTEGER and column.maximum == column.minimum + 1


def measure_for_readers(desk: Desk, measure: MeasureSummary) -> MeasureSummary:
    """Leave out the moments at which the mean would tell about too few people."""
    shown = []
    for moment in measure.moments:
        name = name_of_moment(measure, moment)
        if desk.decided.moment_may_be_shown(name):
            shown.append(_moment(desk, moment))
        else:
            desk.keep(
                name, note("recipes.about_moment", measure=measure.id, wave=moment.wave or "")
            )
    return attrs.evolve(measure, moments=tuple(shown), values={})


def _moment(desk: Desk, moment: MeasureMoment) -> MeasureMoment:
    base = desk.decided.policy.survey.rounding
    return attrs.evolve(
        moment,
        sd=moment.sd if base is None else rounded_spread(moment.sd, moment.mean.n, base),
        remarks=tuple(desk.said(desk.remark(item)) for item in moment.remarks),
        mean=desk.estimate(moment.mean),
        alpha=None if moment.alpha is None else _reliability(desk, moment.alpha),
        omega=None if moment.omega is None else _reliability(desk, moment.omega),
    )


def _reliability(desk: Desk, found: Estimate) -> Estimate:
    """Give a reliability in short, on about so many people: the others left an item open.

    In full its bounds tell the number of people on which they rest.
    """
    return attrs.evolve(
        found,
        value=round(found.value, 2),
        low=_short(found.low, 2),
        high=_short(found.high, 2),
        n=desk.rounded(found.n),
        missing=desk.rounded(found.missing),
    )


def dataset_for_readers(desk: Desk, dataset: DatasetSummary) -> DatasetSummary:
    """Round rows and people; how often each answer was left open stays with the team.

    So does the hash of the data: who has all rows but one could try values until it fits.
    """
    return attrs.evolve(
        dataset,
        rows=desk.rounded(dataset.rows),
        people=desk.rounded(dataset.people),
        waves=tuple(attrs.evolve(wave, rows=desk.rounded(wave.rows)) for wave in dataset.waves),
        content_hash="",
        remarks=(note("recipes.rounded", base=desk.base, counts=desk.counts),),
    )
