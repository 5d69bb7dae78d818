"""``biotoop schema``: print the JSON Schemas of the study folder and of the findings."""

from pathlib import Path

import click

from biotoop.cli.console import Ending, Language, say, show_json


@click.command()
@click.argument("document", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all schemas to this folder.",
)
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
