"""How often 95 % intervals of panel estimators hold the truth, over a fixed grid.

    python -m bench coverage [--repetitions N] [--small] [--json FILE | --markdown FILE]

Units in clusters over four periods; half of the clusters start in the third. The same seed and
number of repetitions give the same shares. Cells in which an estimator is not meant to hold are
marked. The table for people and teams without a panel is ``bench effects_coverage``.
"""

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import CohortSums
from biotoop.engine.effects.panel.bootstraps import wild_bootstrap
from biotoop.engine.effects.panel.cluster_errors import PanelError, panel_errors
from biotoop.engine.effects.panel.cohorts import Control, cells_of, covariance, pulls_of
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.panel.summaries import overall
from biotoop.engine.effects.refusals import Refused

SEED = 20261122
TRUTH, PERIODS, START = -0.5, 4, 2
SIZES, CLUSTERS = (40, 100, 400, 2000), (6, 12, 40)
SHAPES, LOST = ("normal", "skewed"), (0.0, 0.3)
FIXED = {
    "two-way fixed effects, CR1": PanelError.CR1,
    "two-way fixed effects, CR2": PanelError.CR2,
    "two-way fixed effects, CR3": PanelError.CR3,
}
WILD, STAGGERED = "two-way fixed effects, wild bootstrap", "Callaway-Sant'Anna, by cluster"
DRAWS = 199
FEW = 12  # fewer clusters than this are too few for CR1 and for a normal interval
Array = np.ndarray


@attrs.frozen(kw_only=True)
class Cell:
    """One cell of the grid: of the intervals that were there, the share that held the truth."""

    estimator: str
    n: int
    clusters: int
    outcome: str
    lost: float
    meant: bool
    share: float
    intervals: int
    refused: int


@attrs.frozen(kw_only=True)
class Panel:
    """A drawn panel, shape (units, periods); ``there`` tells which rows are left."""

    y: Array
    d: Array
    there: Array
    cluster: Array


def draw(rng: np.random.Generator, n: int, clusters: int, outcome: str, lost: float) -> Panel:
    """Draw units in clusters of unequal size; those who are lost miss the last period."""
    cluster = np.sort(np.append(np.arange(clusters), rng.choice(
        clusters, size=n - clusters, p=rng.dirichlet(np.full(clusters, 4.0)))))  # fmt: skip
    started = (rng.permutation(clusters) % 2 == 0)[cluster]
    d = (started[:, None] & (np.arange(PERIODS) >= START)).astype(float)
    noise = rng.normal(size=(n, PERIODS))
    if outcome == "skewed":
        noise = (rng.gamma(1.0, 1.0, (n, PERIODS)) - 1.0) * 1.0
    shocks = rng.normal(0, 0.3, (clusters, PERIODS))[cluster]
    y = rng.normal(size=(n, 1)) + 0.1 * np.arange(PERIODS) + TRUTH * d + shocks + noise
    there = np.ones((n, PERIODS), dtype=bool)
    there[rng.random(n) < lost, -1] = False
    return Panel(y=y, d=d, there=there, cluster=cluster)


def solved(panel: Panel) -> Solved:
    """Solve the regression with effects of units and periods, as the store does."""
    there = panel.there.astype(float)
    times = np.broadcast_to(np.eye(PERIODS)[:, 1:], (*panel.y.shape, PERIODS - 1))
    z = np.concatenate([times, panel.d[..., None], panel.y[..., None]], axis=2)
    mean = np.einsum("utp,ut->up", z, there) / there.sum(axis=1)[:, None]
    apart = (z - mean[:, None, :]) * there[..., None]
    own = np.einsum("utp,utq->upq", apart, apart)
    groups = np.flatnonzero(np.diff(panel.cluster, prepend=-1))
    products = np.add.reduceat(own, groups, axis=0)
    A, b = products[:, :-1, :-1], products[:, :-1, -1]
    bread = np.linalg.inv(A.sum(axis=0))
    beta = bread @ b.sum(axis=0)
    squares = float(products[:, -1, -1].sum())
    return Solved(
        names=("t1", "t2", "t3", "d"),
        terms=np.array([3]),
        dropped=(),
        coefficients=beta,
        bread=(bread + bread.T) / 2,
        A=A,
        b=b,
        left_over=squares - float(b.sum(axis=0) @ beta),
        squares=squares,
        before=np.diag(products.sum(axis=0)),
        n=float(there.sum()),
        units=float(len(there)),
        periods=PERIODS,
    )


def cohorts(panel: Panel) -> CohortSums:
    """Sum outcomes by cohort, of units that are there in all periods."""
    whole = panel.there.all(axis=1)
    y, place = panel.y[whole], (panel.d[whole, -1] == 0).astype(int)
    groups = int(panel.cluster.max()) + 1
    n, sums = np.zeros((groups, 2, 1)), np.zeros((groups, 2, 1, PERIODS))
    np.add.at(n, (panel.cluster[whole], place, 0), 1.0)
    np.add.at(sums, (panel.cluster[whole], place, 0), y)
    total, mean = n.sum(axis=0), sums.sum(axis=0) / n.sum(axis=0)[..., None]
    apart = y - mean[place, 0]
    products = np.stack([np.einsum("us,ut->st", *[apart[place == c]] * 2) for c in (0, 1)])
    return CohortSums(
        periods=("1", "2", "3", "4"), cohorts=np.array([START, PERIODS]), cells=("",), n=total,
        sums=sums.sum(axis=0), products=products[:, None], cluster_n=n, cluster_sums=sums,
        centre=0.0, incomplete=0, always=0, falls=0, rows=y.size, used=y.size, missing={},
        note=note("panel.shown.term"),
    )  # fmt: skip


def holds(estimator: str, panel: Panel, seed: int) -> bool:
    """Tell whether the 95 % interval holds the truth."""
    if estimator == STAGGERED:
        sums = cohorts(panel)
        cells = cells_of(sums, anticipation=0, universal=False)
        found = overall(sums, *pulls_of(sums, cells, Control.NEVER, anticipation=0)).pulls
        se = float(np.sqrt(covariance(sums, found, clustered=True)[0, 0]))
        return abs(float(found.values[0]) - TRUTH) <= float(scipy.special.ndtri(0.975)) * se
    fit = solved(panel)
    if estimator == WILD:
        tested = wild_bootstrap(
            fit, "d", "cluster", seed=seed, draws=DRAWS, value=TRUTH, bounds=False
        )
        return tested.p >= 0.05
    errors = panel_errors(fit, FIXED[estimator], "cluster", weighted=False)
    reach = float(scipy.special.stdtrit(errors.df[0], 0.975)) * float(errors.se[0])
    return abs(float(fit.coefficients[3]) - TRUTH) <= reach


def grid(repetitions: int, *, small: bool) -> Iterator[Cell]:
    """Run every cell; the small grid has the middle of each."""
    sizes, counts = ((100,), (12,)) if small else (SIZES, CLUSTERS)
    for size, count, outcome, lost in itertools.product(sizes, counts, SHAPES, LOST):
        where = [SEED, size, count, SHAPES.index(outcome), int(10 * lost)]
        panels = [
            draw(np.random.default_rng([*where, turn]), size, count, outcome, lost)
            for turn in range(repetitions)
        ]
        for estimator in (*FIXED, WILD, STAGGERED):
            found, refused = [], 0
            for turn, panel in enumerate(panels):
                try:
                    found.append(holds(estimator, panel, turn))
                except Refused:
                    refused += 1
            few = estimator in {"two-way fixed effects, CR1", STAGGERED} and count <= FEW
            yield Cell(
                estimator=estimator, n=size, clusters=count, outcome=outcome, lost=lost,
                meant=not few, share=float(np.mean(found)), intervals=len(found), refused=refused,
            )  # fmt: skip


def markdown(found: Sequence[Cell]) -> str:
    """Write a line for each estimator and number of clusters, the lowest and highest share."""
    lines = ["| estimator | clusters | meant to hold | lowest | highest | cells | refused |",
             "|---|---:|---|---:|---:|---:|---:|"]  # fmt: skip
    for estimator, count in dict.fromkeys((cell.estimator, cell.clusters) for cell in found):
        mine = [c for c in found if (c.estimator, c.clusters) == (estimator, count)]
        shares = [100 * cell.share for cell in mine]
        lines.append(
            f"| {estimator} | {count} | {'yes' if mine[0].meant else 'no'} | {min(shares):.1f} %"
            f" | {max(shares):.1f} % | {len(mine)} | {sum(cell.refused for cell in mine)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the shares, or write them to a file or into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=2000)
    parser.add_argument("--small", action="store_true", help="one size and one number of clusters")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    found = list(grid(options.repetitions, small=options.small))
    if options.json is not None:
        made = {"seed": SEED, "repetitions": options.repetitions}
        cells = [json.dumps(attrs.asdict(cell)) for cell in found]
        text = json.dumps(made)[:-1] + ', "cells": [\n' + ",\n".join(cells) + "\n]}\n"
        options.json.write_text(text, "utf-8")
    if options.markdown is not None:
        page = options.markdown.read_text("utf-8")
        start, rest = page.split("<!-- coverage -->\n", 1)
        end = rest.split("<!-- /coverage -->", 1)[1]
        whole = f"{start}<!-- coverage -->\n{markdown(found)}<!-- /coverage -->{end}"
        options.markdown.write_text(whole, "utf-8")
    if options.json is None and options.markdown is None:
        print(markdown(found))


if __name__ == "__main__":
    main()
