"""What was released before: cells and digests, never data of persons; kept with the study.

Who has two editions can subtract them. So each edition for readers that leaves the team is written
down, and the next one is held against it: the same table with one person more, or less, or with
one person in another's place, is not shown again until enough people have changed.
"""

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import attrs
import numpy as np
from cattrs import BaseValidationError

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.schema import field
from biotoop.engine.disclosure.tables import (
    Key,
    ReleasedTable,
    Table,
    keys_of,
)
from biotoop.engine.recipes.people_behind import Census
from biotoop.engine.recipes.people_tables import PEOPLE, by_frame, cells_of, lies_within

FILE = "releases.json"
_REVIEWERS = 2


class Looked(StrEnum):
    """Whether two people looked. What they refuse does not leave the team, so it has no record."""

    APPROVED = "approved"
    MANUAL = "manual"


@attrs.frozen(kw_only=True)
class Review:
    """What two people decided on a release before it left the team."""

    status: Looked = field(
        "approved, or manual: not looked at by two people yet.", default=Looked.MANUAL
    )
    reviewers: tuple[str, ...] = field("Who looked, by role or name; for the team.", default=())
    date: dt.date | None = field("When.", default=None)


@attrs.frozen(kw_only=True)
class Released:
    """One edition for readers that left the team.

    Attributes
    ----------
    id
        Name of the release.
    review
        What two people decided.
    tables
        The tables of people behind it, hidden cells left out.
    prints
        For each cell of ``tables`` with raw means, and for each analysis that was shown, by name,
        a digest of the numbers.
    voices
        For each target, the numbers of people by stance that were shown.
    """

    id: str = field("Name of the release, such as 2026-11-22.")
    recipe_hash: str = field("Which findings they were: the hash that readers see.")
    team_hash: str = field(
        "From which study and data: the recipe hash of the edition of the team.", default=""
    )
    review: Review = field("What two people decided.", factory=Review)
    tables: tuple[ReleasedTable, ...] = field("Tables, hidden cells left out.", default=())
    prints: Mapping[str, str] = field(
        "Digests of what was shown, by cell and analysis.", factory=dict
    )
    voices: Mapping[str, Mapping[str, int]] = field("Shown numbers by stance.", factory=dict)


@attrs.frozen(kw_only=True)
class Releases:
    """All editions for readers that left the team, in order of time."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    confidential: bool = field("Never publish this file.", default=True)
    releases: tuple[Released, ...] = field("The releases.", default=())


@attrs.frozen(kw_only=True)
class Linked:
    """Tables of one outcome with what was released of it before."""

    tables: tuple[Table, ...]
    earlier: tuple[ReleasedTable, ...]
    within: tuple[tuple[Key, Key], ...]


def read_releases(folder: Path) -> Releases:
    """Read what a study released before; nothing when there is no such file.

    Raises
    ------
    InvalidValue
        The file is damaged: without it nothing can be protected against what was released.
    """
    path = folder / FILE
    if not path.is_file():
        return Releases()
    try:
        return from_plain(json.loads(path.read_text("utf-8")), Releases)
    except (ValueError, BaseValidationError) as error:
        raise InvalidValue(field=FILE, value=str(path), allowed=(f"biotoop {FILE}",)) from error


def refuse_name(held: Releases, name: str, edition: str) -> None:
    """Refuse a name that is taken, and the release of an edition that is not for readers.

    Raises
    ------
    InvalidValue
        It is one of these.
    """
    if edition != "readers":
        raise InvalidValue(field="--release --edition", value=edition, allowed=("readers",))
    if not name.strip() or name in {item.id for item in held.releases}:
        taken = ", ".join(item.id for item in held.releases)
        raise InvalidValue(field="--release", value=name, allowed=(f"not: {taken or '-'}",))


class Recordable(Protocol):
    """An edition for readers that can be written down."""

    def record(self, name: str, review: Review) -> Released:
        """Give what must be written down of it."""
        ...


def write_down(
    folder: Path, made: Recordable, name: str, reviewers: tuple[str, ...], date: dt.date
) -> Path:
    """Write down in the study folder that an edition for readers leaves the team.

    Parameters
    ----------
    folder
        The study folder.
    made
        The edition, from ``editions.edition_of``.
    name
        Name of the release.
    reviewers
        Who looked at it; two different people approve, fewer leave it to be decided.
    date
        When.
    """
    return add_release(folder, made.record(name, review_by(reviewers, date=date)))


def add_release(folder: Path, made: Released) -> Path:
    """Write one more release behind the others; none is ever overwritten.

    Raises
    ------
    InvalidValue
        A release has this name already.
    """
    held = read_releases(folder)
    refuse_name(held, made.id, "readers")
    whole = attrs.evolve(held, releases=(*held.releases, made))
    path = folder / FILE
    path.write_text(json.dumps(to_plain(whole), indent=1, sort_keys=True) + "\n", "utf-8")
    return path


def review_by(reviewers: tuple[str, ...], *, date: dt.date) -> Review:
    """Record who looked: two different people approve; fewer leave it open."""
    people = tuple(dict.fromkeys(name.strip() for name in reviewers if name.strip()))
    status = Looked.MANUAL if len(people) < _REVIEWERS else Looked.APPROVED
    return Review(status=status, reviewers=people, date=date)


def held_against(census: Census, base: str, earlier: tuple[Released, ...]) -> Linked:
    """Lay the tables of one outcome beside what was released of it before.

    Every frame of now is paired with every frame of then: whatever analysis they belonged to, the
    few people by which they differ must stay unknown. A cell with as many people as before, but
    with other values in it, is kept; so are the cells of an analysis with other numbers.
    """
    tables, within = census.tables[base], list(census.within[base])
    old: list[ReleasedTable] = []
    now = {name: n for table in tables for name, n in cells_of(table)}
    changed: set[Key] = set()
    for release in earlier:
        mine = [item for item in release.tables if _of_base(item, tables)]
        old += [attrs.evolve(item, measure=f"{PEOPLE} at {release.id}") for item in mine]
        then = {name: value for item in mine for name, value in _values(item)}
        changed |= {name for name, n in now.items() if _is_swapped(name, n, then, census, release)}
        changed |= set(_told_otherwise(now, then, census, release))
        within += _pairs(now, then, release.id)
    flagged = tuple(_with_kept(table, changed) for table in tables)
    return Linked(tables=flagged, earlier=tuple(old), within=tuple(within))


def _of_base(item: ReleasedTable, tables: tuple[Table, ...]) -> bool:
    mine = dict(tables[0].population)
    then = dict(item.population)
    return all(then.get(name) == mine.get(name) for name in ("data", "outcome"))


def _is_swapped(
    name: Key, n: float, then: Mapping[Key, float | None], census: Census, release: Released
) -> bool:
    before, now = release.prints.get(str(name)), census.prints.get(str(name))
    return then.get(name) == n and before is not None and now is not None and before != now


def _told_otherwise(
    now: Mapping[Key, float], then: Mapping[Key, float | None], census: Census, release: Released
) -> Iterator[Key]:
    """Give the cells of each analysis on as many people of which any number differs from before.

    Raw means can stay the same when people exchange answers; the estimate or its error does not.
    """
    for name, cells in census.behind.items():
        before, digest = release.prints.get(name), census.prints.get(name)
        if before is None or digest is None or before == digest:
            continue
        sides = [cell for cell in cells if cell in now and then.get(cell) is not None]
        if all(then[cell] == now[cell] for cell in sides):
            yield from sides


def _values(table: ReleasedTable) -> Iterator[tuple[Key, float | None]]:
    names = keys_of(table.dimensions, table.population, table.measure)
    yield from zip(names, table.values, strict=True)


def _pairs(
    now: Mapping[Key, float], then: Mapping[Key, float | None], release: str
) -> Iterator[tuple[Key, Key]]:
    """Pair the cells of every two frames of which one can lie within the other.

    Two frames with more people in one cell and fewer in another lie in neither way; they are
    paired only where they are the same analysis. What was hidden then can only be paired where
    it is clear which of the two lies within the other: where an analysis has grown.
    """
    new, old = by_frame(now), by_frame(then)
    for (frame, mine), (other, theirs) in itertools.product(new.items(), old.items()):
        both = [(name, theirs[place]) for place, name in mine.items() if place in theirs]
        grown = all(now[one] >= (then[two] or 0) for one, two in both) and frame == other
        if frame == other or lies_within((now[one], then[two]) for one, two in both):
            for one, two in both:
                if then[two] is not None or grown:
                    yield one, Key(f"{PEOPLE} at {release}", two.conditions)


def _with_kept(table: Table, changed: set[Key]) -> Table:
    """Mark the inner cells in which somebody else stands than before."""
    names = list(keys_of(table.dimensions, table.population, table.measure))
    flags = np.array([name in changed for name in names]).reshape(table.shape)
    inner = flags[tuple(slice(0, len(part.categories)) for part in table.dimensions)]
    return attrs.evolve(table, kept=inner) if inner.any() else table
