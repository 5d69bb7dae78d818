"""Regression with discrete covariates, its error by municipality (CR1)."""

import attrs

from bench.harness import Contest, Tool

_TASK = Contest(
    task="regression, CR1 by cluster",
    table="register",
    columns=("y", "d", "c1", "c2", "c3", "gem"),
    ours=Tool(name="biotoop", runner="bench.tools.biotoop:POOLED"),
    peers=(
        Tool(name="pyfixest, absorbed", runner="bench.tools.pyfixest:ABSORBED", package="pyfixest"),
        Tool(
            name="pyfixest, dummies",
            runner="bench.tools.pyfixest:DUMMIES",
            package="pyfixest",
            most_rows=10_000_000,
        ),
        Tool(
            name="statsmodels",
            runner="bench.tools.statsmodels:POOLED",
            package="statsmodels",
            most_rows=2_000_000,
        ),
        Tool(
            name="duckreg",
            runner="bench.tools.duckreg:POOLED",
            package="duckreg",
            gives_error=False,  # by cluster it has bootstraps only
        ),
    ),
    tolerance=1e-8,
    error_tolerance=1e-8,
)
CONTESTS = (
    _TASK,
    attrs.evolve(
        _TASK,
        task="the same as a whole plan, with checks",
        ours=Tool(name="biotoop", runner="bench.tools.biotoop:POOLED_WHOLE"),
        peers=_TASK.peers[:1],
    ),
)
