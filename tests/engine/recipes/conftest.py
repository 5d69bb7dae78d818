"""A small sound study on disk, to plant faults in."""

import shutil
import uuid
from pathlib import Path

import pytest

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.starting import starter_files

EXAMPLES = Path(__file__).parents[3] / "examples"


def make_study(target: Path, language: Language) -> Path:
    """Make the study that ``biotoop new`` makes, with the same identities every time."""
    files = starter_files(language, identity=lambda name: str(uuid.uuid5(uuid.NAMESPACE_OID, name)))
    for name, text in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, "utf-8")
    return target


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """Give the study that ``biotoop new`` makes."""
    return make_study(tmp_path / "study", "nl")


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
