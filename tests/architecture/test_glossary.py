"""One concept, one word: the glossary agrees with the code and with itself."""

import ast
import re

from architecture.tree import ENGINE, ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    """Read the table: Dutch, English, code."""
    lines = GLOSSARY.read_text("utf-8").splitlines()
    table = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def names() -> list[str]:
    """Give every name in the code column."""
    return [name for _, _, code in rows() for name in re.findall(r"`([^`]+)`", code)]


def fields(cls: ast.ClassDef) -> set[str]:
    """Give the fields and members that a class declares."""
    targets = [t for s in cls.body if isinstance(s, ast.Assign) for t in s.targets]
    targets += [s.target for s in cls.body if isinstance(s, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_each_row_has_dutch_english_and_code_or_a_dash():
    assert len(rows()) > 20
    assert [row for row in rows() if len(row) != 3 or not all(row)] == []
    assert [row for row in rows() if row[2] != "-" and "`" not in row[2]] == []


def test_no_word_stands_for_two_concepts():
    for words in ([row[0] for row in rows()], [row[1] for row in rows()], names()):
        assert sorted(words) == sorted(set(words))


def test_every_class_in_the_glossary_exists_in_the_engine():
    trees = [ast.parse(path.read_text("utf-8")) for path in ENGINE.rglob("*.py")]
    known = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ClassDef):
            known |= {node.name} | {f"{node.name}.{name}" for name in fields(node)}

    assert [name for name in names() if name[0].isupper() and name not in known] == []


def test_every_field_in_the_glossary_is_a_word_of_the_engines_code():
    code = "\n".join(path.read_text("utf-8") for path in sorted(ENGINE.rglob("*.py")))

    assert [n for n in names() if n[0].islower() and not re.search(rf"\b{n}\b", code)] == []
