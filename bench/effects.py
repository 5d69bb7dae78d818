"""Effects at population scale: two-way fixed effects, cohorts that start later, adjustment."""

import attrs

from bench.adjustment import CONTESTS as ADJUSTMENT
from bench.harness import Contest, Tool
from bench.pooled import CONTESTS as POOLED

_COVARIATES = ("y", "d", "c1", "c2", "c3", "gem", "unit", "t")
_FIXED = Contest(
    task="two-way fixed effects, CR1 by cluster",
    table="register",
    columns=_COVARIATES,
    ours=Tool(name="biotoop", runner="bench.tools.panel:BY_CLUSTER"),
    peers=(
        Tool(name="pyfixest", runner="bench.tools.pyfixest:TWO_WAY", package="pyfixest"),
        Tool(
            name="linearmodels",
            runner="bench.tools.panel_peers:LINEARMODELS",
            package="linearmodels",
            most_rows=2_000_000,
            gives_error=False,  # counts absorbed effects: another factor
        ),
        Tool(
            name="duckreg, Mundlak",
            runner="bench.tools.duckreg:TWO_WAY",
            package="duckreg",
            most_rows=1_000_000,  # the means of nine indicators hardly compress
            gives_error=False,
        ),
    ),
    tolerance=1e-8,
    error_tolerance=1e-8,
)
_STAGGERED = Contest(
    task="Callaway-Sant'Anna, error by unit",
    table="register",
    columns=("y", "unit", "t", "start"),
    ours=Tool(name="biotoop", runner="bench.tools.panel:STAGGERED"),
    peers=(
        Tool(name="diff-diff", runner="bench.tools.panel_peers:DIFF_DIFF", package="diff-diff"),
        Tool(
            name="csdid",
            runner="bench.tools.panel_peers:CSDID",
            package="csdid",
            most_rows=2_000_000,
        ),
    ),
    tolerance=1e-8,
    error_tolerance=1e-8,
)
CONTESTS = (
    _FIXED,
    attrs.evolve(
        _FIXED,
        task="two-way fixed effects, CR1 by unit",
        ours=Tool(name="biotoop", runner="bench.tools.panel:BY_UNIT"),
        peers=(
            Tool(name="pyfixest", runner="bench.tools.pyfixest:TWO_WAY_UNIT", package="pyfixest"),
        ),
    ),
    Contest(
        task="999 cluster bootstraps, after compression",
        table="register",
        columns=_COVARIATES,
        ours=Tool(name="biotoop", runner="bench.tools.panel:BOOTSTRAP"),
        peers=(),
        tolerance=1e-8,
    ),
    _STAGGERED,
    *POOLED[:1],
    *ADJUSTMENT,
)
