"""The published schemas say what the classes say: keys, limits, defaults, and nothing else."""

import attrs
import pytest
from jsonschema import Draft202012Validator

from biotoop.engine.core.schema import json_schema
from biotoop.engine.evidence.model import Claim
from biotoop.engine.recipes.schemas import schemas
from biotoop.engine.theory.model import Link, TheoryOfChange


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_published_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


def test_a_key_without_a_default_is_required_and_has_no_default() -> None:
    schema = json_schema(Link, title="link")

    assert schema["required"] == ["id", "code", "from", "to", "if", "then", "because"]
    assert "default" not in schema["properties"]["from"]
    assert schema["properties"]["kind"]["default"] == "cause"


def test_limits_and_meaning_travel_into_the_schema() -> None:
    count = json_schema(Claim, title="claim")["properties"]["count"]

    assert count["minimum"] == 1
    assert count["default"] == 1
    assert count["description"].startswith("People behind the claim")


def test_classes_inside_become_definitions() -> None:
    schema = json_schema(TheoryOfChange, title="theory")

    assert {"Node", "Link", "Assumption", "Rival"} <= set(schema["$defs"])


def test_a_kind_without_a_schema_is_refused() -> None:
    @attrs.frozen
    class Odd:
        value: complex

    with pytest.raises(TypeError, match="no JSON Schema"):
        json_schema(Odd, title="odd")
