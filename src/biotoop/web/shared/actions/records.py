"""Change records without losing what another wrote; put them away, and back."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from biotoop.web.shared.actions.audit import record as write_down
from biotoop.web.shared.models.records import Record

Row = TypeVar("Row", bound=Record)
WORK = "work"


class Refused(Exception):
    """What was asked cannot be done; the message says why, and what can."""


class Stale(Exception):
    """Another changed the record in the meantime; both texts are here, nothing was written."""

    def __init__(self, record: Record, differing: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__(str(record))
        self.record = record
        self.differing = differing  # by field: what stands there now, and what was to be written


def noted(record: Record, act: str, by: UUID | None, purpose: str = WORK) -> None:
    """Write an act on a record in the audit trail."""
    kind = record._meta.label_lower
    write_down(action=act, purpose=purpose, actor=by, object_kind=kind, object_id=record.pk)


def check(record: Record) -> None:
    """Refuse what the tables would refuse; a column that may be empty may be empty here."""
    fields = record._meta.concrete_fields
    empty = {f.name for f in fields if f.null and getattr(record, f.attname) is None}
    record.full_clean(exclude=empty)


def keep(record: Row, *, by: UUID | None, purpose: str = WORK) -> Row:
    """Write a new record."""
    with transaction.atomic():
        check(record)
        record.save(force_insert=True)
        noted(record, "made", by, purpose)
    return record


def change(
    record: Row,
    values: Mapping[str, Any],
    *,
    edition: int,
    by: UUID | None,
    purpose: str = WORK,
) -> Row:
    """Change a record, if it still is the edition that the reader saw.

    When somebody changed it and wrote other things, nothing is written and ``Stale`` tells both.
    """
    with transaction.atomic():
        now_there = type(record)._default_manager.select_for_update().get(pk=record.pk)
        differing = {
            name: (getattr(now_there, name), value)
            for name, value in values.items()
            if getattr(now_there, name) != value
        }
        if not differing:
            return now_there
        if now_there.edition != edition:
            raise Stale(now_there, differing)
        for name, (_, value) in differing.items():
            setattr(now_there, name, value)
        now_there.edition += 1
        check(now_there)
        now_there.save()
        noted(now_there, "changed", by, purpose)
    return now_there


def put_away(record: Record, *, by: UUID | None, purpose: str = WORK) -> None:
    """Archive a record: it is gone from every list, and can be put back."""
    set_away(record, away=True, by=by, purpose=purpose)


def put_back(record: Record, *, by: UUID | None, purpose: str = WORK) -> None:
    """Undo that a record was archived."""
    set_away(record, away=False, by=by, purpose=purpose)


def set_away(record: Record, *, away: bool, by: UUID | None, purpose: str) -> None:
    """Archive or not; what is so already stays so, without an entry."""
    with transaction.atomic():
        rows = type(record)._default_manager.filter(pk=record.pk, archived_at__isnull=away)
        if rows.update(archived_at=now() if away else None, changed_at=now()):
            noted(record, "archived" if away else "put_back", by, purpose)
