"""Write the reference of the study folder and of the command line from the code itself.

Run ``python scripts/reference.py``; a test fails when the committed pages are out of date.
"""

import sys
from pathlib import Path
from typing import Any

import click

from biotoop.cli.program import COMMANDS, program
from biotoop.engine.recipes.schemas import FINDINGS, schemas

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
FOLDER_TEXT = """# The study folder

Every document of a study, key by key. This page is written from the classes that read the
documents, so that the two cannot differ; `biotoop schema` prints the same as JSON Schema.
Values between bars are the only ones allowed. A text may be plain, or `{nl: .., en: ..}`.
"""
COMMAND_TEXT = """# The command line

Every command explains itself with `--help`. Help, messages and report are in Dutch; with
`--lang en`, before the command or among its options, they are in English. The variable
`BIOTOOP_LANG` (`nl` or `en`) chooses the language for all that follows.

In messages the items of a list are counted from 1: `links[2]` is the second link. With `--json`
each fault has `where`, a JSON pointer (RFC 6901) into the document, which counts from 0:
`/links/1/then`. In a table it is the column: `/lonely`; `line` is the line in the file, from 1.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | faults were found and told |
| 2 | the command was not understood |
| 3 | the engine or the system refused, and says why |
| 4 | a fault in Biotoop itself |
| 130 | stopped by you |
"""


def study_folder() -> str:
    parts = [FOLDER_TEXT]
    for name, schema in schemas().items():
        if name == FINDINGS:
            continue
        parts.append(f"\n## {name}\n\n{schema['description']}\n\n{_table(schema)}")
        definitions: Any = schema.get("$defs", {})
        for title, body in sorted(definitions.items()):
            if "properties" in body:
                parts.append(
                    f"\n### {title} (in {name})\n\n{body['description']}\n\n{_table(body)}"
                )
    return "".join(parts)


def _table(schema: Any) -> str:  # noqa: ANN401 - plain data
    rows = ["| key | kind | meaning |", "| --- | --- | --- |"]
    required = schema.get("required", [])
    for key, body in schema["properties"].items():
        must = " (must)" if key in required else ""
        default = f" Default: {body['default']}." if "default" in body else ""
        meaning = str(body.get("description", "")).replace("|", "\\|")
        rows.append(f"| `{key}`{must} | {_kind(body)} | {meaning}{default} |")
    return "\n".join(rows) + "\n"


def _kind(body: Any) -> str:  # noqa: ANN401 - plain data
    if "$ref" in body:
        return body["$ref"].rsplit("/", 1)[-1]
    if "enum" in body:
        return " \\| ".join(str(value) for value in body["enum"])
    if "anyOf" in body:
        kinds = [_kind(part) for part in body["anyOf"] if part.get("type") != "null"]
        return "text" if kinds == ["string", "object"] else " or ".join(kinds)
    if body.get("type") == "array":
        return f"list of {_kind(body['items'])}"
    return str(body.get("format", body.get("type", "anything")))


def command_line() -> str:
    parts = [COMMAND_TEXT]
    outer = click.Context(program, info_name="biotoop", terminal_width=80, obj="en")
    parts.append(f"\n```text\n{program.get_help(outer)}\n```\n")
    for name in COMMANDS:
        command = program.get_command(outer, name)
        inner = click.Context(command, info_name=name, parent=outer, terminal_width=80)
        parts.append(f"\n## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "".join(parts)


PAGES = {"study-folder.md": study_folder, "command-line.md": command_line}


def main() -> int:
    for name, write in PAGES.items():
        (FOLDER / name).write_text(write(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
