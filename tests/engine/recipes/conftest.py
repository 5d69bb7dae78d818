"""A small sound study on disk, to plant faults in."""

import re
import shutil
import uuid
from importlib import resources
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """Give the study that ``biotoop new`` makes."""
    target = tmp_path / "study"
    with resources.as_file(resources.files("biotoop.engine.recipes") / "starter") as source:
        shutil.copytree(source, target)
    for path in [*target.rglob("*.yaml")]:
        text = re.sub(
            r"<uuid-([a-z0-9]+)>",
            lambda found: str(uuid.uuid5(uuid.NAMESPACE_OID, found[1])),
            path.read_text("utf-8"),
        )
        path.write_text(text, "utf-8")
    return target


@pytest.fixture
def ontmoeten(tmp_path: Path) -> Path:
    """Give a copy of the invented Dutch study."""
    return Path(shutil.copytree(EXAMPLES / "ontmoeten", tmp_path / "ontmoeten"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a folder for the tables."""
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Plant something in a file; the old text must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")
