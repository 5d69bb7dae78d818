"""Faults behind the first fault are told too: what is sound in a document is still looked at."""

from typing import Any

import attrs
import pytest

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.periods import Period
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


@attrs.frozen(kw_only=True)
class Place:
    """A place."""


@attrs.frozen(kw_only=True)
class Stay:
    """A stay."""

    code: str = field("Code.")
    start: Place = field("From where.")
    end: Place = field("To where.")


@attrs.frozen(kw_only=True)
class Season:
    """A season."""

    code: str = field("Code.")
    period: Period = field("When.")


@attrs.frozen(kw_only=True)
class Guesthouse:
    """A guesthouse."""

    stays: tuple[Stay, ...] = field("Stays.", default=())


def rest_of(text: str) -> Any:
    return parse_document(text, Road, file="road.yaml").rest


def test_an_unknown_key_is_left_out_and_the_rest_stands() -> None:
    assert rest_of("nome: x\nsteps: [{code: A}]\n") == Road(steps=(Step(code="A"),))


def test_a_faulty_value_gets_a_stand_in_and_its_holder_stays() -> None:
    assert rest_of("name: a\nsteps: [{code: A, size: 0}]\n") == Road(
        name="a", steps=(Step(code="A", size=2),)
    )


def test_a_missing_text_gets_a_stand_in_and_the_neighbours_keep_their_place() -> None:
    text = "steps: [{size: 2}, {code: B}, 7, {code: D}]\n"

    assert rest_of(text) == Road(steps=(Step(code="?", size=2), Step(code="B"), Step(code="D")))


def test_an_item_that_misses_two_things_goes_out_once_and_its_neighbours_stay() -> None:
    text = "stays: [{code: A}, {code: B, start: {}, end: {}}]\n"

    assert parse_document(text, Guesthouse, file="x").rest == Guesthouse(
        stays=(Stay(code="B", start=Place(), end=Place()),)
    )


def test_a_day_that_does_not_exist_leaves_the_rest_of_a_study_standing() -> None:
    text = "start: 2026-01-01\nend: 2026-02-31\n"

    document = parse_document(text, Period, file="period.yaml")

    assert document.value is None
    assert document.rest is not None
    assert document.rest.start.isoformat() == "2026-01-01"


def test_a_period_that_ends_before_it_starts_leaves_the_rest_standing() -> None:
    text = "code: A\nperiod: {start: 2026-02-01, end: 2026-01-01}\n"

    document = parse_document(text, Season, file="x")

    assert document.value is None
    assert document.rest is not None
    assert document.rest.code == "A"
    assert document.rest.period.start == document.rest.period.end


def test_a_sound_document_is_its_own_rest() -> None:
    document = parse_document("name: a\n", Road, file="road.yaml")

    assert document.rest == document.value == Road(name="a")


@pytest.mark.parametrize("text", ["", "- a", "3", "name: [", "3: [["])
def test_where_nothing_is_sound_nothing_is_made_up(text: str) -> None:
    assert rest_of(text) is None
