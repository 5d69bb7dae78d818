"""Write the reference of who may do what from the permission files of all apps.

Run ``python scripts/permissions.py``; a test fails when the committed page is out of date.
"""

import os
import sys
from collections import defaultdict
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "permissions.md"
HEAD = """# Who may do what

Every model and every address of the workplace, for every role. This page is written from the
files `permissions.toml` of the apps, the same that the workplace reads; tests try each line
against real rows and pages ([decision 15](../decisions/0015-one-file-says-who-may-do-what.md)).

A cell says how far a role reaches: `site` when the role was given for the whole site;
`organisation`, `partnership` (a research programme), `programme`, `theory`, `study`, `cluster`
when it was given for that place: then what lies within it; `own`: what is the person's own;
`involved`: what the person takes part in, such as the seat that somebody sponsors;
`partners`: what is of organisations with which the organisation behind the role works, as long as
an agreement holds; `host`: what lies in what that organisation offers to others, such as seats in
its research clusters; `public`: what was made public; `all`: everything. Nobody does anything with
what they cannot see. A data file, or a round of talks, for which another organisation answers is
closed whatever the role, until an agreement in a research cluster opens it ([decision
43](../decisions/0043-clusters-stand-above-studies.md)). Whoever signs in also has what a visitor
has. A role ends on its last day, and with the membership through which it was given.

Roles: {roles}.
"""


def words(cell: frozenset[str]) -> str:
    """Write one cell."""
    return ", ".join(sorted(cell)) or "-"


def models() -> list[str]:
    """Write a table for each model."""
    from biotoop.web.shared.enums import Role, Verb  # noqa: PLC0415 - Django stands only now
    from biotoop.web.shared.rules import matrix  # noqa: PLC0415 - as above

    lines, labels = ["## Models"], sorted({label for label, _, _ in matrix().cells})
    for label in labels:
        lines += ["", f"### {label}", "", f"| role | {' | '.join(Verb.values)} |"]
        lines += ["| --- " * (len(Verb) + 1) + "|"]
        alike = defaultdict(list)
        for role in Role:
            cells = tuple(words(matrix().reaches(label, role, verb)) for verb in Verb)
            if set(cells) != {"-"}:
                alike[cells].append(role.value)
        lines += [f"| {', '.join(roles)} | {' | '.join(cells)} |" for cells, roles in alike.items()]
    return lines


def shown_to_nobody() -> list[str]:
    """Write which models nobody is shown, and why."""
    from biotoop.web.shared.rules import matrix  # noqa: PLC0415 - Django stands only now

    lines = ["", "## Shown to nobody", "", "| model | why |", "| --- | --- |"]
    return lines + [f"| {label} | {why} |" for label, why in sorted(matrix().internal.items())]


def addresses() -> list[str]:
    """Write what each address does."""
    from biotoop.web.shared.rules import matrix  # noqa: PLC0415 - Django stands only now

    lines = ["", "## Addresses", "", "| address | what it does |", "| --- | --- |"]
    for name, operation in sorted(matrix().operations.items()):
        within = f", in a given {operation.within.value}" if operation.within else ""
        deed = operation.open and f"open: {operation.open}"
        lines.append(f"| {name} | {deed or f'{operation.verb.value} {operation.model}{within}'} |")
    return lines


def page() -> str:
    """Write the whole page."""
    from biotoop.web.shared.enums import Role  # noqa: PLC0415 - Django stands only now

    roles = ", ".join(f"`{role.value}`" for role in Role)
    return "\n".join([HEAD.format(roles=roles), *models(), *shown_to_nobody(), *addresses()]) + "\n"


def main() -> None:
    """Write the page, or say with ``--check`` whether it is up to date."""
    os.environ.setdefault("BIOTOOP_MODE", "development")
    os.environ.setdefault("BIOTOOP_DATA", str(ROOT / "out"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biotoop.web.config.settings")
    django.setup()
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
    elif PAGE.read_text("utf-8") != page():
        sys.exit("docs/reference/permissions.md is out of date: run scripts/permissions.py")


if __name__ == "__main__":
    main()
