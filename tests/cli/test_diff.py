"""What ``diff`` tells of two theories, and of two studies as a whole."""

import shutil

from cli.conftest import EXAMPLES

CHANGED = (
    ("effects.yaml", "smallest_effect: 0.2", "smallest_effect: 0.3"),
    ("valuation.yaml", "{low: 15, mid: 40, high: 80}", "{low: 15, mid: 45, high: 80}"),
    ("study.yaml", "purpose: account", "purpose: learn"),
    ("data/volunteers.csv", "0.33,w0,7,0", "0.33,w0,6,0"),
    ("evidence/claims.csv", "c002,S1,supports", "c002,S1,nuances"),
)


def test_diff_tells_a_councillor_what_changed(biotoop, tmp_path) -> None:
    old = EXAMPLES / "ontmoeten" / "theory.yaml"
    new = tmp_path / "theory.yaml"
    text = old.read_text("utf-8").replace("iemand op hen rekent", "iemand elke week op hen rekent")
    new.write_text(text, "utf-8")

    code, said, _ = biotoop("diff", old, new)
    same, nothing, _ = biotoop("diff", EXAMPLES / "ontmoeten", old)
    faulty, what, _ = biotoop("--lang", "en", "diff", old, tmp_path / "none.yaml")

    assert (code, same, faulty) == (0, 0, 1)
    assert "Stap S4" in said
    assert "iemand elke week op hen rekent" in said
    assert "niets veranderd" in nothing
    assert "cannot be opened" in what


def test_diff_of_two_studies_tells_plans_euros_and_data_with_both_values(biotoop, tmp_path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(EXAMPLES / "ontmoeten", folder)
    for name, was, now in CHANGED:
        text = (new / name).read_text("utf-8")
        (new / name).write_text(text.replace(was, now, 1), "utf-8")

    code, said, _ = biotoop("--lang", "en", "diff", old, new)
    _, nothing, _ = biotoop("diff", old, old)

    assert code == 0
    assert "`smallest_effect` was 0.2, is now 0.3" in said
    assert "was 40, is now 45" in said
    assert "`purpose` was account, is now learn" in said
    assert "Claim c002: `stance` was supports, is now nuances" in said
    assert "data/volunteers.csv: it holds other data than before." in said
    assert "niets veranderd" in nothing


def test_diff_of_two_studies_names_the_folder_of_a_faulty_document(biotoop, tmp_path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        biotoop("new", folder)
    (new / "effects.yaml").write_text("plans: 3\n", "utf-8")

    code, said, _ = biotoop("diff", old, new)

    assert code == 1
    assert str(new / "effects.yaml") in said


def test_diff_says_that_words_are_in_another_language(biotoop, tmp_path) -> None:
    biotoop("new", tmp_path / "study")
    old, new = tmp_path / "study" / "theory.yaml", tmp_path / "theory.yaml"
    text = old.read_text("utf-8")
    new.write_text(text.replace('"Bezoekers voelen zich minder eenzaam"', "{nl: x}"), "utf-8")

    _, english, _ = biotoop("--lang", "en", "diff", old, new)
    _, dutch, _ = biotoop("diff", old, new)

    assert "are in Dutch where there are no English ones" in english
    assert "Engels" not in dutch
