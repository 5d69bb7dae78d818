"""Questions to the database that are put into words once; the next reader brings other ids.

``ask`` finds what the query of ``build`` would find. Its words are kept for readers whose roles
hold alike, for one day: the ids of people, places and rows are parameters of each single question.
So ``build`` looks at the reader, the ids, the options and the day, and at nothing else.
"""

from collections.abc import Callable, Iterator
from copy import copy
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.constants import MULTI

from biotoop.web.shared.models.days import on_day, site_day
from biotoop.web.shared.rules.readers import Grant, Reader
from biotoop.web.shared.rules.written import STAND_INS, Place, placed

Build = Callable[..., QuerySet[Any, Any]]
Ids = UUID | tuple[UUID, ...]
Options = tuple[tuple[str, Any], ...]
ALIAS = "default"


class Shape(NamedTuple):
    """A question without its ids: each id is the number of a stand-in."""

    build: Build
    user: int | None
    grants: tuple[tuple[Any, ...], ...] | None
    ids: tuple[Any, ...]
    options: Options


class Words(NamedTuple):
    """The words of a question, with places for the ids."""

    text: str
    parameters: tuple[Any, ...]


class Form:
    """A question whose words are known, on one database."""

    def __init__(self, rows: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> None:
        self.rows = rows
        self.compiler, self.words = worded(rows, connection)
        self.compiler.connection = None  # of this thread: kept, it would stay open after it

    @cached_property
    def counting(self) -> Words | None:
        """Give the words that count the rows."""
        _compiler, words = worded(self.rows.order_by().values("pk"), connections[ALIAS])
        if words is None:
            return None
        text = f"SELECT COUNT(*) FROM ({words.text}) counted"  # noqa: S608 - Django's own words
        return Words(text, words.parameters)


class Answers:
    """What a question finds, asked when it is read; a part of it is asked as a part."""

    def __init__(self, form: Form, ids: tuple[UUID, ...]) -> None:
        self.form, self.ids = form, ids
        self.found: list[Any] | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self.all())

    def __getitem__(self, wanted: Any) -> Any:  # noqa: ANN401 - a number, or a part
        if self.found is not None or not isinstance(wanted, slice):
            return self.all()[wanted]
        return self.read(wanted.start or 0, wanted.stop)

    def all(self) -> list[Any]:
        """Give all rows; the database is asked once."""
        if self.found is None:
            self.found = self.read(0, None)
        return self.found

    def first(self) -> Any:  # noqa: ANN401 - a row, or nothing
        """Give the first row, or nothing."""
        return next(iter(self[:1]), None)

    def count(self) -> int:
        """Count the rows, without reading them."""
        if self.form.counting is None:
            return 0
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(self.form.counting.text, self.filled(self.form.counting))
            return int(cursor.fetchone()[0])

    def filled(self, words: Words) -> tuple[Any, ...]:
        """Put the ids in their places."""
        ids = self.ids
        return tuple(
            (ids[each.number] if each.is_native else ids[each.number].hex)
            if type(each) is Place
            else each
            for each in words.parameters
        )

    def read(self, first: int, last: int | None) -> list[Any]:
        """Ask the database, and read the answer as Django would have."""
        if self.form.words is None:
            return []
        connection, text = connections[ALIAS], self.form.words.text
        if first or last is not None:
            text = f"{text} {connection.ops.limit_offset_sql(first, last)}"
        compiler = copy(self.form.compiler)
        compiler.connection = connection
        spoken_words = text, self.filled(self.form.words)
        compiler.as_sql = lambda *_arguments, **_options: spoken_words
        given = list(compiler.execute_sql(MULTI))
        if not given:
            return []
        compiler.execute_sql = lambda *_arguments, **_options: given
        rows: Any = self.form.rows.all()
        rows.query.get_compiler = lambda *_arguments, **_options: compiler
        return list(rows)


def ask(build: Build, reader: Reader | None, *ids: Ids, **options: Any) -> Any:  # noqa: ANN401 - rows of any kind
    """Find what ``build(reader, *ids, **options)`` finds; without reader, ``build(*ids, ...)``."""
    numbers: dict[UUID, int] = {}

    def number(key: UUID | None) -> int | None:
        return None if key is None else numbers.setdefault(key, len(numbers))

    shape = Shape(
        build,
        None if reader is None else number(reader.user_id),
        None
        if reader is None
        else tuple(
            (each.role, each.kind, number(each.scope_id), number(each.organisation_id))
            for each in reader.grants
        ),
        tuple(tuple(map(number, key)) if isinstance(key, tuple) else number(key) for key in ids),
        tuple(sorted(options.items())),
    )
    if len(numbers) > len(STAND_INS):
        return build(*ids, **options) if reader is None else build(reader, *ids, **options)
    return Answers(formed(shape, site_day(), ALIAS), tuple(numbers))


@lru_cache(maxsize=1024)
def formed(shape: Shape, day: date, alias: str) -> Form:
    """Build a question with stand-ins for the ids, and keep its words for this day."""

    def stand_in(number: int | None) -> UUID | None:
        return None if number is None else STAND_INS[number]

    words: list[Any] = [
        tuple(map(stand_in, key)) if isinstance(key, tuple) else stand_in(key) for key in shape.ids
    ]
    if shape.grants is not None:
        grants = (
            Grant(role, kind, stand_in(scope), stand_in(home))
            for role, kind, scope, home in shape.grants
        )
        words.insert(0, Reader(stand_in(shape.user), tuple(grants)))
    with on_day(day), connections[alias].execute_wrapper(nothing_yet):
        return Form(shape.build(*words, **dict(shape.options)), connections[alias])


def nothing_yet(*_arguments: object) -> Any:  # noqa: ANN401 - it never gives anything
    """Refuse to ask with stand-ins."""
    raise TypeError("what builds a question asks the database nothing")


def worded(rows: QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> tuple[Any, Words | None]:
    """Let Django put a question into words; there are none where nothing can be found."""
    compiler: Any = rows.query.clone().get_compiler(connection=connection)
    try:
        text, parameters = compiler.as_sql()
    except EmptyResultSet:
        return compiler, None
    return compiler, Words(text, tuple(map(placed, parameters)))
