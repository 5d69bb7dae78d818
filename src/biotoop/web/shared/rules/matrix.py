"""Read the permission files of all apps as one matrix, and refuse what is not sound."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured

from biotoop.web.shared.enums import Kind, Reach, Role, Verb

FILE = "permissions.toml"
HOUSE = "biotoop.web."
WORDS = frozenset({*Kind.values, *Reach.values})
Cell = tuple[str, Role, Verb]


@attrs.frozen(kw_only=True)
class Operation:
    """What an address does: a verb on a model, or open to all for a reason.

    ``lists`` is a page about many rows. With ``within`` the address names not a row, but the place
    of this kind in which rows are made or listed.
    """

    name: str
    open: str = ""
    model: str = ""
    verb: Verb = Verb.SEE
    lists: bool = False
    within: Kind | None = None


@attrs.frozen(kw_only=True)
class Matrix:
    """Every model and address, and how far each role reaches with each verb."""

    cells: Mapping[Cell, frozenset[str]]
    internal: Mapping[str, str]
    operations: Mapping[str, Operation]

    def reaches(self, label: str, role: Role, verb: Verb) -> frozenset[str]:
        """Give how far a role may do this; nothing when it may not."""
        return self.cells.get((label, role, verb), frozenset())

    def models(self) -> frozenset[str]:
        """Give the models that have a row."""
        return frozenset({label for label, _, _ in self.cells} | set(self.internal))


class Reading:
    """One pass over the files, with every fault that it meets."""

    def __init__(self) -> None:
        self.cells: dict[Cell, frozenset[str]] = {}
        self.internal: dict[str, str] = {}
        self.operations: dict[str, Operation] = {}
        self.faults: list[str] = []

    def file(self, app: AppConfig) -> None:
        """Read the file of one app."""
        path = Path(app.path) / FILE
        if not path.exists():
            return
        content = tomllib.loads(path.read_text("utf-8"))
        self.addresses(app.label, content.pop("operations", {}))
        for name, why in content.pop("internal", {}).items():
            if label := self.label(app, name):
                self.internal[label] = why
        for name, rows in content.items():
            if label := self.label(app, name):
                self.rows(label, rows)

    def label(self, app: AppConfig, name: str) -> str:
        """Give the full name of a model of this app."""
        try:
            return app.get_model(name)._meta.label
        except LookupError:
            return self.fault(f"{app.label}: there is no model {name}")

    def rows(self, label: str, rows: Mapping[str, Any]) -> None:
        """Read what the roles may do with one model."""
        for names, verbs in rows.items():
            for role in (name.strip() for name in names.split(",")):
                for verb, words in verbs.items():
                    self.cell(label, role, verb, words)

    def cell(self, label: str, role: str, verb: str, words: list[str]) -> None:
        """Read how far one role may go with one verb."""
        where = f"{label}.{role} {verb}"
        if role not in Role.values or verb not in Verb.values:
            self.fault(f"{where}: there is no such role or verb")
        elif unknown := set(words) - WORDS:
            self.fault(f"{where}: unknown reach {', '.join(sorted(unknown))}")
        elif (label, Role(role), Verb(verb)) in self.cells:
            self.fault(f"{where}: stated twice")
        else:
            self.cells[label, Role(role), Verb(verb)] = frozenset(words)

    def addresses(self, app: str, rows: Mapping[str, Any]) -> None:
        """Read what the addresses do."""
        for name, row in rows.items():
            try:
                verb, within = Verb(row.get("verb", Verb.SEE)), row.get("within")
                kind = Kind(within) if within else None
                operation = Operation(name=name, **{**row, "verb": verb, "within": kind})
            except (TypeError, ValueError) as wrong:
                self.fault(f"{app}: {name}: {wrong}")
                continue
            if bool(operation.open) == bool(operation.model):
                self.fault(f"{app}: {name}: give a model, or say why it is open to all")
            if name in self.operations:
                self.fault(f"{app}: {name}: stated twice")
            self.operations[name] = operation

    def fault(self, text: str) -> str:
        """Keep a fault; there is no value then."""
        self.faults.append(text)
        return ""

    def unknown_models(self) -> None:
        """Find addresses about a model without a row."""
        known = {label for label, _, _ in self.cells}
        for operation in self.operations.values():
            if operation.model and operation.model not in known:
                self.fault(f"{operation.name}: {operation.model} has no row")


@cache
def matrix() -> Matrix:
    """Read all permission files; a fault in any of them stops the site at its start."""
    reading = Reading()
    for app in apps.get_app_configs():
        if app.name.startswith(HOUSE):
            reading.file(app)
    reading.unknown_models()
    if reading.faults:
        raise ImproperlyConfigured("\n".join(reading.faults))
    return Matrix(cells=reading.cells, internal=reading.internal, operations=reading.operations)
