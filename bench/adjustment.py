"""Weighting people until the sides are alike: inverse probability and entropy balancing (ATT)."""

from bench.harness import Contest, Tool

_COLUMNS = ("y", "d", "age", "sex", "household", "income", "prior")
CONTESTS = (
    Contest(
        task="inverse probability weighting, ATT",
        table="people",
        columns=_COLUMNS,
        ours=Tool(name="biotoop", runner="bench.tools.biotoop:WEIGHTED"),
        peers=(
            Tool(
                name="statsmodels GLM",
                runner="bench.tools.statsmodels:WEIGHTED",
                package="statsmodels",
                gives_error=False,  # weights only
            ),
            Tool(
                name="statsmodels TreatmentEffect",
                runner="bench.tools.statsmodels:TREATMENT_EFFECT",
                package="statsmodels",
                most_rows=200_000,
            ),
        ),
        tolerance=1e-6,
        error_tolerance=2e-3,  # ours has a factor for few people (5e-4 at 20,000 rows), theirs none
    ),
    Contest(
        task="entropy balancing, ATT",
        table="people",
        columns=_COLUMNS,
        ours=Tool(name="biotoop", runner="bench.tools.biotoop:BALANCED"),
        peers=(
            Tool(
                name="ebal",
                runner="bench.tools.ebal:BALANCED",
                package="ebal",
                gives_error=False,  # its error takes the weights as given
            ),
        ),
        tolerance=1e-6,
    ),
    Contest(
        task="coarsened exact matching, ATT",
        table="people",
        columns=_COLUMNS,
        ours=Tool(name="biotoop", runner="bench.tools.biotoop_people:MATCHED"),
        peers=(
            Tool(
                name="MatchIt",
                runner="bench.tools.matchit:MATCHED",
                r_package="MatchIt",
                gives_error=False,
            ),
        ),
        tolerance=1e-8,
    ),
    Contest(
        task="matching, weighting and balancing together, ATT",
        table="people",
        columns=_COLUMNS,
        ours=Tool(name="biotoop", runner="bench.tools.biotoop_people:TOGETHER"),
        peers=(),
        tolerance=1e-6,
    ),
)
