"""May this reader do this? Rows and verbs come from the same conditions."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from biotoop.web.shared.enums import Kind, Reach, Verb
from biotoop.web.shared.rules.asking import ask
from biotoop.web.shared.rules.matrix import matrix
from biotoop.web.shared.rules.readers import Grant, Reader
from biotoop.web.shared.rules.registry import LIMITS, known_reach, lies_within

Row = TypeVar("Row", bound=Model)
EVERYTHING = ("all", None)


def condition(reader: Reader, model: type[Model], verb: Verb) -> Q | None:
    """Give the condition on the rows with which a reader may do this; ``None`` is never.

    Whatever the file says, nobody does anything with what they cannot see, or what a limit closes.
    """
    given = granted(reader, model, verb)
    return None if given is None else given & left_open(reader, model, verb)


def left_open(reader: Reader, model: type[Model], verb: Verb) -> Q:
    """Give the condition that no limit closes a row for a reader, whatever roles they have."""
    limits = LIMITS.get((model._meta.label, verb), [])
    return reduce(and_, (limit(reader) for limit in limits), Q())


def granted(reader: Reader, model: type[Model], verb: Verb) -> Q | None:
    """Give the condition as the permission files give it."""
    wanted = extent(reader, model._meta.label, verb)
    if verb in (Verb.SEE, Verb.MAKE):
        return joined(model, wanted)
    seen = extent(reader, model._meta.label, Verb.SEE)
    if EVERYTHING in seen or wanted <= seen:
        return joined(model, wanted)
    if EVERYTHING in wanted:
        return joined(model, seen)
    both = joined(model, wanted), joined(model, seen)
    return None if None in both else Q(both[0]) & Q(both[1])


def extent(reader: Reader, label: str, verb: Verb) -> frozenset[tuple[str, UUID | None]]:
    """Give how far a reader may do this: words of reach, each with one of the ids it is about."""
    found: set[tuple[str, UUID | None]] = set()
    for grant in reader.grants:
        for word in matrix().reaches(label, grant.role, verb):
            if word == Reach.ALL or word == grant.kind == Kind.SITE:
                return frozenset({EVERYTHING})
            found |= {(word, key) for key in keys_of(word, grant, reader)}
    return frozenset(found)


def keys_of(word: str, grant: Grant, reader: Reader) -> set[UUID | None]:
    """Give the ids that a reach is about under this grant; nothing when it does not apply."""
    if word == Reach.PUBLIC:
        return {None}
    key = grant.scope_id if word == grant.kind else None
    if word in (Reach.OWN, Reach.INVOLVED):
        key = reader.user_id
    if word == Reach.PARTNERS:
        key = grant.home
    if word == Reach.HOST and grant.kind == Kind.ORGANISATION:
        key = grant.scope_id
    return {key} if key else set()


def joined(model: type[Model], extent: frozenset[tuple[str, UUID | None]]) -> Q | None:
    """Write an extent as one condition."""
    if EVERYTHING in extent:
        return Q()
    ids: dict[str, set[UUID]] = {}
    for word, key in extent:
        ids.setdefault(word, set()).update({key} if key else set())
    parts = [known_reach(model, word)(ids[word]) for word in sorted(ids)]
    return reduce(or_, parts) if parts else None


def visible(
    reader: Reader,
    model: type[Row],
    verb: Verb = Verb.SEE,
    *,
    archived: bool | None = False,
) -> QuerySet[Row]:
    """List the rows with which a reader may do this: live ones, archived ones, or (None) all."""
    rows = model._default_manager.all()
    allowed = condition(reader, model, verb)
    if allowed is None:
        return rows.none()
    if archived is not None and can_be_archived(model):
        rows = rows.filter(archived_at__isnull=not archived)
    return rows.filter(allowed)


def can_be_archived(model: type[Model]) -> bool:
    """Tell whether rows of this model can be put away."""
    try:
        model._meta.get_field("archived_at")
    except FieldDoesNotExist:
        return False
    return True


def found(
    reader: Reader,
    model: type[Row],
    pk: object,
    verb: Verb = Verb.SEE,
    *,
    among: QuerySet[Row] | Callable[[], QuerySet[Row]] | None = None,
) -> Row:
    """Give one row: hidden rows do not exist, seen rows may refuse the verb.

    What is archived exists only for who may archive it. ``among`` brings related rows along; a
    function that gives them is asked once.
    """
    row: Row | None
    if isinstance(among, QuerySet) or not isinstance(pk, UUID):
        row = seen_among(reader, pk, model=model, among=among).first()
    else:
        row = ask(seen_among, reader, pk, model=model, among=among).first()
    if row is None:
        raise Http404
    if getattr(row, "archived_at", None) is not None and not may(reader, Verb.ARCHIVE, row):
        raise Http404
    if verb != Verb.SEE and not may(reader, verb, row):
        raise PermissionDenied
    return row


def seen_among(
    reader: Reader,
    pk: object,
    *,
    model: type[Row],
    among: QuerySet[Row] | Callable[[], QuerySet[Row]] | None,
) -> QuerySet[Row]:
    """Look for one row among those that a reader sees."""
    rows = model._default_manager.all() if among is None else among
    rows, seen = rows if isinstance(rows, QuerySet) else rows(), condition(reader, model, Verb.SEE)
    return rows.none() if seen is None else rows.filter(seen, pk=pk)


def may(reader: Reader, verb: Verb, row: Model) -> bool:
    """Tell whether a reader may do this with this row."""
    return bool(allowed(reader, verb, [row]))


def allowed(reader: Reader, verb: Verb, rows: Iterable[Row]) -> set[object]:
    """Give the keys of those rows with which a reader may do this, in one query at most."""
    rows = list(rows)
    if not rows:
        return set()
    model, keys = type(rows[0]), {row.pk for row in rows}
    limits = condition(reader, model, verb)
    if limits is None:
        return set()
    if not limits:
        return keys
    if not all(isinstance(key, UUID) for key in keys):
        return set(model._default_manager.filter(limits, pk__in=keys).values_list("pk", flat=True))
    return set(ask(reached, reader, tuple(keys), model=model, verb=verb))


def reached(
    reader: Reader, keys: Iterable[UUID], *, model: type[Row], verb: Verb
) -> QuerySet[Row, UUID]:
    """Look which of these rows a reader reaches with a verb."""
    limits = condition(reader, model, verb)
    rows = model._default_manager.all()
    rows = rows.none() if limits is None else rows.filter(limits, pk__in=keys)
    return rows.values_list("pk", flat=True)


def may_make(reader: Reader, model: type[Model], kind: Kind, scope_id: UUID | None) -> bool:
    """Tell whether a reader may make such a record in this place.

    What is one's own (``OWN``) is made in no place in particular: that of the site.
    """
    around: dict[Kind, set[UUID]] = {}
    for grant in reader.grants:
        for word in matrix().reaches(model._meta.label, grant.role, Verb.MAKE):
            if word == Reach.ALL or word == grant.kind == Kind.SITE:
                return True
            if word == Reach.OWN and reader.user_id and kind == Kind.SITE:
                return True
            if word == grant.kind and grant.scope_id:
                around.setdefault(grant.kind, set()).add(grant.scope_id)
    return any(lies_within((kind, scope_id), outer, ids) for outer, ids in around.items())


def could(reader: Reader, label: str, verb: Verb) -> bool:
    """Tell whether a reader may do this with anything at all; asks the database nothing."""
    return bool(extent(reader, label, verb))
