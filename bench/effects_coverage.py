"""How often 95 % intervals of effects hold the truth, by simulation.

    python -m bench.effects_coverage [--repetitions N] [--json | --markdown FILE]

The same seeds and number of repetitions give the same shares. A refusal (no overlap, no match) is
no interval: it is left out and counted.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import numpy as np
import scipy.stats

from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Codes, Mask, Matrix, Vector
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    mean_change,
    regression_adjusted,
)
from biotoop.engine.effects.sample import Sample

ATT, ATE = Estimand.ATT, Estimand.ATE
HC2, CR1, CR2 = IntervalMethod.HC2, IntervalMethod.CR1, IntervalMethod.CR2
TRUTH = 0.5
REPETITIONS = 2000
Method = Callable[[Sample], Answer]
Draw = Callable[[np.random.Generator], Sample]

METHODS: Mapping[str, Method] = {
    "regression, HC2": lambda s: regression_adjusted(s, interval=HC2),
    "interacted regression, ATT": lambda s: interacted_regression(s, estimand=ATT, interval=HC2),
    "interacted regression, ATE": lambda s: interacted_regression(s, estimand=ATE, interval=HC2),
    "inverse probability, ATT": lambda s: inverse_probability(s, estimand=ATT),
    "inverse probability, ATE": lambda s: inverse_probability(s, estimand=ATE),
    "entropy balancing, ATT": lambda s: entropy_balancing(s, estimand=ATT),
    "entropy balancing, ATE": lambda s: entropy_balancing(s, estimand=ATE),
    "coarsened exact matching, ATT": lambda s: coarsened_exact_matching(
        s, covariates=("x", "z"), coarsening=(), estimand=ATT
    ),
}


@attrs.frozen(kw_only=True)
class Coverage:
    """One share: of the intervals that were there, how many held the truth."""

    case: str
    size: str
    share: float
    intervals: int
    refused: int


def rows(
    y: Vector, treated: Mask, X: Matrix | None = None, clusters: Codes | None = None
) -> Sample:
    """Make a sample of cells with one row."""
    X = np.empty((len(y), 0)) if X is None else X
    names = ("x", "z")[: X.shape[1]]
    return Sample(
        n=np.ones(len(y)),
        mean=y,
        within=np.zeros(len(y)),
        treated=treated,
        X=X,
        names=names,
        clusters=clusters,
        columns=dict(zip(names, X.T, strict=True)),
    )


def chosen_people(rng: np.random.Generator, n: int) -> Sample:
    """Draw people who were reached more often when x and z are high; skewed outcomes."""
    x = np.clip(np.round(rng.normal(size=n) * 1.5), -2, 2) / 1.5
    z = (rng.random(n) < 0.4).astype(float)
    treated = rng.random(n) < 1 / (1 + np.exp(0.7 - 0.7 * x - 0.5 * z))
    noise = (1 + 0.3 * treated) * (rng.gamma(2, 1, n) - 2) / np.sqrt(2)
    return rows(1 + x + 0.5 * z + TRUTH * treated + noise, treated, np.column_stack([x, z]))


def teams(rng: np.random.Generator, count: int, *, within: bool) -> Sample:
    """Draw teams of unequal size; support goes to whole teams, or to people within them."""
    sizes = rng.integers(4, 30, count)
    team = np.repeat(np.arange(count), sizes)
    sides = rng.permutation(count) % 2 == 0
    treated = rng.random(len(team)) < 0.5 if within else sides[team]
    y = TRUTH * treated + rng.normal(0, 0.5, count)[team] + rng.normal(size=len(team))
    return rows(y, treated, clusters=team)


def changes(rng: np.random.Generator, n: int) -> Sample:
    """Draw skewed changes of one group."""
    return rows(TRUTH + rng.gamma(2, 1, n) - 2, np.ones(n, dtype=bool))


def coverage(
    case: str, size: int, method: Method, draw: Draw, repetitions: int, *seed: int
) -> Coverage:
    """Count how many intervals hold the truth."""
    held: list[bool] = []
    for repetition in range(repetitions):
        try:
            found = method(draw(np.random.default_rng([*seed, size, repetition])))
        except Refused:
            continue
        reach = scipy.stats.t.ppf(0.975, found.error.df) * found.error.se
        held.append(bool(abs(found.value - TRUTH) <= reach))
    return Coverage(
        case=case,
        size=str(size),
        share=float(np.mean(held)),
        intervals=len(held),
        refused=repetitions - len(held),
    )


def table(repetitions: int = REPETITIONS) -> Iterator[Coverage]:
    """Run every case."""
    for name, method in METHODS.items():
        for n in (40, 100, 400):
            yield coverage(name, n, method, lambda rng, n=n: chosen_people(rng, n), repetitions, 1)
    for n in (20, 40, 100):
        change = lambda rng, n=n: changes(rng, n)  # noqa: E731 - one of many draws
        yield coverage("before and after, HC2", n, mean_in, change, repetitions, 2)
    for kind in (CR2, CR1):
        for within in (False, True):
            where = "people within teams" if within else "whole teams"
            for count in (6, 12, 40):
                yield coverage(
                    f"difference in means, {kind.value.upper()}, {where}",
                    count,
                    lambda s, kind=kind: difference_in_means(s, interval=kind),
                    lambda rng, count=count, within=within: teams(rng, count, within=within),
                    repetitions,
                    3,
                )


def mean_in(sample: Sample) -> Answer:
    """Give the mean change."""
    return mean_change(sample, interval=HC2)


def markdown(found: Sequence[Coverage]) -> str:
    """Write a line for each case, with a share for each size."""
    lines = ["| estimator | size: share of intervals that hold the truth |", "|---|---|"]
    for case in dict.fromkeys(item.case for item in found):
        parts = [item for item in found if item.case == case]
        shown = ", ".join(
            f"{item.size}: {100 * item.share:.1f} %"
            + (f" ({item.refused} refused)" if item.refused else "")
            for item in parts
        )
        lines.append(f"| {case} | {shown} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the shares, or write them into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    found = list(table(options.repetitions))
    if options.json:
        print(json.dumps([attrs.asdict(item) for item in found], indent=1))
    elif options.markdown is None:
        print(markdown(found))
    else:
        page = options.markdown.read_text("utf-8")
        start, rest = page.split("<!-- coverage -->\n", 1)
        end = rest.split("<!-- /coverage -->", 1)[1]
        whole = f"{start}<!-- coverage -->\n{markdown(found)}<!-- /coverage -->{end}"
        options.markdown.write_text(whole, "utf-8")


if __name__ == "__main__":
    main()
