"""One analysis plan: what it found, on whom, on every defensible way, and what was checked."""

from collections.abc import Iterator

from biotoop.engine.effects.diagnostics import Group
from biotoop.engine.effects.result import (
    CurvePoint,
    EffectFinding,
    EffectSet,
    RegistrationLabel,
)
from biotoop.engine.recipes.certainty import unreliable
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Facts, Figure, Row, Table
from biotoop.engine.reports.chapters.effect_checks import check_blocks
from biotoop.engine.reports.chapters.two_groups import two_groups
from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import Axis, draw_rows
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.naming import all_in_full, told
from biotoop.engine.reports.pen import glued, plain_text, strong
from biotoop.engine.reports.setting import (
    band_cell,
    caution,
    cautions,
    cell,
    facts,
    heading,
    paragraph,
    row,
    table,
)

PRIMARY = "primary"


def plan_blocks(account: Account, item: EffectSet) -> Iterator[Block]:
    """Show everything that one plan yields."""
    pen, finding = account.pen, item.primary
    yield heading(pen.text(item.title), anchor=f"plan-{item.plan}")
    yield paragraph(found_in_words(account, finding))
    if finding.estimate is not None:
        warnings = all_in_full(account, finding.estimate.warnings, finding.dataset)
        yield from cautions(pen, "know_first", warnings)
    yield from _unreliable(account, finding)
    if finding.deviations:
        yield caution(
            pen.say("effect.deviations"), [told(account, note) for note in finding.deviations]
        )
    yield how(account, finding)
    if finding.groups:
        yield groups_table(account, finding)
        yield from two_groups(account, finding)
    if len(item.curve.points) > 1:
        yield heading(pen.say("effect.curve_heading"), 4)
        yield paragraph(curve_in_words(account, item))
        yield curve(account, item)
    yield from check_blocks(account, finding)


def _unreliable(account: Account, finding: EffectFinding) -> Iterator[Block]:
    """Say it where the scale behind an effect is not reliable enough to compare groups."""
    measure = account.measure(finding.outcome)
    missed = None if measure is None else unreliable(measure)
    if measure is not None and missed is not None:
        lowest, floor = (account.pen.number(value, 2) for value in missed)
        said = account.pen.say("effect.unreliable", lowest=lowest, floor=floor)
        yield caution(account.pen.say("effect.unreliable_title", measure=measure.label), [said])


def found_in_words(account: Account, finding: EffectFinding) -> Prose:
    """Say what was found, or why there is no number."""
    pen = account.pen
    estimate, standard = finding.estimate, finding.standardised
    if estimate is None:
        return no_number(account, finding)
    standing = account.standing(finding.plan) if finding.subgroup is None else ""
    said = [
        strong(f"{standing[:1].upper()}{standing[1:]}." if standing else ""),
        strong(
            pen.say(f"effect.found_{finding.design.value}", band=account.band_with_unit(finding))
        ),
        pen.say("effect.confidence", level=pen.number(100 * estimate.level), n=estimate.n),
        pen.say("effect.missing", missing=estimate.missing) if estimate.missing else (),
    ]
    if standard is not None:
        band = pen.band(standard.value, standard.low, standard.high)
        said.append(pen.say("effect.in_standard_deviations", band=band))
    return glued(*said)


def no_number(account: Account, finding: EffectFinding) -> Prose:
    """Say why there is no number: a refusal, or too few people to show one."""
    pen = account.pen
    if finding.not_shown is not None:
        return pen.note(finding.not_shown)
    if finding.refusal is not None:
        return glued(pen.say("effect.no_number"), pen.note(finding.refusal))
    return pen.say("effect.no_number")


def how(account: Account, finding: EffectFinding) -> Facts:
    """Say how it was analysed."""
    pen, measure = account.pen, account.measure(finding.outcome)
    level = glued(
        pen.say("effect.level", level=finding.level),
        *(pen.note(reason) for reason in finding.level_reasons),
    )
    return facts(
        pen,
        (
            "question_is",
            pen.say(
                "effect.from_to", first=account.node(finding.from_), last=account.node(finding.to)
            ),
        ),
        (
            "outcome",
            None
            if measure is None
            else glued(pen.text(measure.label), pen.text(measure.definition), between=": "),
        ),
        ("design", pen.word(f"effects.design.{finding.design.value}")),
        ("level", level),
        ("adjustment", pen.word(f"effects.adjustment.{finding.adjustment.value}")),
        ("estimand", pen.word(f"effects.estimand.{finding.estimand.value}")),
        (
            "covariates",
            pen.listing(account.term(finding.dataset, name) for name in finding.covariates) or None,
        ),
        ("data", account.dataset(finding.dataset)),
        ("registration", pen.word(f"recipes.registration.{finding.registration.value}")),
        ("interval", interval_in_words(account, finding)),
    )


def interval_in_words(account: Account, finding: EffectFinding) -> Prose | None:
    """Say what the interval reckons with; its name and sums stand in the appendix."""
    estimate = finding.estimate
    if estimate is None or estimate.interval is None:
        return None
    clusters = estimate.interval.params.get("clusters")
    if not isinstance(clusters, int):
        return account.pen.say("effect.interval_plain")
    return account.pen.say("effect.interval_clusters", clusters=clusters)


def groups_table(account: Account, finding: EffectFinding) -> Table:
    """Describe each side as it is in the data."""
    pen = account.pen
    groups = finding.groups
    more: list[str] = []
    if any(group.mean_before is not None for group in groups):
        more.append("#mean_before")
    if any(group.clusters is not None for group in groups):
        more.append("#clusters")
    if any(group.effective_n is not None for group in groups):
        more.append("#effective_n")
    return table(
        pen,
        f"table-groups-{finding.plan}",
        glued(pen.say("effect.groups"), account.unit(finding), between=", "),
        ("side", "#n", "#missing", "#mean", "#sd", *more),
        [_group_row(account, group, more) for group in groups],
    )


def _group_row(account: Account, group: Group, more: list[str]) -> Row:
    pen = account.pen
    extra = {
        "#mean_before": pen.number(group.mean_before),
        "#clusters": "-" if group.clusters is None else pen.count(group.clusters),
        "#effective_n": pen.number(group.effective_n, 0),
    }
    left_out = pen.plain(
        "effect.left_out", people=group.missing, share=pen.percent(group.attrition)
    )
    return row(
        pen.word(f"effects.role.{group.role.value}"),
        pen.count(group.n),
        left_out if group.missing else "0",
        pen.number(group.mean),
        pen.number(group.sd),
        *(extra[name] for name in more),
    )


def curve_in_words(account: Account, item: EffectSet) -> Prose:
    """Say what all defensible ways together give, failures too."""
    pen, curve_ = account.pen, item.curve
    said = [pen.say("effect.curve_count", run=curve_.run, refused=curve_.refused)]
    if curve_.lowest is not None and curve_.highest is not None and curve_.median is not None:
        first = item.primary.estimate
        band = (curve_.lowest, curve_.highest) if first is None else (first.low, first.high)
        digits = shared_decimals(curve_.median, *band)
        said.append(
            pen.say(
                "effect.curve_range",
                low=pen.number(curve_.lowest, digits),
                high=pen.number(curve_.highest, digits),
                median=pen.number(curve_.median, digits),
                unit=account.unit(item.primary),
            )
        )
        said.append(
            pen.say(
                "effect.curve_sign",
                same=curve_.same_sign,
                run=curve_.run,
                clear=curve_.excludes_zero,
            )
        )
    return glued(*said)


def curve(account: Account, item: EffectSet) -> Figure:
    """Draw all defensible ways, the lowest estimate first and the failures last."""
    pen, points = account.pen, item.curve.points
    rows = [_curve_row(account, point) for point in points]
    wide, narrow = draw_rows(rows, Axis(title=plain_text(account.unit(item.primary))), pen.language)
    said = "; ".join(f"{one.label}: {one.shown}" for one in rows)
    return Figure(
        id=f"figure-curve-{item.plan}",
        title=pen.say("effect.curve", title=item.title),
        wide=wide,
        narrow=narrow,
        alt=pen.plain("effect.curve_alt", rows=said),
        note=pen.say("effect.curve_note"),
        table=table(
            pen,
            f"table-curve-{item.plan}",
            pen.say("effect.curve_table"),
            ("specification", "#in_unit", "#standardised", "#level", "registration"),
            [_curve_cells(account, point) for point in points],
        ),
    )


def _curve_row(account: Account, point: CurvePoint) -> IntervalRow:
    pen = account.pen
    label = plain_text(pen.text(point.label))
    if point.registration is RegistrationLabel.EXPLORATORY:
        label = pen.plain("effect.curve_exploratory", label=label)
    if point.value is None:
        return IntervalRow(label=label, shown=pen.word("reports.effect.no_number_short"))
    return IntervalRow(
        label=label,
        shown=pen.band(point.value, point.low, point.high),
        value=point.value,
        low=point.low,
        high=point.high,
        strong=point.specification == PRIMARY,
    )


def _curve_cells(account: Account, point: CurvePoint) -> Row:
    pen, name, shown = account.pen, account.pen.text(point.label), cell("-")
    if point.value is not None:
        shown = band_cell(pen, point.value, point.low, point.high)
    else:  # the reason stands where there is room for words, not among the figures
        why = pen.note(point.refusal) if point.refusal is not None else ""
        name = glued(name, glued(pen.say("effect.no_number"), why), between=". ")
    return row(
        name,
        shown,
        pen.number(point.standardised, 2),
        str(point.level),
        pen.word(f"recipes.registration.{point.registration.value}"),
        strong=point.specification == PRIMARY,
    )
