"""A release is written down by the command that makes it, and the next one is held against it."""

import io
import json
import zipfile


def words_in(path):
    """Give all that stands in a file; of a workbook, in each of its parts."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(path) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def test_a_release_is_written_down_with_who_looked_and_its_name_is_used_once(biotoop, tmp_path):
    study, out = tmp_path / "study", tmp_path / "out"
    biotoop("new", study)
    run = ("run", study, "--out", out, "--format", "csv", "--release", "spring")

    code, _, _ = biotoop(*run, "--reviewer", "Ans", "--reviewer", "Bo")
    again, _, refused = biotoop(*run)

    (made,) = json.loads((study / "releases.json").read_text("utf-8"))["releases"]
    assert (code, again) == (0, 3)
    assert made["id"] == "spring"
    assert made["review"]["status"] == "approved"
    assert made["review"]["reviewers"] == ["Ans", "Bo"]
    assert "spring" in refused


def test_the_edition_of_the_team_is_never_released(biotoop, tmp_path):
    study, out = tmp_path / "study", tmp_path / "out"
    biotoop("new", study)

    code, _, refused = biotoop(
        "run", study, "--out", out, "--edition", "team", "--release", "spring"
    )

    assert code == 3
    assert "readers" in refused
    assert not (study / "releases.json").exists()


def test_a_report_never_lands_among_the_data(biotoop, tmp_path):
    study = tmp_path / "study"
    biotoop("new", study)

    code, _, refused = biotoop("run", study, "--out", study / "data" / "out")

    assert code == 3
    assert "data/" in refused
    assert not (study / "data" / "out").exists()


def test_no_file_for_readers_names_who_registered_or_who_ran_it(biotoop, tmp_path, monkeypatch):
    """Of two registrations the earlier one stands in the history, with its name for the team."""
    monkeypatch.setenv("LOGNAME", "w.zoutendijk")
    study = tmp_path / "study"
    biotoop("new", study)
    biotoop("register", study, "--by", "Wilhelmina Zoutendijk")
    biotoop("register", study, "--by", "Balthasar Quintus", "--again")
    formats = [part for name in ("html", "xlsx", "csv", "svg") for part in ("--format", name)]
    secret = (b"Zoutendijk", b"Quintus", b"w.zoutendijk")

    found = {}
    for edition in ("team", "readers"):
        out = tmp_path / edition
        code, _, _ = biotoop("run", study, "--out", out, "--edition", edition, *formats)
        assert code == 0
        files = [path for path in out.rglob("*") if path.is_file()]
        found[edition] = {name for name in secret for path in files if name in words_in(path)}

    assert found == {"team": set(secret), "readers": set()}
