"""Faults of documents say in words what is wrong, in the language of the reader."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from biotoop.engine.core.csv_source import parse_rows
from biotoop.engine.core.messages import Note
from biotoop.engine.core.schema import json_schema
from biotoop.engine.core.schema_faults import as_written, faults_of, meaning_of
from biotoop.engine.evidence.model import Claim, Judgements, Literature, Tests
from biotoop.engine.recipes.folder import DOCUMENTS
from biotoop.engine.recipes.study import Study
from biotoop.engine.theory.model import Node

READ = (*DOCUMENTS.values(), Claim, Tests, Literature, Judgements)


def required_in(schema: Any) -> Iterator[str]:
    """Give the description of every required key, at any depth."""
    parts = list(schema.values()) if isinstance(schema, dict) else schema
    if isinstance(schema, dict) and isinstance(schema.get("required"), list):
        yield from (
            schema["properties"][key]["description"]
            for key in schema["required"]
            if key in schema.get("properties", {})
        )
    if isinstance(parts, list):
        for part in parts:
            yield from required_in(part)


@pytest.mark.parametrize("cls", READ, ids=lambda cls: cls.__name__)
def test_every_required_key_has_its_meaning_in_both_languages(cls: type) -> None:
    found = set(required_in(json_schema(cls, title=cls.__name__)))

    assert {text for text in found if not isinstance(meaning_of(text), Note)} == set()


def said(data: object, cls: type, language: Any = "nl") -> str:
    return " ".join(fault.note.text(language) for fault in faults_of(data, cls))


def test_a_missing_key_is_explained_in_the_language_of_the_reader() -> None:
    assert "Betekenis: de knoop in één korte zin" in said({}, Node)
    assert "Meaning: The node in one short sentence" in said({}, Node, "en")


def test_a_number_where_text_is_meant_asks_for_quotation_marks() -> None:
    assert 'scheme: 1 wordt hier niet als tekst gelezen. Zet er aanhalingstekens omheen: "1".' in (
        said({"scheme": 1}, Study)
    )


@pytest.mark.parametrize("code", ["1e knoop", "knoop één", "N 1"])
def test_what_cannot_be_a_code_is_said_without_a_regular_expression(code: str) -> None:
    words = said({"id": "x", "code": code, "kind": "outcome", "label": "Iets"}, Node)

    assert f'"{code}" kan geen code zijn. Begin met een letter' in words
    assert not re.search(r"\[A-Z|\{0,", words)


def test_values_are_shown_as_they_stand_in_a_document() -> None:
    assert as_written({"nl": "Titel", "on": [True, None, 1.5]}) == (
        "{nl: Titel, on: [true, null, 1.5]}"
    )
    assert "{'" not in said({"title": {"de": "Titel"}, "period": ["x"]}, Study)


def test_an_empty_table_is_one_fault_with_the_first_line_to_write() -> None:
    (fault,) = parse_rows("\n", Claim, file="claims.csv").problems

    assert fault.line == 1
    assert "De eerste regel moet zijn: id,target,stance,method,round,organisation." in (
        fault.note.text("nl")
    )
