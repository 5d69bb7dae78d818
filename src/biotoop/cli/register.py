"""``biotoop register``: fix the plan with its hash and the moment, before the outcome is seen."""

import datetime as dt
import getpass
import json
from pathlib import Path

import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, say, show_problems
from biotoop.cli.parameters import option, path_argument
from biotoop.engine.core.messages import Language
from biotoop.engine.core.problems import errors_in


@click.command(cls=Speaking)
@path_argument("folder")
@option("--by", default=None, meaning="by")
@option("--again", is_flag=True, meaning="again")
@click.pass_obj
def register(language: Language, folder: Path, by: str | None, *, again: bool) -> Ending:
    """Fix all that a plan leans on in FOLDER, in registration.json."""
    from biotoop.engine.core.convert import to_plain
    from biotoop.engine.recipes.checking import check_folder
    from biotoop.engine.recipes.folder import REGISTRATION
    from biotoop.engine.recipes.freezing import registration_of

    target = folder / REGISTRATION
    if target.exists() and not again:
        say("cli.register.exists", language, file=str(target))
        return Ending.REFUSED
    result = check_folder(folder)
    if result.folder is None or errors_in(result.problems):
        show_problems(errors_in(result.problems), language)
        say("cli.register.faults", language, count=len(errors_in(result.problems)))
        return Ending.FAULTS
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    made = registration_of(result.folder, at=now, by=by or getpass.getuser())
    if target.exists():
        target.replace(_kept(target))
    target.write_text(
        json.dumps(to_plain(made), indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8"
    )
    say(
        "cli.register.done",
        language,
        file=str(target),
        hash=made.hash[:12],
        plans=len(result.folder.plans.plans),
        moment=f"{now.astimezone():%Y-%m-%d %H:%M %Z}",
    )
    return Ending.DONE


def _kept(target: Path) -> Path:
    """Give a free name for the earlier registration: nothing is lost."""
    number = 1
    while (kept := target.with_name(f"registration-{number}.json")).exists():
        number += 1
    return kept
