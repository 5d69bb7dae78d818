"""``biotoop schema``: print the JSON Schemas of the study folder and of the findings."""

from pathlib import Path

import click

from biotoop.cli.commands import Speaking
from biotoop.cli.console import Ending, say, show_json
from biotoop.cli.parameters import argument, out_option
from biotoop.engine.core.messages import Language


def _documents(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Give the names of documents that begin as typed, for a shell that completes."""
    from biotoop.engine.recipes.schemas import schemas

    return [name for name in schemas() if name.startswith(begun)]


@click.command(cls=Speaking)
@argument("document", required=False, shell_complete=_documents)
@out_option("out_schemas", required=False)
@click.pass_obj
def schema(language: Language, document: str | None, out: Path | None) -> Ending:
    """Print the JSON Schema of one DOCUMENT, such as theory.yaml; or of all."""
    from biotoop.engine.core.ids import canonical_json
    from biotoop.engine.recipes.schemas import schemas

    known = schemas()
    if document is not None and document not in known:
        say("cli.schema.unknown", language, document=document, allowed=tuple(known))
        return Ending.NOT_UNDERSTOOD
    if out is None:
        show_json(known if document is None else known[document])
        return Ending.DONE
    chosen = known if document is None else {document: known[document]}
    out.mkdir(parents=True, exist_ok=True)
    for name, body in chosen.items():
        target = out / f"{Path(name).name}.schema.json"
        target.write_bytes(canonical_json(body))
    say("cli.schema.written", language, count=len(chosen), folder=str(out))
    return Ending.DONE
