"""The simulations that the scheme must pass, and the limits that it must show."""

import json

import attrs
import pytest
from bench.scheme_simulations import SEED, main, run

from biotoop.engine.plausibility.scheme import published_scheme


@pytest.fixture(scope="module")
def outcomes():
    return run(repetitions=3000)


def test_every_simulation_that_must_pass_passes(outcomes):
    must = [each for each in outcomes if each.kind == "must"]

    assert len(must) == 13
    assert [each.case for each in must if not each.passes] == []


def test_the_limits_are_found_and_shown(outcomes):
    limits = {each.case: each.share for each in outcomes if each.kind == "limit"}

    assert len(limits) == 28
    assert limits["3 with bias drawn from N(0, 0.15), no effect: K >= 3"] > 0.05
    polite = "asked independently, 3 groups"
    assert limits[f"1 with answers correlated 0.3 within a group, {polite}: K >= 3"] > 0.05
    assert limits[f"1 in three families at once, {polite} each: K >= 3"] > 0.5


def test_a_simulation_is_the_same_at_every_run():
    assert run(repetitions=50, seed=SEED) == run(repetitions=50, seed=SEED)
    assert run(repetitions=50, seed=SEED) != run(repetitions=50, seed=SEED + 1)


def test_the_rows_come_as_json():
    shown = []

    code = main(["--repetitions", "200", "--json"], show=shown.append)

    found = json.loads(shown[0])
    assert code == 0
    assert (found["scheme"], found["seed"], found["repetitions"]) == ("1", SEED, 200)
    assert set(found["rows"][0]) == {
        "case",
        "kind",
        "share",
        "error",
        "at_most",
        "at_least",
        "passes",
    }


def test_a_scheme_that_weighs_politeness_as_proof_fails():
    scheme = published_scheme()
    naive = attrs.evolve(
        scheme,
        correlations=attrs.evolve(scheme.correlations, separate_talks=0.0),
        families=attrs.evolve(scheme.families, self_report=0.0),
    )

    failed = [each for each in run(naive, repetitions=500) if not each.passes]

    assert any(each.case.startswith("1. False step, polite answers") for each in failed)


@pytest.mark.slow
def test_the_simulations_hold_beyond_chance():
    for each in run(repetitions=60_000, seed=7):
        if each.at_most is not None:
            assert each.share + 3 * each.error <= each.at_most, each.case
        if each.at_least is not None:
            assert each.share - 3 * each.error >= each.at_least, each.case
