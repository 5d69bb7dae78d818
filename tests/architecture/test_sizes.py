"""Nothing grows past what a reader can hold in the head."""

from pathlib import Path

import pytest

from architecture.sizes import HARD, exceptions, past, sizes


def test_nothing_is_past_its_hard_limit_without_a_reason():
    too_long = {place: n for place, n in past(HARD).items() if place not in exceptions()}

    assert too_long == {}


def test_each_exception_is_still_needed_and_gives_a_reason():
    argued = exceptions()

    assert set(argued) <= set(past(HARD))
    assert all(len(reason.split()) >= 4 for reason in argued.values())


def test_a_docstring_does_not_count_but_a_nested_function_does(tmp_path: Path):
    file = tmp_path / "room.py"
    file.write_text(
        'def outer():\n    """One.\n\n    Two.\n    """\n    def inner():\n        pass\n'
    )

    measured = sizes(file, "src/room.py")

    assert measured["function", "src/room.py::outer"] == 3
    assert measured["function", "src/room.py::outer.inner"] == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [("tests/test_x.py", "test"), ("tests/x.py", "function"), ("src/x.py", "function")],
)
def test_the_stricter_limit_for_tests_holds_in_test_files_only(tmp_path: Path, name, kind):
    file = tmp_path / "file.py"
    file.write_text("def test_it():\n    pass\n")

    assert (kind, f"{name}::test_it") in sizes(file, name)
