"""``biotoop new``: make a study folder that explains itself and passes ``check``."""

import uuid
from pathlib import Path

import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, say
from biotoop.cli.parameters import path_argument
from biotoop.engine.core.messages import Language


@click.command(cls=Speaking)
@path_argument("folder")
@click.pass_obj
def new(language: Language, folder: Path) -> Ending:
    """Make a new study in FOLDER, with an example in every document."""
    from biotoop.engine.recipes.starting import starter_files

    if folder.exists() and any(folder.iterdir()):
        say("cli.new.not_empty", language, folder=str(folder))
        return Ending.REFUSED
    for name, text in starter_files(language, identity=lambda _: str(uuid.uuid4())).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")
    say("cli.new.done", language, folder=str(folder))
    return Ending.DONE
