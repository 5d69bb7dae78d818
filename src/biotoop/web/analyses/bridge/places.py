"""Where a run lies on disk: the frozen folder, and what came of it, both under their own hash."""

import shutil
from pathlib import Path
from uuid import uuid4

import attrs
from django.conf import settings

EDITIONS = ("team", "readers")


@attrs.frozen
class Place:
    """The folder of one run, in the media folder, so that a backup holds it."""

    digest: str

    @property
    def root(self) -> Path:
        """Give the folder of all of it."""
        return runs_folder() / self.digest[:2] / self.digest

    @property
    def folder(self) -> Path:
        """Give the frozen study folder."""
        return self.root / "folder"

    @property
    def results(self) -> Path:
        """Give the folder of what came of it."""
        return self.root / "results"

    def edition(self, edition: str) -> Path:
        """Give the folder of the findings and reports of one edition."""
        return self.results / edition

    def pages(self, edition: str, language: str) -> Path:
        """Give the folder of the pages of one edition in one language."""
        return self.edition(edition) / f"pages-{language}"


def runs_folder() -> Path:
    """Give the folder in which all runs lie."""
    return Path(settings.MEDIA_ROOT) / "runs"


def unfinished() -> Path:
    """Give a new folder beside the runs, to work in."""
    path = runs_folder() / f".{uuid4().hex}"
    path.mkdir(parents=True)
    return path


def put_in_place(made: Path, target: Path) -> None:
    """Move a finished folder into place; what is there already has the same content and stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        shutil.rmtree(made)
