"""``biotoop diff``: what changed between two versions of a theory or study, in plain words."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, plain_problems, say, show_json, show_problems
from biotoop.cli.parameters import json_option, path_argument
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language, note
from biotoop.engine.core.problems import Problem, errors_in
from biotoop.engine.core.texts import Text

if TYPE_CHECKING:
    from biotoop.engine.theory.model import TheoryOfChange


@click.command(cls=Speaking)
@path_argument("old")
@path_argument("new")
@json_option("json_sentences")
@click.pass_obj
def diff(language: Language, old: Path, new: Path, *, as_json: bool) -> Ending:
    """Tell what changed from OLD to NEW; each a theory.yaml or a study folder."""
    whole = old.is_dir() and new.is_dir()
    try:
        told, theories, faults = (_studies if whole else _theories)(old, new, language)
    except EngineError as refusal:
        click.echo(refusal.note.text(language), err=True)
        return Ending.REFUSED
    if errors := errors_in(faults):
        if as_json:
            show_json({"faults": plain_problems(errors, language)})
        else:
            show_problems(errors, language)
        return Ending.FAULTS
    if as_json:
        show_json({"changes": list(told)})
        return Ending.DONE
    for sentence in told:
        click.echo(f"- {sentence}")
    if any(text.falls_back(language) for theory in theories for text in _texts(theory)):
        say("cli.run.own_words", language)
    return Ending.DONE


Told = tuple[tuple[str, ...], "tuple[TheoryOfChange, ...]", tuple[Problem, ...]]


def _theories(old: Path, new: Path, language: Language) -> Told:
    """Compare two theories: the sentences, the theories, and the faults that stop it."""
    from biotoop.engine.core.documents import read_document
    from biotoop.engine.theory.model import TheoryOfChange
    from biotoop.engine.theory.telling import tell
    from biotoop.engine.theory.versions import diff as difference

    paths = [path / "theory.yaml" if path.is_dir() else path for path in (old, new)]
    documents = [read_document(path, TheoryOfChange, file=str(path)) for path in paths]
    faults = tuple(fault for document in documents for fault in document.problems)
    before, after = (document.value for document in documents)
    if before is None or after is None:
        return (), (), faults
    return tell(difference(before, after), language), (before, after), ()


def _studies(old: Path, new: Path, language: Language) -> Told:
    """Compare two studies, document by document; see ``_theories``."""
    from biotoop.engine.recipes.comparing import changes_between
    from biotoop.engine.recipes.folder import read_folder
    from biotoop.engine.theory.telling import tell
    from biotoop.engine.theory.versions import diff as difference

    before, after = read_folder(old), read_folder(new)
    faults = (*_of(old, before.problems), *_of(new, after.problems))
    if before.folder is None or after.folder is None or errors_in(faults):
        return (), (), faults
    theories = (before.folder.theory, after.folder.theory)
    changed = difference(*theories)
    of_theory = () if changed.is_empty else tell(changed, language)
    others = (each.text(language) for each in changes_between(before.folder, after.folder))
    told = (*of_theory, *others) or (note("theory.diff.nothing").text(language),)
    return told, theories, ()


def _of(folder: Path, faults: Iterable[Problem]) -> Iterator[Problem]:
    """Say in which of the two folders a faulty document lies."""
    for fault in faults:
        yield attrs.evolve(fault, file=str(folder / (fault.file or "")))


def _texts(value: Any) -> Iterator[Text]:  # noqa: ANN401 - any part
    """Give every text in a document."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif attrs.has(type(value)):
        for part in attrs.asdict(value, recurse=False).values():
            yield from _texts(part)
