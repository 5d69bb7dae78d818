"""``biotoop new``: make a study folder that explains itself and passes ``check``."""

import re
import uuid
from importlib import resources
from pathlib import Path

import click

from biotoop.cli.console import Ending, Language, say

_PLACEHOLDER = re.compile(r"<uuid-([a-z0-9]+)>")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def new(language: Language, folder: Path) -> Ending:
    """Make a new study in FOLDER, with an example in every document."""
    if folder.exists() and any(folder.iterdir()):
        say("cli.new.not_empty", language, folder=str(folder))
        return Ending.REFUSED
    starter = resources.files("biotoop.engine.recipes") / "starter"
    identities: dict[str, str] = {}

    def identity(found: re.Match[str]) -> str:
        return identities.setdefault(found[1], str(uuid.uuid4()))

    with resources.as_file(starter) as source:
        for path in sorted(source.rglob("*")):
            if path.is_dir() or path.suffix == ".py":
                continue
            name = path.relative_to(source)
            target = folder / (".gitignore" if name.name == "gitignore" else name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_PLACEHOLDER.sub(identity, path.read_text("utf-8")), "utf-8")
    say("cli.new.done", language, folder=str(folder))
    return Ending.DONE
