"""Chapter 3: what was estimated, over all plans, and how measures stood at each moment."""

from collections import Counter

from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, Row, Table
from biotoop.engine.reports.chapters.effect_plan import no_number, plan_blocks
from biotoop.engine.reports.chapters.moments import moments_blocks
from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import Axis, draw_rows
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.inline import Tone
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import estimate_cell, info, paragraph, row, table

Named = tuple[tuple[EffectFinding, str], ...]


def effects_chapter(account: Account) -> Chapter:
    """Show every plan, all together and one by one."""
    pen, effects = account.pen, account.findings.effects
    blocks: list[Block] = []
    if not effects:
        blocks.append(paragraph(pen.say("effect.none"), Tone.LEAD))
    else:
        blocks += [paragraph(pen.say("effect.lead"), Tone.LEAD), forest(account)]
        if any(item.primary.design is Design.PRE_POST for item in effects):
            blocks.append(info(pen.say("effect.changed_is_no_effect")))
        for item in effects:
            blocks += plan_blocks(account, item)
    blocks += moments_blocks(account)
    return Chapter(
        number=3,
        anchor="effects",
        title=pen.word("reports.chapter.effects"),
        blocks=tuple(blocks),
    )


def forest(account: Account) -> Figure:
    """Draw the standardised effect of every plan and subgroup on one scale."""
    pen = account.pen
    shown = [
        finding for item in account.findings.effects for finding in (item.primary, *item.subgroups)
    ]
    named = finding_names(account, shown)
    rows = [_forest_row(account, finding, name) for finding, name in named]
    wide, narrow = draw_rows(
        rows,
        Axis(
            title=pen.word("reports.effect.standardised_axis"),
            left=pen.word("reports.effect.against_intention"),
            right=pen.word("reports.effect.as_intended"),
        ),
        pen.language,
    )
    return Figure(
        id="figure-forest",
        title=pen.say("effect.forest"),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("effect.forest_alt", rows=_in_words(rows)),
        note=pen.say(f"effect.forest_note{'_main' if account.has_secondary else ''}"),
        table=_forest_table(account, named),
    )


def _in_words(rows: list[IntervalRow]) -> str:
    return "; ".join(f"{row.label}: {row.shown}".replace("\n", ", ") for row in rows)


def finding_names(account: Account, shown: list[EffectFinding]) -> Named:
    """Name analyses by their measure, or by their question where two have the same measure."""
    plans = {item.plan: item for item in account.findings.effects}
    measured = Counter(item.primary.outcome for item in plans.values())
    found = []
    for finding in shown:
        name = account.measure_name(finding.outcome)
        if measured[finding.outcome] > 1:
            name = account.pen.text(plans[finding.plan].title)
        group = finding.subgroup
        parts = [plain_text(name)]
        if group is not None:
            parts.append(account.group(finding.dataset, group))
        found.append((finding, "; ".join(parts)))
    return tuple(found)


def _forest_row(account: Account, finding: EffectFinding, name: str) -> IntervalRow:
    pen, found = account.pen, finding.standardised
    if found is None:
        return IntervalRow(label=name, shown=plain_text(no_number(account, finding)))
    band = pen.band(found.value, found.low, found.high)
    design = pen.word(f"reports.design_short.{finding.design.value}")
    main = account.standing(finding.plan) if finding.subgroup is None else ""
    return IntervalRow(
        label=name,
        shown=f"{band}\n{design}, n = {pen.count(found.n)}" + (f"\n{main}" if main else ""),
        value=found.value,
        low=found.low,
        high=found.high,
        strong=finding.subgroup is None and not account.is_secondary(finding.plan),
    )


def _forest_table(account: Account, named: Named) -> Table:
    pen = account.pen
    return table(
        pen,
        "table-forest",
        pen.say("effect.forest_table"),
        ("analysis", "#standardised", "#in_unit", "unit", "#n", "#level", "registration"),
        [_forest_cells(account, finding, name) for finding, name in named],
    )


def _forest_cells(account: Account, finding: EffectFinding, name: str) -> Row:
    pen, found = account.pen, finding.standardised
    estimate = finding.estimate
    return row(
        name,
        no_number(account, finding) if found is None else estimate_cell(pen, found),
        estimate_cell(pen, estimate),
        account.unit(finding),
        "-" if estimate is None else pen.count(estimate.n),
        str(finding.level),
        pen.word(f"recipes.registration.{finding.registration.value}"),
    )
