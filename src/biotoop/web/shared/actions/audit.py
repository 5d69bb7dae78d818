"""Write the audit trail, seal it in batches, and find out whether somebody touched it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from uuid import UUID

import attrs
from django.db import connection, transaction

from biotoop.web.shared.models import AuditEntry, AuditSeal
from biotoop.web.shared.queries import entries_after, last_seal

BEFORE_THE_FIRST = "0" * 64


@attrs.frozen(kw_only=True)
class Verdict:
    """What a check of the trail found; without faults every sealed entry is as it was written."""

    sealed: int
    unsealed: int
    head: str
    faults: tuple[str, ...]


def record(
    *,
    action: str,
    purpose: str,
    actor: UUID | None = None,
    object_kind: str = "",
    object_id: UUID | None = None,
) -> AuditEntry:
    """Write down one act, in the transaction of the act itself."""
    return AuditEntry.objects.create(
        actor=actor,
        action=action,
        purpose=purpose,
        object_kind=object_kind,
        object_id=object_id,
    )


def digest(previous: str, entries: Iterable[AuditEntry]) -> tuple[str, int]:
    """Hash a batch together with the seal before it; give the digest and the number of entries."""
    running, count = hashlib.sha256(previous.encode()), 0
    for entry in entries:
        running.update(written(entry).encode() + b"\n")
        count += 1
    return running.hexdigest(), count


def written(entry: AuditEntry) -> str:
    """Write an entry in the one form that is hashed."""
    fields = {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(entry.actor or ""),
        "action": entry.action,
        "purpose": entry.purpose,
        "object_kind": entry.object_kind,
        "object_id": str(entry.object_id or ""),
    }
    return json.dumps(fields, sort_keys=True, ensure_ascii=True)


def seal() -> AuditSeal | None:
    """Close the entries since the last seal in one batch; nothing new gives no seal."""
    with transaction.atomic():
        wait_for_writers()
        before = last_seal()
        previous, last = (before.digest, before.last) if before else (BEFORE_THE_FIRST, 0)
        entries = list(entries_after(last))
        if not entries:
            return None
        sealed, count = digest(previous, entries)
        return AuditSeal.objects.create(
            first=entries[0].id,
            last=entries[-1].id,
            count=count,
            previous=previous,
            digest=sealed,
        )


def wait_for_writers() -> None:
    """Let open transactions finish: a number given out is then either written or never will be."""
    if connection.vendor == "postgresql":
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table) for model in (AuditEntry, AuditSeal)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def verify(expected_head: str | None = None) -> Verdict:
    """Recompute every seal; name each batch that is not what was sealed."""
    faults, previous, last, sealed = [], BEFORE_THE_FIRST, 0, 0
    for mark in AuditSeal.objects.order_by("id"):
        if mark.previous != previous:
            faults.append(f"seal {mark.id}: the seal before it is not the one that it names")
        entries = entries_after(last).filter(id__lte=mark.last)
        found, count = digest(mark.previous, entries.iterator())
        if count != mark.count:
            faults.append(f"seal {mark.id}: {count} entries, where {mark.count} were sealed")
        elif found != mark.digest:
            faults.append(f"seal {mark.id}: entries {mark.first} to {mark.last} were changed")
        previous, last, sealed = mark.digest, mark.last, sealed + count
    known = AuditSeal.objects.filter(digest=expected_head).exists()
    if expected_head and not known:
        faults.append(f"no seal has the digest {expected_head}: seals were taken away or rewritten")
    unsealed = entries_after(last).count()
    return Verdict(sealed=sealed, unsealed=unsealed, head=previous, faults=tuple(faults))
