"""Effects as tables: every analysis that was run, and what was checked."""

from collections.abc import Iterator

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import DataTable, Value, data_table

_EFFECTS = """plan specification label subgroup_column subgroup_value from to outcome dataset design
adjustment estimand covariates level registration estimate se low high interval_level n missing df
unit d d_se d_low d_high refusal"""
_GROUPS = "plan specification role code n missing clusters mean sd mean_before effective_n"
_BALANCE = """plan specification covariate treated_mean comparison_mean adjusted_treated_mean
adjusted_comparison_mean difference adjusted_difference variance_ratio adjusted_variance_ratio
verdict"""
_CHECKS = "plan specification check verdict key_check found_what"
_PLACEBOS = "plan specification outcome estimate se low high d d_low d_high verdict found_what"


def effect_tables(findings: Findings, pen: Pen) -> tuple[DataTable, ...]:
    """Give all analyses with their groups, balance, checks and placebos."""
    shown = [item for one in findings.effects for item in one.findings]
    return (
        data_table("effects", _EFFECTS, (_effect(item, pen) for item in shown)),
        data_table("effect_groups", _GROUPS, (row for item in shown for row in _groups(item))),
        data_table("balance", _BALANCE, (row for item in shown for row in _balance(item))),
        data_table("checks", _CHECKS, (row for item in shown for row in _checks(item, pen))),
        data_table("placebos", _PLACEBOS, (row for item in shown for row in _placebos(item, pen))),
    )


def _effect(item: EffectFinding, pen: Pen) -> tuple[Value, ...]:
    group, found, standard = item.subgroup, item.estimate, item.standardised
    return (
        item.plan, item.specification, pen.read(item.label),
        None if group is None else group.column, None if group is None else group.value,
        item.from_, item.to, item.outcome, item.dataset, item.design.value, item.adjustment.value,
        item.estimand.value, " ".join(item.covariates), item.level, item.registration.value,
        *interval_of(found),
        None if found is None else found.level, None if found is None else found.n, item.missing,
        None if found is None else found.df, None if found is None else pen.read(found.unit),
        *interval_of(standard), pen.read(item.refusal or item.not_shown),
    )  # fmt: skip


def interval_of(found: Estimate | None) -> tuple[float | None, ...]:
    """Give value, standard error and both ends of the interval."""
    if found is None:
        return (None, None, None, None)
    return (found.value, found.se, found.low, found.high)


def _groups(item: EffectFinding) -> Iterator[tuple[Value, ...]]:
    for group in item.groups:
        yield (
            item.plan, item.specification, group.role.value, group.code, group.n, group.missing,
            group.clusters, group.mean, group.sd, group.mean_before, group.effective_n,
        )  # fmt: skip


def _balance(item: EffectFinding) -> Iterator[tuple[Value, ...]]:
    for row in item.balance:
        yield (
            item.plan, item.specification, row.covariate, row.treated_mean, row.comparison_mean,
            row.adjusted_treated_mean, row.adjusted_comparison_mean, row.difference,
            row.adjusted_difference, row.variance_ratio, row.adjusted_variance_ratio,
            row.verdict.value,
        )  # fmt: skip


def _checks(item: EffectFinding, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for check in item.checks:
        yield (
            item.plan, item.specification, check.name.value, check.verdict.value, check.key,
            pen.read(check.found),
        )  # fmt: skip


def _placebos(item: EffectFinding, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for one in item.placebos:
        d, _, d_low, d_high = interval_of(one.standardised)
        yield (
            item.plan, item.specification, one.outcome, *interval_of(one.estimate), d, d_low,
            d_high, one.verdict.value, pen.read(one.found),
        )  # fmt: skip
