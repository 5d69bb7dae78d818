"""A professional makes a study, looks it through, fixes its plan, and is told what to do next."""

import json
import sys

import pytest

from biotoop.cli import outcome
from biotoop.engine.recipes.schemas import schemas
from cli.conftest import EXAMPLES


def test_new_makes_a_study_that_passes_check(biotoop, tmp_path) -> None:
    made, said, _ = biotoop("new", tmp_path / "study")
    checked, found, _ = biotoop("check", tmp_path / "study")

    assert made == 0
    assert "biotoop check" in said
    assert checked == 0
    assert "Geen fouten" in found


def test_new_keeps_data_and_quotes_out_of_git(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")

    ignored = (tmp_path / "study" / ".gitignore").read_text("utf-8")
    assert "data/*" in ignored
    assert "evidence/claims.csv" in ignored


def test_new_overwrites_nothing(biotoop, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    code, said, _ = biotoop("new", tmp_path)

    assert code == 3
    assert "niet leeg" in said
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_two_new_studies_have_identities_of_their_own(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "a")
    biotoop("new", tmp_path / "b")

    first, second = ((tmp_path / n / "study.yaml").read_text("utf-8") for n in "ab")
    assert first != second


def test_check_tells_faults_with_file_and_line_and_ends_with_one(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")
    path = tmp_path / "study" / "theory.yaml"
    path.write_text(path.read_text("utf-8").replace("horizon: weeks", "horizon: soon"), "utf-8")

    code, said, _ = biotoop("check", tmp_path / "study")

    assert code == 1
    assert "theory.yaml" in said
    assert 'horizon: "soon"' in said
    assert "weeks, months, years" in said


def test_check_speaks_english_and_json_on_request(biotoop, tmp_path) -> None:
    code, said, _ = biotoop("--lang", "en", "check", "--json", tmp_path / "nowhere")

    told = json.loads(said)
    assert code == 1
    assert told["errors"] == 1
    assert "is not a folder" in told["faults"][0]["message"]


def test_places_count_from_one_for_people_and_are_pointers_for_programs(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")
    path = tmp_path / "study" / "theory.yaml"
    path.write_text(path.read_text("utf-8").replace("horizon: months", "horizon: soon"), "utf-8")

    _, said, _ = biotoop("check", tmp_path / "study")
    _, plain, _ = biotoop("check", "--json", tmp_path / "study")

    assert 'links[2].horizon: "soon"' in said
    (fault,) = (item for item in json.loads(plain)["faults"] if item["severity"] == "error")
    assert fault["where"] == "/links/1/horizon"
    assert fault["line"] == 44


def test_register_fixes_the_plan_once_and_keeps_the_earlier_one(biotoop, tmp_path) -> None:
    study = tmp_path / "study"
    biotoop("new", study)

    first, said, _ = biotoop("register", study, "--by", "team")
    again, refused, _ = biotoop("register", study, "--by", "team")
    anew, _, _ = biotoop("register", study, "--by", "team", "--again")

    assert (first, again, anew) == (0, 3, 0)
    assert "1 plan," in said
    assert "--again" in refused
    assert (study / "registration-1.json").is_file()
    assert json.loads((study / "registration.json").read_text("utf-8"))["label"] == "self_declared"


def test_register_refuses_a_plan_with_faults(biotoop, tmp_path) -> None:
    study = tmp_path / "study"
    biotoop("new", study)
    path = study / "effects.yaml"
    path.write_text(path.read_text("utf-8").replace("before: w0", "before: w9"), "utf-8")

    code, said, _ = biotoop("register", study)

    assert code == 1
    assert "w9" in said
    assert not (study / "registration.json").exists()


def test_schema_prints_one_all_or_writes_them(biotoop, tmp_path) -> None:
    _, one, _ = biotoop("schema", "theory.yaml")
    _, every, _ = biotoop("schema")
    _, said, _ = biotoop("schema", "--out", tmp_path)
    unknown, what, _ = biotoop("schema", "theory.yml")

    assert json.loads(one)["title"] == "theory.yaml"
    assert set(json.loads(every)) == set(schemas())
    assert len(list(tmp_path.glob("*.schema.json"))) == len(schemas())
    assert str(len(schemas())) in said
    assert unknown == 2
    assert "theory.yaml" in what


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(biotoop, shell) -> None:
    code, said, _ = biotoop("completion", shell)

    assert code == 0
    assert "_BIOTOOP_COMPLETE" in said


def test_a_fault_of_our_own_is_a_sentence_and_no_traceback(biotoop, monkeypatch, tmp_path) -> None:
    def broken(*_: object, **__: object) -> None:
        message = "planted"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("biotoop.engine.recipes.checking.check_folder", broken)

    code, _, said = biotoop("check", tmp_path)

    assert code == 4
    assert "dit is niet jouw fout" in said
    assert "Traceback" not in said


def test_the_peak_of_memory_is_told_where_the_system_knows_it() -> None:
    assert (outcome.peak_memory() is None) == (sys.platform == "win32")


def test_export_writes_long_and_wide_tables_with_scores_for_other_programs(
    biotoop, tmp_path
) -> None:
    code, said, _ = biotoop(
        "export", EXAMPLES / "ontmoeten", "--out", tmp_path, "--shape", "long", "--shape", "wide",
        "--format", "csv", "--format", "sav",
    )  # fmt: skip

    names = {path.name for path in tmp_path.iterdir()}
    assert code == 0
    assert {"survey-long.csv", "survey-wide.sav", "survey-long_codebook.csv"} <= names
    assert "loneliness" in (tmp_path / "survey-long.csv").read_text("utf-8").splitlines()[0]
    assert "houd ze bij het team" in said


def test_the_shell_completes_the_names_of_documents(biotoop, monkeypatch) -> None:
    monkeypatch.setenv("_BIOTOOP_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "biotoop schema me")
    monkeypatch.setenv("COMP_CWORD", "2")

    _, said, _ = biotoop()

    assert said.splitlines() == ["plain,measures.yaml"]


def test_formats_may_stand_in_one_list(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")
    run = ("run", tmp_path / "study", "--out", tmp_path / "out", "--format")

    code, _, _ = biotoop(*run, "csv,html")
    wrong, _, said = biotoop(*run, "csv,docx")

    names = {path.suffix for path in (tmp_path / "out").rglob("*.*")}
    assert (code, wrong) == (0, 2)
    assert {".csv", ".html"} <= names
    assert not names & {".pdf", ".xlsx", ".svg"}
    assert '"docx"' in said


@pytest.mark.parametrize(("place", "code"), [("", 3), ("results", 3), ("out", 0)])
def test_results_never_lie_among_the_sources(biotoop, tmp_path, place, code) -> None:
    study = tmp_path / "study"
    biotoop("new", study)
    before = {path.name for path in study.iterdir()}

    ended, _, said = biotoop("run", study, "--out", study / place, "--format", "csv")

    assert ended == code
    assert ("tussen de bronnen" in said) is (code == 3)
    assert {path.name for path in study.iterdir()} - before == ({"out"} if code == 0 else set())


def test_run_writes_findings_record_report_tables_and_drawings(biotoop, tmp_path) -> None:
    study = tmp_path / "study"
    biotoop("new", study)

    code, said, progress = biotoop("run", study, "--out", tmp_path / "out")

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert code == 0
    assert {"findings.json", "run.json", "report-nl.html", "report-nl.pdf"} <= names
    assert "Welk verschil is er gevonden?" in said
    assert "Documenten lezen" in progress
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["seconds"] > 0
    found = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))
    assert record["recipe_hash"] == found["provenance"]["recipe_hash"]
    assert found["edition"] == "readers"


def test_run_gives_json_in_english_and_only_the_formats_asked_for(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")

    code, said, _ = biotoop(
        "--lang", "en", "run", tmp_path / "study", "--out", tmp_path / "out", "--format", "html",
        "--edition", "team", "--json",
    )  # fmt: skip

    told = json.loads(said)
    assert code == 0
    assert [name.rsplit("/", 1)[-1] for name in told["files"]] == ["report-en.html"]
    assert "Everything in this study is invented" in told["answers"]["limits"][0]


def test_run_computes_nothing_from_a_study_with_faults(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")
    (tmp_path / "study" / "theory.yaml").write_text("nodes: [")

    code, said, _ = biotoop("run", tmp_path / "study", "--out", tmp_path / "out")

    assert code == 1
    assert "niets berekend" in said
    assert not (tmp_path / "out").exists()
