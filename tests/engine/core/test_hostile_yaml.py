"""Aliases that repeat themselves are refused in words, and soon."""

import time

import pytest

from biotoop.engine.core.yaml_source import parse_yaml

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("text", ["a: &a [*a, *a]\n", "a: &a {b: *a, c: *a}\n", LAUGHS])
def test_aliases_within_aliases_are_refused_before_they_fill_the_machine(text: str):
    before = time.process_time()

    found = parse_yaml(text)

    assert "core.yaml_too_large" in [fault.note.code for fault in found.problems]
    assert time.process_time() - before < 5


def test_an_alias_that_says_something_twice_is_read_twice():
    assert parse_yaml("a: &x {b: 1}\nc: *x\n").value == {"a": {"b": 1}, "c": {"b": 1}}
