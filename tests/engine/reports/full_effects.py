"""Effects of the invented study: two plans, with every kind of check, failure and subgroup."""

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note
from biotoop.engine.core.texts import Text
from biotoop.engine.effects.diagnostics import (
    BalanceRow,
    Check,
    CheckName,
    Group,
    Role,
    Verdict,
    WeightsDiagnostics,
)
from biotoop.engine.effects.plan import Adjustment, Design, Estimand
from biotoop.engine.effects.result import (
    CurvePoint,
    EffectFinding,
    EffectSet,
    PlaceboFinding,
    RegistrationLabel,
    SpecificationCurve,
    Subgroup,
)

METHOD = note("effects.method.difference_in_means")
ERROR = note("effects.convention.hc2", df=520)


def said(nl: str, en: str):
    """Make a sentence out of a text."""
    return note("recipes.answer.limit", text=Text(nl=nl, en=en))


TOO_FEW = said("Te weinig mensen in de vergelijking.", "Too few people in the comparison.")


POINTS = Text(nl="punten (0-6)", en="points (0-6)")
VISITS_A_MONTH = Text(nl="bezoeken per maand", en="visits a month")


def estimate(value: float, se: float, unit: Text | None = POINTS, **parts) -> Estimate:
    """Make an estimate with a 95% interval."""
    given = {"n": 522, "missing": 41, "method": METHOD, "interval": ERROR, "df": 520.0}
    return Estimate(
        value=value,
        se=se,
        low=value - 1.96 * se,
        high=value + 1.96 * se,
        unit=unit,
        **{**given, **parts},
    )


def finding(plan: str, specification: str = "primary", **parts) -> EffectFinding:
    """Make a finding about loneliness, unless said otherwise."""
    given = {
        "label": Text(nl="Zoals gepland", en="As planned"), "from_": "N1", "to": "N4",
        "outcome": "loneliness", "dataset": "survey", "design": Design.DIFFERENCE_IN_DIFFERENCES,
        "adjustment": Adjustment.REGRESSION, "estimand": Estimand.ATT,
        "covariates": ("age", "alone"), "level": 3,
        "registration": RegistrationLabel.SELF_DECLARED,
    }  # fmt: skip
    return EffectFinding(plan=plan, specification=specification, **{**given, **parts})


GROUPS = (
    Group(role=Role.TREATED, code="1", n=261, missing=22, clusters=12, mean=2.41, sd=1.62,
          mean_before=3.18, effective_n=243.6),
    Group(role=Role.COMPARISON, code="0", n=261, missing=19, clusters=12, mean=2.95, sd=1.71,
          mean_before=3.11, effective_n=188.2),
)  # fmt: skip
BALANCE = (
    BalanceRow(covariate="age", treated_mean=61.2, comparison_mean=58.4, difference=0.19,
               adjusted_difference=0.02, verdict=Verdict.HELD),
    BalanceRow(covariate="alone", treated_mean=0.44, comparison_mean=0.31, difference=0.27,
               adjusted_difference=0.14, verdict=Verdict.DOUBTFUL),
    BalanceRow(covariate="drive", treated_mean=6.8, comparison_mean=5.9, difference=0.41,
               verdict=Verdict.FAILED),
)  # fmt: skip
CHECKS = (
    Check(name=CheckName.BALANCE, verdict=Verdict.DOUBTFUL,
          found=said("Grootste verschil 0,41.", "Largest difference 0.41.")),
    Check(name=CheckName.ATTRITION, verdict=Verdict.HELD,
          found=said("Aan beide kanten 7 % uitval.", "7% lost on both sides.")),
    Check(name=CheckName.PARALLEL_TRENDS, verdict=Verdict.FAILED, key=True,
          found=said("De lijnen liepen al uiteen.", "The lines already parted.")),
    Check(name=CheckName.HIDDEN_DIFFERENCES, verdict=Verdict.CANNOT_KNOW,
          found=said("Wie komt, kiest zelf.", "Those who come chose to.")),
)  # fmt: skip
PLACEBO = PlaceboFinding(
    outcome="shoe_size", verdict=Verdict.HELD, estimate=estimate(0.02, 0.11, Text.of("maat")),
    standardised=estimate(0.01, 0.07, None), found=said("Vrijwel nul.", "Almost nil."),
)  # fmt: skip
WEIGHTS = WeightsDiagnostics(
    treated_effective_n=243.6, comparison_effective_n=188.2, largest_share=0.021,
    unused_comparison=7, overlap_low=0.08, overlap_high=0.91,
)  # fmt: skip
PRIMARY = finding(
    "loneliness",
    estimate=estimate(-0.61, 0.17, warnings=(said("Twaalf buurten per kant.", "Twelve areas."),),
                      assumptions=(said("Geen overloop.", "No spillover."),)),
    standardised=estimate(0.37, 0.1, None),
    groups=GROUPS, missing=41, balance=BALANCE, checks=CHECKS, placebos=(PLACEBO,),
    weights=WEIGHTS,
    level_reasons=(said("Een niveau lager: de lijnen liepen al uiteen.", "One level down."),),
    deviations=(said("Leeftijd kwam er later bij.", "Age was added later."),),
)  # fmt: skip
REFUSED = finding(
    "loneliness", "matched", label=Text(nl="Met gelijke paren", en="With equal pairs"),
    adjustment=Adjustment.COARSENED_EXACT_MATCHING, refusal=TOO_FEW,
)  # fmt: skip
RAW = finding(
    "loneliness", "raw", label=Text(nl="Zonder correctie", en="Without adjustment"),
    adjustment=Adjustment.NONE, registration=RegistrationLabel.EXPLORATORY,
    estimate=estimate(-0.44, 0.19), standardised=estimate(0.27, 0.12, None),
)  # fmt: skip
ALONE = finding(
    "loneliness", "alone=1", subgroup=Subgroup(column="alone", value="1"),
    label=Text(nl="Alleenwonend", en="Living alone"),
    estimate=estimate(-0.9, 0.28), standardised=estimate(0.55, 0.17, None),
)  # fmt: skip
SMALL = finding(
    "loneliness", "alone=9", subgroup=Subgroup(column="alone", value="9"),
    label=Text(nl="Onbekend", en="Unknown"),
    not_shown=said("Minder dan 10 mensen.", "Fewer than 10 people."),
)  # fmt: skip


def point(item: EffectFinding) -> CurvePoint:
    """Put a finding on the curve."""
    found = item.estimate
    return CurvePoint(
        specification=item.specification, label=item.label, registration=item.registration,
        value=None if found is None else found.value, low=None if found is None else found.low,
        high=None if found is None else found.high, level=item.level, refusal=item.refusal,
        standardised=None if item.standardised is None else item.standardised.value,
    )  # fmt: skip


VISITS = finding(
    "visits", from_="N1", to="N2", outcome="visits", design=Design.PRE_POST, level=2,
    adjustment=Adjustment.NONE, covariates=(), registration=RegistrationLabel.EXPLORATORY,
    estimate=estimate(-0.8, 0.25, VISITS_A_MONTH, missing=0, assumptions=(), warnings=()),
    standardised=estimate(-0.42, 0.13, None),
    groups=(Group(role=Role.EVERYONE, code="", n=261, mean=2.1, sd=1.9, mean_before=2.9),),
)  # fmt: skip

EFFECTS = (
    EffectSet(
        plan="loneliness", primary_outcome=True,
        title=Text(nl="Zijn bezoekers minder eenzaam dan bewoners van buurten zonder centrum?",
                   en="Are visitors less lonely than residents of areas without a centre?"),
        primary=PRIMARY, specifications=(RAW, REFUSED), subgroups=(ALONE, SMALL),
        curve=SpecificationCurve(
            points=(point(PRIMARY), point(RAW), point(REFUSED)), run=2, refused=1, median=-0.525,
            lowest=-0.61, highest=-0.44, same_sign=2, excludes_zero=2,
        ),
    ),
    EffectSet(
        plan="visits", primary_outcome=False,
        title=Text(nl="Komen bezoekers vaker?", en="Do visitors come more often?"),
        primary=VISITS,
        curve=SpecificationCurve(
            points=(point(VISITS),), run=1, refused=0, median=-0.8, lowest=-0.8, highest=-0.8,
            same_sign=1, excludes_zero=1,
        ),
    ),
)  # fmt: skip
