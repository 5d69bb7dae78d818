"""The simulations of the evidence scheme: what it must pass, and the limits that it must show.

    python -m bench.scheme_simulations [--repetitions N] [--seed S] [--json]

Every repetition draws a step whose truth is known, gathers evidence about it, and weighs that by
the scheme. What is counted is how often K reaches a border, before the other conditions. The same
seed and number of repetitions give the same shares.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.evidence.model import Family, Grade, Stance
from biotoop.engine.plausibility.bayes_factor import bayes_factors
from biotoop.engine.plausibility.grading import Circumstances, Share, gather, grade_of
from biotoop.engine.plausibility.pool import effective_number, pool_rows
from biotoop.engine.plausibility.scheme import Scheme, published_scheme
from biotoop.engine.plausibility.scheme_model import AskedPreset

Floats = NDArray[np.float64]
SEED = 20260331
REPETITIONS = 20_000
PEOPLE = 12
ARM = 150
LEVEL = 3
POLITE = (0.70, 0.20, 0.10)  # supports, nuances, contradicts, whatever the truth
MENTIONS = 0.20
CORRELATION = 0.3
EFFECT = 0.3


@attrs.frozen(kw_only=True)
class Outcome:
    """One row of the table: a share of repetitions, its own error, and the limit if there is one.

    ``kind`` is "must" for what the scheme has to pass and "limit" for what it has to show.
    """

    case: str
    kind: str
    share: float
    error: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def passes(self) -> bool:
        """Whether the share keeps its limit."""
        low = self.at_least is None or self.share >= self.at_least
        return low and (self.at_most is None or self.share <= self.at_most)


class World:
    """Draws evidence about steps whose truth is known, a stream of numbers for each case."""

    def __init__(self, scheme: Scheme, repetitions: int, seed: int) -> None:
        self.scheme = scheme
        self.repetitions = repetitions
        self.seed = seed
        self._cases = 0

    def stream(self) -> np.random.Generator:
        """Start the stream of the next case."""
        self._cases += 1
        return np.random.default_rng([self.seed, self._cases])

    def voices(
        self,
        rng: np.random.Generator,
        weights: Sequence[float],
        shares: Sequence[float],
        groups: int,
        *,
        correlation: float = 0.0,
        family: Family = Family.SELF_REPORT,
    ) -> Floats:
        """Give L of a family of groups of people, each answer one of ``weights``."""
        chances = np.broadcast_to(np.asarray(shares), (self.repetitions, groups, len(shares)))
        if correlation:
            concentration = (1 - correlation) / correlation
            chances = rng.dirichlet(np.asarray(shares) * concentration, chances.shape[:2])
        borders = np.cumsum(chances, axis=2)[:, :, None, :-1]
        draws = rng.random((self.repetitions, groups, PEOPLE, 1))
        answers = (draws > borders).sum(axis=3)
        people = np.asarray(weights)[answers].reshape(-1, PEOPLE)
        rho = self.scheme.correlations
        within = rho.one_register if family is Family.REGISTRATION else rho.separate_talks
        by_group = pool_rows(people, within).reshape(self.repetitions, groups)
        return pool_rows(by_group, self.scheme.families.of(family))

    def comparison(
        self, rng: np.random.Generator, effect: float, *, bias: float = 0.0
    ) -> tuple[Floats, Floats]:
        """Give ln BF and ln harm BF of two arms of people, measured with their own spread."""
        true = effect + bias * rng.standard_normal(self.repetitions)
        freedom = 2 * ARM - 2
        difference = true + math.sqrt(2 / ARM) * rng.standard_normal(self.repetitions)
        d = difference / np.sqrt(rng.chisquare(freedom, self.repetitions) / freedom)
        variance = 2 / ARM + d**2 / (2 * freedom)
        rules = self.scheme.estimates
        factors = bayes_factors(
            d, variance + rules.bias_sd[LEVEL - 1] ** 2, delta=rules.delta, tau=rules.tau
        )
        bound = math.log(rules.most)
        return (
            np.clip(factors.log_ratio, -bound, bound),
            np.clip(factors.log_harm, -bound, bound),
        )


def run(
    scheme: Scheme | None = None, repetitions: int = REPETITIONS, seed: int = SEED
) -> tuple[Outcome, ...]:
    """Run every simulation; the table in the documentation is made from this."""
    world = World(scheme or published_scheme(), repetitions, seed)
    found: list[Outcome] = []
    for part in (_polite, _open_topic, _comparison, _with_literature):
        found.extend(part(world))
    for part in (_correlated, _three_families, _biased, _polite_and_null):
        found.extend(part(world))
    return tuple(found)


def asked(preset: AskedPreset) -> list[float]:
    """Give the weight of an answer that supports, nuances or contradicts."""
    return [
        preset.log_ratio(stance) for stance in (Stance.SUPPORTS, Stance.NUANCES, Stance.CONTRADICTS)
    ]


def _presets(world: World) -> Iterator[tuple[str, list[float]]]:
    claims = world.scheme.claims
    yield "asked by the own organisation", asked(claims.asked_own)
    yield "asked independently", asked(claims.asked_independent)


def _groups(groups: int) -> str:
    return "1 group" if groups == 1 else f"{groups} groups"


def _outcome(hits: NDArray[np.bool_], case: str, kind: str, **limits: float) -> Outcome:
    share = float(hits.mean())
    error = math.sqrt(share * (1 - share) / hits.size)
    return Outcome(case=case, kind=kind, share=share, error=error, **limits)


def _plausible(world: World, log_k: Floats) -> NDArray[np.bool_]:
    grades = world.scheme.grades
    return log_k >= math.log(grades.plausible) - grades.tolerance


def _polite(world: World) -> Iterator[Outcome]:
    for name, weights in _presets(world):
        for groups in (1, 2, 3):
            log_k = world.voices(world.stream(), weights, POLITE, groups)
            case = f"1. False step, polite answers, {name}, {_groups(groups)}: K >= 3"
            yield _outcome(_plausible(world, log_k), case, "must", at_most=0.05)


def _open_topic(world: World) -> Iterator[Outcome]:
    topic = world.scheme.claims.open_topic
    weights = [topic.log_ratio(Stance.SUPPORTS), topic.log_ratio(Stance.NOT_MENTIONED)]
    for groups in (1, 2, 3):
        log_k = world.voices(world.stream(), weights, (MENTIONS, 1 - MENTIONS), groups)
        case = f"2. False step, open topic, 20 % mention it, {_groups(groups)}: K >= 3"
        yield _outcome(_plausible(world, log_k), case, "must", at_most=0.05)


def _comparison(world: World) -> Iterator[Outcome]:
    log_k, _ = world.comparison(world.stream(), EFFECT)
    case = "3. Comparison of 2 x 150, level 3, true d = 0.3: K >= 3"
    yield _outcome(_plausible(world, log_k), case, "must", at_least=0.70)
    log_k, _ = world.comparison(world.stream(), 0.0)
    case = "3. Comparison of 2 x 150, level 3, no effect: K >= 3"
    yield _outcome(_plausible(world, log_k), case, "must", at_most=0.05)


def _with_literature(world: World) -> Iterator[Outcome]:
    """Grade polite voices with literature at its bound, everything else as favourable as can be."""
    for name, weights in _presets(world):
        log_k = world.voices(world.stream(), weights, POLITE, 3)
        found = _grades(world, log_k, literature=math.log(world.scheme.literature.most))
        hits = np.isin(found, [Grade.PLAUSIBLE.value, Grade.VERY_PLAUSIBLE.value])
        case = f"5. False step, polite answers, {name}, and literature at its bound: plausible"
        yield _outcome(hits, case, "must", at_most=0.0)


def _grades(world: World, log_k: Floats, *, literature: float) -> NDArray[np.str_]:
    scheme = world.scheme
    given = Circumstances(
        respondents=3 * PEOPLE,
        comparison=False,
        log_harm=None,
        certainty=scheme.floors.certainty,
        rival=True,
    )
    worth = effective_number(PEOPLE, scheme.correlations.separate_talks)
    book = Share(family=Family.LITERATURE, log_ratio=literature, n_eff=1.0)
    return np.array(
        [
            grade_of(
                gather(
                    [Share(family=Family.SELF_REPORT, log_ratio=float(one), n_eff=worth), book],
                    given,
                    scheme,
                ),
                scheme,
            ).value
            for one in log_k
        ]
    )


def _correlated(world: World) -> Iterator[Outcome]:
    for name, weights in _presets(world):
        for groups in (1, 2, 3):
            log_k = world.voices(world.stream(), weights, POLITE, groups, correlation=CORRELATION)
            case = (
                f"1 with answers correlated 0.3 within a group, {name}, {_groups(groups)}: K >= 3"
            )
            yield _outcome(_plausible(world, log_k), case, "limit")


def _three_families(world: World) -> Iterator[Outcome]:
    families = (Family.SELF_REPORT, Family.OBSERVATION, Family.REGISTRATION)
    for name, weights in _presets(world):
        for groups in (1, 2, 3):
            rng = world.stream()
            log_k = sum(
                (world.voices(rng, weights, POLITE, groups, family=family) for family in families),
                start=np.zeros(world.repetitions),
            )
            case = f"1 in three families at once, {name}, {_groups(groups)} each: K >= 3"
            yield _outcome(_plausible(world, log_k), case, "limit")


def _biased(world: World) -> Iterator[Outcome]:
    bias = world.scheme.estimates.bias_sd[LEVEL - 1]
    drawn = f"with bias drawn from N(0, {bias:g})"
    for effect, name in ((EFFECT, "true d = 0.3"), (0.0, "no effect")):
        log_k, _ = world.comparison(world.stream(), effect, bias=bias)
        yield _outcome(_plausible(world, log_k), f"3 {drawn}, {name}: K >= 3", "limit")
    for spread, name in ((0.0, "without bias drawn"), (bias, drawn)):
        log_k, log_harm = world.comparison(world.stream(), 0.0, bias=spread)
        for grade, hits in _low_grades(world, log_k, log_harm):
            yield _outcome(hits, f"3 {name}, no effect: lands at {grade}", "limit")


def _low_grades(
    world: World, log_k: Floats, log_harm: Floats
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    grades = world.scheme.grades
    low = log_k <= -math.log(grades.disputed_one_in) + grades.tolerance
    lowest = log_k < -math.log(grades.contradicted_one_in) - grades.tolerance
    harm = low & (log_harm >= math.log(grades.harm) - grades.tolerance)
    yield "disputed", low & ~lowest & ~harm
    yield "contradicted", lowest & ~harm
    yield "adverse", harm


def _polite_and_null(world: World) -> Iterator[Outcome]:
    for name, weights in _presets(world):
        rng = world.stream()
        voices = world.voices(rng, weights, POLITE, 2)
        estimate, log_harm = world.comparison(rng, 0.0)
        log_k = voices + estimate
        case = f"Polite false step, {name}, 2 groups, with a null comparison"
        yield _outcome(_plausible(world, log_k), f"{case}: K >= 3", "limit")
        for grade, hits in _low_grades(world, log_k, log_harm):
            yield _outcome(hits, f"{case}: lands at {grade}", "limit")


def table(outcomes: Sequence[Outcome]) -> str:
    """Write the outcomes as the table of the documentation."""
    lines = ["| simulation | share | limit | |", "|---|---|---|---|"]
    for each in outcomes:
        limit = "shown as a limit"
        if each.kind == "must":
            below = each.at_most is not None
            limit = f"at most {each.at_most:.0%}" if below else f"at least {each.at_least:.0%}"
        verdict = "" if each.kind == "limit" else "passes" if each.passes else "FAILS"
        lines.append(f"| {each.case} | {each.share:.2%} | {limit} | {verdict} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None, show: Callable[[str], None] = print) -> int:
    """Run from the command line; the exit code is 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m bench.scheme_simulations")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    given = parser.parse_args(arguments)
    outcomes = run(repetitions=given.repetitions, seed=given.seed)
    if given.json:
        show(
            json.dumps(
                {
                    "scheme": published_scheme().version,
                    "seed": given.seed,
                    "repetitions": given.repetitions,
                    "rows": [{**attrs.asdict(each), "passes": each.passes} for each in outcomes],
                },
                indent=2,
            )
        )
    else:
        show(table(outcomes))
    return 0 if all(each.passes for each in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
