"""Rules that are written out once, and filled in with the ids of each reader.

A rule is a condition with subselects in it. Django would put those together anew in every query of
every request, though for another reader only the ids in them differ. So a rule is asked once a day
with stand-ins for the ids, and the text of its subselects is kept. What a rule *finds* is never
kept: the database is asked each time.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Q, QuerySet
from django.db.models.sql import Query

from biotoop.web.shared.models.days import on_day, site_day

Condition = Callable[[Collection[UUID]], Q]
MOST_IDS = 60  # with more ids than this a rule is asked by itself
STAND_INS = tuple(uuid5(UUID(int=0), f"stand-in {number}") for number in range(MOST_IDS))
PLAIN = str | int | date | None


class Unwritten(Exception):
    """A condition holds something that is not known to stay as it is."""


class Ids:
    """Marks the place of the ids themselves in a condition."""


class Place(NamedTuple):
    """Marks the place of one of the ids in the parameters of a subselect."""

    number: int
    is_native: bool


class Text:
    """A subselect as text, for each kind of database that asked for it."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        query = rows.query.clone()
        query.clear_ordering(clear_default=True)
        if not query.has_select_fields:
            query.clear_select_clause()
            query.add_fields(["pk"])
        self.query: Query = query
        self.kept: dict[str, tuple[str, tuple[object, ...]]] = {}

    def on(self, connection: BaseDatabaseWrapper) -> tuple[str, tuple[object, ...]]:
        """Give text and parameters, with places for the ids."""
        if connection.vendor not in self.kept:
            compiler = self.query.clone().get_compiler(connection=connection)
            text, parameters = compiler.as_sql()
            self.kept[connection.vendor] = f"({text})", tuple(map(placed, parameters))
        return self.kept[connection.vendor]


PLACES: dict[object, Place] = {
    form: Place(number, is_native)
    for number, stand_in in enumerate(STAND_INS)
    for form, is_native in ((stand_in, True), (stand_in.hex, False))
}


def placed(parameter: object) -> object:
    """Give the place of a stand-in; anything else stays."""
    return PLACES.get(parameter, parameter) if isinstance(parameter, UUID | str) else parameter


class Subselect(Expression):
    """A written subselect with the ids of one reader."""

    def __init__(self, text: Text, ids: tuple[UUID, ...]) -> None:
        super().__init__()
        self.text, self.ids = text, ids

    def as_sql(self, _compiler: object, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401 - as Django types it
        """Fill the ids in."""
        text, parameters = self.text.on(connection)
        return text, [self.filled(parameter) for parameter in parameters]

    def filled(self, parameter: object) -> object:
        """Give what stands in one place."""
        if not isinstance(parameter, Place):
            return parameter
        key = self.ids[parameter.number]
        return key if parameter.is_native else key.hex


def asked(rule: Condition, ids: Collection[UUID]) -> Q:
    """Give what a rule says of these ids: the same as to ask it, but sooner."""
    keys = tuple(ids)
    if len(keys) > MOST_IDS or not all(isinstance(key, UUID) for key in keys):
        return rule(ids)
    form = written(rule, len(keys), site_day())
    return rule(ids) if form is None else filled(form, keys)


@lru_cache(maxsize=4096)
def written(rule: Condition, number: int, day: date) -> Q | None:
    """Write a rule out for so many ids; nothing when it cannot be."""
    ids = STAND_INS[:number]
    try:
        with on_day(day):
            return marked(rule(ids), ids)
    except Unwritten:
        return None


def marked(condition: Q, ids: tuple[UUID, ...]) -> Q:
    """Put marks where the ids stand, and texts where rows are selected."""
    children: list[Any] = []
    for child in condition.children:
        if isinstance(child, Q):
            children.append(marked(child, ids))
        elif isinstance(child, tuple):
            key, value = child
            children.append((key, mark(value, ids)))
        else:
            raise Unwritten
    return Q.create(children, condition.connector, condition.negated)


def mark(value: object, ids: tuple[UUID, ...]) -> object:
    """Mark one value; only what is known to stay as it is may be kept."""
    if value is ids:
        return Ids
    if isinstance(value, QuerySet):
        return Text(value)
    each = value if isinstance(value, tuple | list | set | frozenset) else [value]
    if all(isinstance(one, PLAIN) and not isinstance(one, datetime) for one in each):
        return value
    raise Unwritten


def filled(form: Q, ids: tuple[UUID, ...]) -> Q:
    """Fill the ids of a reader in."""
    children: list[Any] = []
    for child in form.children:
        if isinstance(child, Q):
            children.append(filled(child, ids))
            continue
        key, value = child  # type: ignore[misc] # never a bare expression
        if value is Ids:
            value = ids
        elif isinstance(value, Text):
            value = Subselect(value, ids)
        children.append((key, value))
    return Q.create(children, form.connector, form.negated)
