"""The study that a newcomer starts from: an invented example in every document."""

import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from biotoop.engine.core.messages import Language

_PLACEHOLDER = re.compile(r"<uuid-([a-z0-9]+)>")
_BOTH = "both"


def starter_files(language: Language, *, identity: Callable[[str], str]) -> dict[str, str]:
    """Give every file of the starting study by its name in the folder.

    Parameters
    ----------
    language
        Language of the texts; the data are the same.
    identity
        Gives a new UUID for each thing that has one ("study", "n1", "s1" ..); asked once for each.
    """
    known: dict[str, str] = {}

    def given(found: re.Match[str]) -> str:
        if found[1] not in known:
            known[found[1]] = identity(found[1])
        return known[found[1]]

    files: dict[str, str] = {}
    with resources.as_file(resources.files("biotoop.engine.recipes") / "starter") as source:
        for part in (_BOTH, language):
            for path in sorted(_files(source / part)):
                name = path.relative_to(source / part).as_posix().replace("gitignore", ".gitignore")
                files[name] = _PLACEHOLDER.sub(given, path.read_text("utf-8"))
    return files


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
