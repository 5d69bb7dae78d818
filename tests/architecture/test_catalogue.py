"""Every sentence for people exists in Dutch and English, with the same places to fill in."""

import ast
import string
import tomllib
from functools import cache
from pathlib import Path

import pytest

from architecture.tree import ENGINE, SOURCE, relative

CATALOGUE = ENGINE / "core" / "catalogue"
ROOMS = sorted({path.stem for path in CATALOGUE.glob("*/*.toml")})


@cache
def source() -> list[tuple[Path, ast.Module]]:
    """Parse every file of the package."""
    paths = sorted(SOURCE.rglob("*.py"))
    return [(path, ast.parse(path.read_text("utf-8"))) for path in paths]


def flat(table: dict, prefix: str) -> dict[str, str]:
    """Give the sentences of a table, nested or not, by code."""
    found = {}
    for key, value in table.items():
        code = f"{prefix}.{key}"
        found |= flat(value, code) if isinstance(value, dict) else {code: value}
    return found


@cache
def sentences(language: str, room: str) -> dict[str, str]:
    """Read the sentences of one room in one language."""
    path = CATALOGUE / language / f"{room}.toml"
    return flat(tomllib.loads(path.read_text("utf-8")), room) if path.is_file() else {}


def places(sentence: str) -> set[str]:
    """Give the places to fill in."""
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def known() -> set[str]:
    """Give all codes."""
    return {code for room in ROOMS for code in sentences("nl", room)}


@cache
def named_codes() -> dict[str, str]:
    """Find the codes that the source names: in ``note("...")`` and as ``code = "..."``."""
    found = {}
    for path, tree in source():
        for node in ast.walk(tree):
            value = None
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note" and node.args:
                value = node.args[0]
            if isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                value = node.value if getattr(target, "id", "") == "code" else None
            if isinstance(value, ast.Constant) and "." in str(value.value):
                found[value.value] = f"{relative(path)}:{node.lineno}"
    return found


def error_codes() -> dict[str, str]:
    """Give the code of each error class of the engine."""
    found = {}
    for _, tree in source():
        for cls in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            for line in (line for line in cls.body if isinstance(line, ast.Assign)):
                if getattr(line.targets[0], "id", "") == "code":
                    found[cls.name] = getattr(line.value, "value", None)
    return found


def fillings() -> list[tuple[str, str, set[str]]]:
    """Find where the source fills a sentence in: place, code, names given."""
    errors, found = error_codes(), []
    for path, tree in source():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or any(k.arg is None for k in node.keywords):
                continue
            code = errors.get(getattr(node.func, "id", ""))
            if node.args:  # the code itself, as in note("room.key", ...)
                code = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if code is not None:
                place = f"{relative(path)}:{node.lineno}"
                found.append((place, code, {keyword.arg for keyword in node.keywords}))
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_of_a_room_has_dutch_and_english(room):
    assert set(sentences("nl", room)) == set(sentences("en", room)) != set()


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_fill_in_the_same_places(room):
    dutch, english = sentences("nl", room), sentences("en", room)

    differing = [code for code in dutch if places(dutch[code]) != places(english[code])]

    assert differing == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_is_empty_or_left_in_the_other_language(room):
    dutch, english = sentences("nl", room), sentences("en", room)

    assert [code for code, text in (dutch | english).items() if not text.strip()] == []
    assert [c for c in dutch if dutch[c] == english[c] and len(dutch[c].split()) > 4] == []


def test_every_code_that_the_source_names_has_a_sentence():
    sentences_there = known()

    missing = {c: place for c, place in named_codes().items() if c not in sentences_there}

    assert missing == {}


def test_the_search_for_named_codes_finds_those_of_the_errors():
    assert "core.invalid_value" in named_codes()


def test_every_sentence_gets_all_that_it_asks_for():
    asked = {c: places(text) for room in ROOMS for c, text in sentences("en", room).items()}
    lacking = {p: asked[code] - given for p, code, given in fillings() if code in asked}

    assert {place: names for place, names in lacking.items() if names} == {}
    assert len(lacking) > 20
