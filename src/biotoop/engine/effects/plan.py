"""The analysis plan: written and registered before anyone looks at the outcome."""

from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import NAME


class Design(StrEnum):
    """How the comparison came about; decides the design level (Maryland scale)."""

    EXPERIMENT = "experiment"
    PRE_POST = "pre_post"
    COMPARISON = "comparison"
    DIFFERENCE_IN_DIFFERENCES = "difference_in_differences"


class Adjustment(StrEnum):
    """How differences between the groups are taken away."""

    NONE = "none"
    REGRESSION = "regression"
    INTERACTED_REGRESSION = "interacted_regression"
    INVERSE_PROBABILITY = "inverse_probability"
    ENTROPY_BALANCING = "entropy_balancing"
    COARSENED_EXACT_MATCHING = "coarsened_exact_matching"


class Estimand(StrEnum):
    """For whom the effect is estimated."""

    ATT = "att"
    ATE = "ate"
    OVERLAP = "overlap"


class Assignment(StrEnum):
    """Who was chosen to be reached: persons, or everyone of an area, team or school."""

    PERSON = "person"
    AREA = "area"


class IntervalMethod(StrEnum):
    """Convention of the standard error."""

    CLASSICAL = "classical"
    HC1 = "hc1"
    HC2 = "hc2"
    HC3 = "hc3"
    CR1 = "cr1"
    CR2 = "cr2"


@attrs.frozen(kw_only=True)
class Coarsening:
    """Cut points that coarsen one covariate for exact matching."""

    column: str = field("Covariate.", pattern=NAME)
    cuts: tuple[float, ...] = field("Upper bounds of the classes, rising.", minItems=1)


@attrs.frozen(kw_only=True)
class Filter:
    """Rows that take part: those where a column has one of these values."""

    column: str = field("Column.", pattern=NAME)
    values: tuple[str, ...] = field("Codes that take part.", minItems=1)
    reason: Text = field("Why only these.")


@attrs.frozen(kw_only=True)
class Specification:
    """One defensible way to run the plan; what is left out follows the plan."""

    id: str = field("Short name, unique in the plan.", pattern=NAME)
    label: Text = field("What makes this one different.")
    design: Design | None = field("Other design.", default=None)
    adjustment: Adjustment | None = field("Other adjustment.", default=None)
    covariates: tuple[str, ...] | None = field("Other covariates.", default=None)
    estimand: Estimand | None = field("Other estimand.", default=None)
    coarsening: tuple[Coarsening, ...] | None = field("Other cut points.", default=None)
    interval: IntervalMethod | None = field("Other convention of the error.", default=None)
    dataset: str | None = field("Other dataset, such as other comparison people.", default=None)
    comparison: str | None = field("Code of other comparison people.", default=None)
    filters: tuple[Filter, ...] = field("Limits beside those of the plan.", default=())
    trim: float | None = field(
        "Leave out people whose chance to be reached is outside [trim, 1 - trim].",
        default=None,
        exclusiveMinimum=0,
        exclusiveMaximum=0.5,
    )


@attrs.frozen(kw_only=True)
class Plan:
    """One analysis, fixed beforehand: what is varied, what is measured, against what."""

    id: str = field("Short name, unique in the file.", pattern=NAME)
    title: Text = field("The question in one sentence.")
    from_: str = field("Code of the node that was varied.")
    to: str = field("Code of the node that was measured.")
    outcome: str = field("Measure that is the outcome.", pattern=NAME)
    dataset: str = field("Dataset with the rows.", pattern=NAME)
    design: Design = field("Experiment, pre_post, comparison or difference_in_differences.")
    adjustment: Adjustment = field("How differences are taken away.", default=Adjustment.NONE)
    estimand: Estimand = field(
        "ATT (those reached), ATE (all), or overlap (who could have been on either side; with "
        "inverse_probability).",
        default=Estimand.ATT,
    )
    treatment: str | None = field("Column that says who was reached.", default=None)
    treated: str = field("Code of those reached.", default="1")
    comparison: str = field("Code of those compared with.", default="0")
    before: str | None = field("Wave before.", default=None)
    after: str | None = field("Wave after.", default=None)
    same_people: bool = field("Whether both waves hold the same people.", default=True)
    covariates: tuple[str, ...] = field(
        "Columns to adjust for, as they were before; also age^2, age:educ and re74==0.",
        default=(),
    )
    categorical: tuple[str, ...] = field("Covariates to enter as categories.", default=())
    coarsening: tuple[Coarsening, ...] = field("Cut points for matching.", default=())
    clusters: str | None = field("Column with the clusters, such as team or area.", default=None)
    assignment: Assignment | None = field(
        "Who was chosen to be reached: person or area. Areas need `clusters`.", default=None
    )
    assignment_reason: Text | None = field(
        "How persons were chosen, where the data look as if areas were.", default=None
    )
    interval: IntervalMethod | None = field(
        "Convention of the standard error; else HC2, or CR2 with clusters.", default=None
    )
    smallest_effect: float = field(
        "Smallest standardised effect that matters (delta).", default=0.1, exclusiveMinimum=0
    )
    primary: bool = field("Whether this is the primary outcome for these people.", default=True)
    people: str | None = field("Name shared by plans on the same people.", default=None)
    filters: tuple[Filter, ...] = field("Rows that take part.", default=())
    placebo_outcomes: tuple[str, ...] = field(
        "Columns that cannot have been changed, such as earlier earnings.", default=()
    )
    placebo_without: tuple[str, ...] = field(
        "Covariates left out in a placebo, as they hold it or come after it; the placebo itself "
        "is always left out.",
        default=(),
    )
    trim: float | None = field(
        "Leave out people whose chance to be reached is outside [trim, 1 - trim].",
        default=None,
        exclusiveMinimum=0,
        exclusiveMaximum=0.5,
    )
    specifications: tuple[Specification, ...] = field(
        "Other defensible ways, all run and all shown.", default=()
    )
    subgroups: tuple[str, ...] = field("Columns to look at separately.", default=())
    level: int | None = field(
        "Lower design level than usual, argued.", default=None, minimum=1, maximum=5
    )
    level_reason: Text | None = field("Why that level.", default=None)


@attrs.frozen(kw_only=True)
class Plans:
    """All analysis plans of a study."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    plans: tuple[Plan, ...] = field("The plans.", default=())
