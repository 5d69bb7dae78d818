"""The tutorials are true word for word: every command, every change, every quoted answer."""

import json
import re
import shlex
from pathlib import Path

import pytest

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
LESSONS = {"je-eerste-studie.md": ("nl", "mijn"), "your-first-study.md": ("en", "my")}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def squeezed(text: str) -> str:
    """Give a text on one line, so that wrapping does not matter."""
    return " ".join(text.split())


def change(folder: Path, block: str) -> None:
    """Carry out a change that the lesson asks for; the old line must be there, once."""
    name, old, new = (line[1:].rstrip() for line in block.splitlines())
    path = folder / name.strip()
    text = path.read_text("utf-8")
    assert text.splitlines().count(old) == 1
    path.write_text(text.replace(f"{old}\n", f"{new}\n"), "utf-8")


def follow(lesson: str, biotoop, study: Path) -> list[bytes]:
    """Follow a lesson; give findings.json as it was after each run."""
    said, found = "", []
    for kind, block in BLOCK.findall((TUTORIALS / lesson).read_text("utf-8")):
        if kind == "diff":
            change(study, block)
        elif kind == "text":
            assert [s for s in block.splitlines() if squeezed(s) not in squeezed(said)] == []
        elif block.startswith("biotoop "):
            code, out, told = biotoop(*shlex.split(block)[1:])
            said = out + told
            assert code == ("2 fouten" in said or "2 errors" in said)
            if block.startswith("biotoop run"):
                (path,) = study.parent.glob("*/findings.json")
                found.append(path.read_bytes())
    return found


@pytest.mark.parametrize("lesson", LESSONS)
def test_whoever_follows_the_lesson_sees_what_it_says(lesson, biotoop, tmp_path, monkeypatch):
    language, my = LESSONS[lesson]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BIOTOOP_LANG", language)
    (study,) = (tmp_path / name for name in ("mijn-onderzoek", "my-study") if name.startswith(my))

    first, second = follow(lesson, biotoop, study)

    assert first == second
    told = json.loads(first)
    assert told["registration"]["label"] == "self_declared"
    assert told["study"]["invented"] is True
    (report,) = tmp_path.glob(f"*/report-{language}.html")
    text = report.read_text("utf-8")
    assert {"nl": "Gebruik de cijfers in dit verslag niet", "en": "invented"}[language] in text


def test_every_command_of_a_lesson_is_one_that_the_test_follows() -> None:
    for lesson in LESSONS:
        text = (TUTORIALS / lesson).read_text("utf-8")
        blocks = [block for _, block in BLOCK.findall(text) if block.startswith("biotoop ")]
        assert [len(block.splitlines()) for block in blocks] == [1] * len(blocks) == [1] * 8
