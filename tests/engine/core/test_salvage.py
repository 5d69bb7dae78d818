"""Faults behind the first fault are told too: what is sound in a document is still looked at."""

from typing import Any

import attrs
import pytest

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.schema import field


@attrs.frozen(kw_only=True)
class Step:
    """A step."""

    code: str = field("Code.")
    size: int = field("Size.", default=1, minimum=1)


@attrs.frozen(kw_only=True)
class Road:
    """A road."""

    name: str = field("Name.", default="road")
    steps: tuple[Step, ...] = field("Steps.", default=())


def rest_of(text: str) -> Any:
    return parse_document(text, Road, file="road.yaml").rest


def test_an_unknown_key_is_left_out_and_the_rest_stands() -> None:
    assert rest_of("nome: x\nsteps: [{code: A}]\n") == Road(steps=(Step(code="A"),))


def test_a_faulty_optional_value_is_left_out() -> None:
    assert rest_of("name: a\nsteps: [{code: A, size: 0}]\n") == Road(
        name="a", steps=(Step(code="A"),)
    )


def test_an_item_that_misses_something_is_left_out_and_its_neighbours_stay() -> None:
    text = "steps: [{size: 2}, {code: B}, {size: 3}, {code: D}]\n"

    assert rest_of(text) == Road(steps=(Step(code="B"), Step(code="D")))


def test_a_sound_document_is_its_own_rest() -> None:
    document = parse_document("name: a\n", Road, file="road.yaml")

    assert document.rest == document.value == Road(name="a")


@pytest.mark.parametrize("text", ["", "- a", "3", "name: [", "steps: 3\nname: {a: 1}\nx: 1"])
def test_where_nothing_or_little_is_sound_nothing_is_made_up(text: str) -> None:
    assert rest_of(text) in (None, Road())
