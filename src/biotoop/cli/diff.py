"""``biotoop diff``: what changed between two versions of a theory, in words for a councillor."""

from pathlib import Path

import click

from biotoop.cli.console import Ending, Language, plain_problems, say, show_json, show_problems
from biotoop.engine.core.problems import errors_in


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the sentences as json.")
@click.pass_obj
def diff(language: Language, old: Path, new: Path, *, as_json: bool) -> Ending:
    """Tell what changed from OLD to NEW; each a theory.yaml or a study folder."""
    from biotoop.engine.core.documents import read_document
    from biotoop.engine.theory.model import TheoryOfChange
    from biotoop.engine.theory.telling import tell
    from biotoop.engine.theory.versions import diff as difference

    paths = [path / "theory.yaml" if path.is_dir() else path for path in (old, new)]
    documents = [read_document(path, TheoryOfChange, file=str(path)) for path in paths]
    errors = errors_in(fault for document in documents for fault in document.problems)
    before, after = (document.value for document in documents)
    if before is None or after is None:
        if as_json:
            show_json({"faults": plain_problems(errors, language)})
        else:
            show_problems(errors, language)
        return Ending.FAULTS
    told = tell(difference(before, after), language)
    if as_json:
        show_json({"changes": list(told)})
        return Ending.DONE
    for sentence in told:
        click.echo(f"- {sentence}")
    if not told:
        say("cli.diff.same", language)
    return Ending.DONE
