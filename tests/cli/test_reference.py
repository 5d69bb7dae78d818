"""The reference pages are those that the code would write now."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pages():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGES


@pytest.mark.parametrize("name", ["study-folder.md", "command-line.md"])
def test_the_page_is_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")

    assert written == pages()[name](), "run: python scripts/reference.py"
