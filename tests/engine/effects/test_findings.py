"""What readers may see of a finding: missing people, small groups, labels, the same bytes."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs
import numpy as np
import pytest

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.ids import canonical_json, content_hash
from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.diagnostics import CheckName, Verdict
from biotoop.engine.effects.plan import Adjustment, Filter
from biotoop.engine.effects.result import EffectSet, RegistrationLabel
from engine.effects.studies import TEXT, people, plan, run, stored, way


@pytest.fixture(scope="module")
def neighbourhood(tmp_path_factory):
    return stored(people(), tmp_path_factory.mktemp("data"), key=("age",))


def verdicts(finding):
    return {check.name: check.verdict for check in finding.checks}


def difference(data):
    y, reached = data["loneliness"], data["reached"] == 1
    return y[reached].mean() - y[~reached].mean()


def test_missing_outcomes_are_counted_per_side_and_lower_an_experiment(tmp_path):
    data = people()
    lost = (data["reached"] == 1) & (np.arange(400) % 3 == 0)
    data["loneliness"] = np.where(lost, np.nan, data["loneliness"])

    found = run(stored(data, tmp_path, key=("age",)), plan("experiment")).primary

    treated, comparison = found.groups
    assert (treated.missing, comparison.missing, found.missing) == (lost.sum(), 0, lost.sum())
    assert treated.attrition == pytest.approx(lost.sum() / (data["reached"] == 1).sum())
    assert verdicts(found)[CheckName.ATTRITION] is Verdict.FAILED
    assert found.level == 3


def test_a_missing_covariate_costs_nobody_in_an_unadjusted_analysis(tmp_path):
    data = people()
    data["age"] = np.where(np.arange(400) % 2 == 0, np.nan, data["age"])
    snapshot = stored(data, tmp_path, key=("earlier",))

    raw = run(snapshot, plan("experiment", covariates=("age",))).primary
    adjusted = run(
        snapshot, plan("experiment", covariates=("age",), adjustment=Adjustment.REGRESSION)
    ).primary

    assert (raw.estimate.n, adjusted.estimate.n) == (400, 200)
    assert raw.balance[0].covariate == "age"


def test_small_groups_are_estimated_in_full_and_hidden_only_where_the_edition_says_so(tmp_path):
    data = {name: values[:30] for name, values in people().items()}
    data["reached"] = (np.arange(30) < 8).astype(float)

    found = run(stored(data, tmp_path, key=("age",)), plan("experiment")).primary

    assert found.not_shown is None
    assert found.estimate.value == pytest.approx(difference(data))
    kept = attrs.evolve(found, not_shown=note("recipes.kept", minimum=10)).for_readers()
    assert (kept.estimate, kept.standardised, kept.groups, kept.missing) == (None, None, (), 0)


def test_every_subgroup_is_estimated_however_small(tmp_path):
    data = people()
    data["area"] = np.array(["a"] * 200 + ["b"] * 188 + ["c"] * 12, dtype=object)
    snapshot = stored(data, tmp_path, key=("age",))

    found = run(snapshot, plan("experiment", subgroups=("area",))).subgroups

    assert [item.subgroup.value for item in found] == ["a", "b", "c"]
    assert all(item.not_shown is None and item.estimate is not None for item in found)
    rows = slice(0, 200)
    assert found[0].estimate.value == pytest.approx(
        difference({name: values[rows] for name, values in data.items()})
    )


def test_a_subgroup_that_is_no_column_says_so(neighbourhood):
    (found,) = run(neighbourhood, plan("experiment", subgroups=("planet",))).subgroups

    assert found.refusal.code == "datasets.unknown_column"


def test_filters_of_plan_and_specification_both_hold(neighbourhood):
    alone = Filter(column="alone", values=("1",), reason=TEXT)
    reached = Filter(column="reached", values=("0", "1"), reason=TEXT)
    the_plan = plan("experiment", filters=(alone,), specifications=(way("f", filters=(reached,)),))
    data = people()
    kept = {name: values[data["alone"] == 1] for name, values in data.items()}

    found = run(neighbourhood, the_plan)

    assert found.primary.estimate.value == pytest.approx(difference(kept))
    assert found.specifications[0].estimate.value == pytest.approx(difference(kept))


def test_an_outcome_that_never_varies_is_refused(tmp_path):
    data = people()
    data["loneliness"] = np.full(400, 3.0)

    found = run(stored(data, tmp_path, key=("age",)), plan("experiment")).primary

    assert found.refusal.code == "effects.refused.constant_outcome"


def test_an_outcome_that_is_always_missing_is_refused(tmp_path):
    data = people()
    data["loneliness"] = np.full(400, np.nan)

    found = run(stored(data, tmp_path, key=("age",)), plan("experiment")).primary

    assert found.refusal is not None
    assert found.estimate is None


def test_one_area_against_one_area_is_refused_in_a_whole_plan(tmp_path):
    data = people()
    data["area"] = np.where(data["reached"] == 1, "noord", "zuid").astype(object)

    found = run(stored(data, tmp_path, key=("age",)), plan("comparison", clusters="area")).primary

    assert found.refusal.code == "effects.refused.one_area_each"


def test_labels_and_deviations_go_along_with_every_finding(neighbourhood):
    the_plan = plan("experiment", specifications=(way("later"), way("planned")))

    found = run(neighbourhood, the_plan, exploratory=("later",))

    assert [item.registration for item in found.findings] == [
        RegistrationLabel.REGISTERED, RegistrationLabel.EXPLORATORY, RegistrationLabel.REGISTERED,
    ]  # fmt: skip


def test_findings_are_the_same_bytes_on_any_number_of_threads(neighbourhood):
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.ENTROPY_BALANCING,
        covariates=("alone", "age", "earlier"),
        specifications=(
            way("w", adjustment=Adjustment.INVERSE_PROBABILITY),
            way("r", adjustment=Adjustment.REGRESSION),
        ),
    )

    written = [
        canonical_json(to_plain(run(neighbourhood, the_plan, engine=DuckEngine(threads=threads))))
        for threads in (1, 4)
    ]

    assert written[0] == written[1]


def test_findings_come_back_whole_from_their_document(neighbourhood):
    found = run(neighbourhood, plan("experiment", covariates=("alone",)))

    document = json.loads(canonical_json(to_plain(found)))

    assert to_plain(from_plain(document, EffectSet)) == document


def test_every_sentence_of_a_finding_reads_in_both_languages(neighbourhood):
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.INVERSE_PROBABILITY,
        trim=0.3,
        covariates=("alone", "earlier"),
        placebo_outcomes=("age",),
    )

    found = run(neighbourhood, the_plan).primary

    notes = [check.found for check in found.checks] + list(found.level_reasons)
    notes += [
        found.estimate.method,
        found.estimate.interval,
        found.standardised.method,
        *found.estimate.warnings,
    ]
    for said in notes:
        assert said.text("nl") != said.text("en")
        assert "{" not in said.text("nl") + said.text("en")


def digest() -> str:
    """Hash everything that a plan yields."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = stored(people(20_000), Path(folder), key=("age",))
        ways = tuple(way(item.value, adjustment=item) for item in Adjustment)
        the_plan = plan(
            "comparison", specifications=ways, covariates=("alone", "age", "age^2", "earlier")
        )
        return content_hash(to_plain(run(snapshot, the_plan)))


@pytest.mark.slow
def test_one_thread_of_linear_algebra_and_many_give_the_same_bytes():
    program = "from engine.effects.test_findings import digest; print(digest())"
    root = Path(__file__).parents[3]
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads,
                 "PYTHONPATH": f"{root / 'src'}:{root / 'tests'}"},
        ).stdout
        for threads in ("1", "2", "7")
    }  # fmt: skip

    assert found == {digest() + "\n"}
