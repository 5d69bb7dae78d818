"""Studies that are registered, and registered again."""

import datetime as dt
from pathlib import Path

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.recipes.folder import StudyFolder, read_folder
from biotoop.engine.recipes.freezing import registration_of
from biotoop.engine.recipes.registration import Registration

MOMENT = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)


def folder_of(path: Path) -> StudyFolder:
    folder = read_folder(path).folder
    assert folder is not None
    return folder


def registered(path: Path) -> Registration:
    first = attrs.evolve(folder_of(path), registration=None)
    return registration_of(first, at=MOMENT, by="team")


def again(path: Path) -> None:
    """Register on disk as the command does: an earlier registration is kept beside."""
    target = path / "registration.json"
    made = registration_of(folder_of(path), at=MOMENT, by="team")
    number = len([*path.glob("registration*.json")])
    target.replace(path / f"registration-{number}.json")
    target.write_bytes(canonical_json(to_plain(made)))


def alone(path: Path) -> None:
    """Take away the registrations that the example itself keeps."""
    for kept in path.glob("registration-*.json"):
        kept.unlink()
