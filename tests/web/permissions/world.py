"""A small world with a row of every model, and for each row in plain sets where it lies.

An app adds its rows in ``worlds/<app>.py``, in a function ``fill(world)``. Every model needs a
row that lies somewhere (``here``) and one that lies in no place that anybody has a role in.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

import attrs
from django.db.models import Model
from django.utils.timezone import localdate

from biotoop.web.accounts.models import User
from biotoop.web.shared.enums import Kind, Reach, Role
from biotoop.web.shared.rules import ANYBODY, Grant, Reader

TODAY = localdate()
LONG_AGO, YESTERDAY = date(2020, 1, 1), TODAY - timedelta(days=1)

FLOORS = (
    "shared",
    "accounts",
    "organisations",
    "programmes",
    "theories",
    "studies",
    "interviews",
    "analyses",
)


@attrs.define
class Placed:
    """A row, and by reach the ids (of places, organisations or people) for which it lies within."""

    row: Model
    within: dict[str, set[UUID]]
    is_public: bool = False

    def lies(self, word: str, grant: Grant, user_id: UUID | None) -> bool:
        """Tell, from the plain sets alone, whether one reach of one grant covers the row."""
        if word == Reach.ALL or word == grant.kind == Kind.SITE:
            return True
        if word == Reach.PUBLIC:
            return self.is_public
        key = grant.scope_id if word == grant.kind else None
        if word == Reach.PARTNERS:
            key = grant.home
        if word == Reach.HOST and grant.kind == Kind.ORGANISATION:
            key = grant.scope_id
        if word in (Reach.OWN, Reach.INVOLVED):
            key = user_id
        return key is not None and key in self.within.get(word, set())


class World:
    """Rows by model, and the places in which a role is tried."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Placed]] = defaultdict(list)
        self.places: dict[Kind, UUID] = {kind: uuid4() for kind in Kind if kind != Kind.SITE}
        self.home: UUID = uuid4()
        self.apps: list[str] = []
        self.someone = person("Someone")
        self.stranger = person("Stranger")

    def add(self, row: Model, *, public: bool = False, **within: object) -> Model:
        """Keep a row; ``organisation=beekwaarde`` or ``partners=[a, b]`` says where it lies."""
        sets = {word: ids(of) for word, of in within.items()}
        self.rows[row._meta.label].append(Placed(row, sets, public))
        return row

    def grant(self, role: Role, kind: Kind) -> Grant:
        """Give a role in the one place of this kind."""
        if kind == Kind.SITE:
            return Grant(role, kind)
        return Grant(role, kind, self.places[kind], self.home)

    def reader(self, role: Role, kind: Kind, user: User | None) -> Reader:
        """Give a reader with one role, beside what everybody has."""
        given = (ANYBODY,) if role == Role.VISITOR else (ANYBODY, self.grant(role, kind))
        return Reader(user.pk if user else None, given)


def ids(of: object) -> set[UUID]:
    """Give the ids of one thing, or of several."""
    several = of if isinstance(of, Iterable) else [of]
    return {getattr(one, "pk", one) for one in several}


def person(name: str) -> User:
    return User.objects.create(email=f"{name.lower()}-{uuid4()}@example.org", name=name)


def build() -> World:
    """Fill the world, the lower apps first."""
    world = World()
    folder = Path(__file__).parent / "worlds"
    there = {path.stem for path in folder.glob("*.py")}
    order = [name for name in FLOORS if name in there]
    rest = sorted(there - set(order))
    world.apps = [*order, *rest]
    for name in world.apps:
        import_module(f"web.permissions.worlds.{name}").fill(world)
    return world
