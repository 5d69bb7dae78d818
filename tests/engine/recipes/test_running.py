"""From a study folder to findings: the example studies, their known answers, the same bytes."""

import json
import math
from pathlib import Path

import attrs
import pytest
from jsonschema import Draft202012Validator

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import InvalidStudy
from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.evidence.model import Grade
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.findings import Edition, Findings, Question
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.running import run_study
from biotoop.engine.recipes.schemas import FINDINGS, schemas
from engine.recipes.conftest import EXAMPLES, edit
from engine.reports.reading import first_sheet, pdf_text, smallest_type


def findings_of(path: Path, store: Path) -> Findings:
    return run_study(check_folder(path, store=store))


@pytest.fixture(scope="module")
def nsw(tmp_path_factory) -> Findings:
    return findings_of(EXAMPLES / "nsw", tmp_path_factory.mktemp("nsw"))


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Findings:
    return findings_of(EXAMPLES / "ontmoeten", tmp_path_factory.mktemp("centre"))


# ---------------------------------------------------------------- public data of a trial


def test_the_trial_gives_the_published_difference(nsw: Findings) -> None:
    """LaLonde 1986 in the sample of Dehejia and Wahba 1999: 1,794 dollars."""
    trial = nsw.effects[0].primary.estimate

    assert trial is not None
    assert trial.value == pytest.approx(1794.342, abs=0.001)
    assert trial.n == 445


def test_every_way_of_the_observational_comparison_is_there_whatever_it_says(nsw: Findings) -> None:
    outside = nsw.effects[2]

    ways = [item.specification for item in outside.findings]
    assert ways == ["primary", "raw", "background", "earlier", "weighting", "entropy",
                    "matching", "matching_fine"]  # fmt: skip
    assert outside.specifications[0].estimate.value == pytest.approx(-8497.516, abs=0.001)
    assert all(item.placebos for item in outside.findings)


def test_only_the_registered_primary_outcome_counts_as_evidence(nsw: Findings) -> None:
    (earned,) = [r for r in nsw.plausibility.routes_as_whole if r.target == "N1>N4"]

    counted = {item.id for item in earned.estimates if item.counts}
    assert counted == {"trial"}
    assert earned.grade is Grade.PLAUSIBLE


def test_without_interviews_no_step_is_graded_and_that_is_said(nsw: Findings) -> None:
    assert {link.grade for link in nsw.plausibility.links} == {Grade.TOO_LITTLE}
    said = [note.code for answer in nsw.answers for note in answer.sentences]
    assert "recipes.answer.no_voices" in said
    assert "recipes.answer.no_euros" in said


# ---------------------------------------------------------------- invented, with a known truth


def test_every_grade_of_the_scheme_occurs(centre: Findings) -> None:
    assert {link.grade for link in centre.plausibility.links} == set(Grade)


TRUTH = json.loads((EXAMPLES / "ontmoeten" / "data" / "truth.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("plan", "truth"),
    [
        ("visits", "visits_w2"),
        ("loneliness", "loneliness_w2"),
        ("wellbeing", "wellbeing_w2"),
        ("appreciation", "thanked_w2"),
        ("step", "step_w2"),
    ],
)
def test_the_known_truth_lies_in_the_interval(centre: Findings, plan: str, truth: str) -> None:
    (found,) = [item.primary.estimate for item in centre.effects if item.plan == plan]

    assert found.low <= TRUTH[truth] <= found.high


def test_every_answer_of_the_first_page_is_given(centre: Findings) -> None:
    assert [answer.question for answer in centre.answers] == list(Question)
    for answer in centre.answers:
        assert answer.sentences
        assert all(note.text("nl") and note.text("en") for note in answer.sentences)


@pytest.mark.poppler
@pytest.mark.parametrize("name", ["nsw", "centre"])
def test_the_answer_stands_on_one_page_with_no_letter_under_eight_and_a_half_points(
    request, name: str
) -> None:
    findings = request.getfixturevalue(name)
    for edition in (findings, readers_edition(findings)):
        for language, limits in (("nl", "Wat zegt dit niet?"), ("en", "What does this not")):
            pdf = first_sheet(edition, language)

            size, word = smallest_type(pdf)
            assert size >= 8.5, f"{word!r} is set in {size} points"
            first, second = pdf_text(pdf).split("\f")[:2]
            assert limits in first
            assert limits not in second
            assert {"nl": "Inhoud: 1", "en": "Contents: 1"}[language] in first


def test_euros_name_every_payer_with_a_band(centre: Findings) -> None:
    valuation = centre.valuation

    assert valuation is not None
    assert {row.party for row in valuation.parties} == {"gemeente", "rijk", "bewoners", "society"}
    assert all(row.net.p5 <= row.net.p50 <= row.net.p95 for row in valuation.parties)
    assert valuation.complete
    assert valuation.information is not None


# ---------------------------------------------------------------- the same bytes


def test_the_same_study_gives_the_same_bytes_on_any_number_of_threads(
    tmp_path: Path, monkeypatch, starter: Path
) -> None:
    written = set()
    opened = DuckEngine.open
    for threads in (1, 2, 3):
        monkeypatch.setattr(
            DuckEngine, "open", lambda self, n=threads: opened(attrs.evolve(self, threads=n))
        )
        store = tmp_path / str(threads)
        store.mkdir()
        written.add(findings_json(findings_of(starter, store)))

    assert len(written) == 1


def test_findings_follow_their_published_schema(centre: Findings) -> None:
    plain = json.loads(findings_json(centre))

    faults = list(Draft202012Validator(schemas()[FINDINGS]).iter_errors(plain))

    assert [fault.message[:200] for fault in faults[:5]] == []


def test_findings_read_back_as_they_were_written(nsw: Findings) -> None:
    plain = to_plain(nsw)

    assert to_plain(from_plain(plain, Findings)) == plain


def test_another_seed_is_another_recipe(starter: Path, store: Path) -> None:
    first = findings_of(starter, store).provenance.recipe_hash
    edit(starter / "study.yaml", "seed: 2026", "seed: 2027")

    assert findings_of(starter, store).provenance.recipe_hash != first


def test_a_changed_answer_in_the_data_is_another_recipe(starter: Path, store: Path) -> None:
    first = findings_of(starter, store).provenance.recipe_hash
    text = (starter / "data" / "eaters.csv").read_text("utf-8")
    (starter / "data" / "eaters.csv").write_text(text.replace("p07,w1,-9", "p07,w1,4"), "utf-8")

    assert findings_of(starter, store).provenance.recipe_hash != first


def test_the_study_that_new_makes_runs_and_calls_its_change_a_change(
    starter: Path, store: Path
) -> None:
    findings = findings_of(starter, store)

    codes = [note.code for answer in findings.answers for note in answer.sentences]
    assert "recipes.answer.changed" in codes
    assert "recipes.answer.compared" not in codes
    assert findings.edition is Edition.TEAM


def test_a_faulty_study_is_not_computed(starter: Path, store: Path) -> None:
    edit(starter / "measures.yaml", "column: lonely", "column: lonley")

    with pytest.raises(InvalidStudy):
        findings_of(starter, store)


def test_measures_by_an_instrument_say_how_reliable_they_are(centre: Findings) -> None:
    (loneliness,) = [item for item in centre.measures if item.id == "loneliness"]

    first = loneliness.moments[0]
    assert first.mean.n + first.mean.missing == 720
    assert first.omega is not None
    assert first.omega.low < first.omega.value < first.omega.high
    assert not math.isnan(attrs.asdict(first.mean)["se"])
