"""The documents at the root tell the truth about the package."""

import hashlib
import re

import pytest
import yaml

import biotoop
from architecture.tree import ENGINE, ROOT

FONTS = ENGINE / "reports" / "fonts"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip


def test_the_readme_sets_up_with_exactly_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^\s*(python3? \S+.*?)(?:\s+#.*)?$", readme, re.MULTILINE)

    assert commands == ["python3 start.py demo", "python3 start.py test"]
    assert re.findall(r"\b(?:pip|uv|apt-get|apt|npm|conda) (?:install|sync|add)\b", readme) == []


def test_publiccode_has_what_the_standard_asks():
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))

    assert set(described) >= MANDATORY
    assert described["softwareVersion"] == biotoop.__version__
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_changelog_knows_this_version_and_types_each_entry():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    entries = re.findall(r"^- (.*)$", changelog, re.MULTILINE)

    assert f"## [{biotoop.__version__}]" in changelog
    assert entries
    assert all(re.match(r"(feature|fix|method change): ", entry) for entry in entries)


def test_the_licence_is_whole():
    licence = (ROOT / "LICENSE").read_text("utf-8")
    articles = [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", licence, re.MULTILINE)]

    assert licence.split("\n")[0].strip() == "EUROPEAN UNION PUBLIC LICENCE v. 1.2"
    assert articles == list(range(1, 16))
    assert licence.rstrip().endswith("require the production of a\nnew EUPL version.")


def test_every_vendored_font_is_the_file_that_was_written_down():
    listed = re.findall(r"\| `(\S+)` \| `([0-9a-f]{64})` \|", (FONTS / "README.md").read_text())
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FONTS.iterdir()
        if path.suffix in {".ttf", ".woff2"}
    }

    assert dict(listed) == found


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_fits_on_a_card_and_says_why(path):
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= 30
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_every_decision_has_a_number_of_its_own():
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert len(set(numbers)) == len(numbers)
