"""What apps say of their own rows: which lie in a place, and which are somebody's own."""

from collections.abc import Callable, Collection
from functools import partial
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q

from biotoop.web.shared.enums import Kind, Reach, Verb
from biotoop.web.shared.rules.readers import Reader
from biotoop.web.shared.rules.written import asked

Condition = Callable[[Collection[UUID]], Q]
Limit = Callable[[Reader], Q]
Place = tuple[Kind, UUID | None]

REACHES: dict[tuple[str, str], Condition] = {}
LIMITS: dict[tuple[str, Verb], list[Limit]] = {}
PLACES: dict[Kind, type[Model]] = {}
# Several organisations take part in these, so that they lie within none of them.
SHARED = {Kind.PARTNERSHIP, Kind.CLUSTER}


def reach(model: type[Model], how: Kind | Reach) -> Callable[[Condition], Condition]:
    """Say which rows of a model lie within places of a kind, or are one's own.

    The condition is combined with others by "or": follow foreign keys forward, or name a
    subquery (``pk__in``), so that no row comes twice. ``OWN`` gets the id of the person,
    ``PARTNERS`` those of the organisations of the role, ``PUBLIC`` none.
    """

    def keep(condition: Condition) -> Condition:
        REACHES[model._meta.label, how.value] = condition
        return condition

    return keep


def limit(model: type[Model], *verbs: Verb) -> Callable[[Limit], Limit]:
    """Say which rows stay open to a reader, whatever else the permission files give.

    A role in a place can reach rows that an agreement must open as well. Limits only take away.
    """

    def keep(condition: Limit) -> Limit:
        for verb in verbs:
            LIMITS.setdefault((model._meta.label, verb), []).append(condition)
        return condition

    return keep


def place(kind: Kind, model: type[Model]) -> None:
    """Say what the places of a kind are."""
    PLACES[kind] = model


def known_reach(model: type[Model], word: str) -> Condition:
    """Give the condition that was registered, as it was written out."""
    try:
        return partial(asked, REACHES[model._meta.label, word])
    except KeyError as missing:
        text = f"{model._meta.label}: no rule says what lies within reach '{word}'"
        raise ImproperlyConfigured(text) from missing


def lies_within(inner: Place, outer: Kind, ids: Collection[UUID]) -> bool:
    """Tell whether a place is one of these, or lies inside one of these."""
    kind, scope_id = inner
    if scope_id is None or not ids:
        return False
    if kind == outer:
        return scope_id in ids
    if kind in SHARED:
        return False
    model = PLACES.get(kind)
    if model is None or (model._meta.label, outer.value) not in REACHES:
        return False
    inside = known_reach(model, outer.value)(ids)
    return model._default_manager.filter(inside, pk=scope_id).exists()
