"""The audit trail only grows, and every touch of it shows."""

import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from biotoop.web.shared.actions import audit
from biotoop.web.shared.models import AppendOnly, AuditEntry, AuditSeal
from web.conftest import guards

pytestmark = pytest.mark.django_db
PERSON = uuid.UUID(int=7)


def write(count: int) -> list[AuditEntry]:
    return [
        audit.record(
            actor=PERSON,
            action=f"read_{n}",
            purpose="research",
            object_kind="study",
            object_id=uuid.uuid4(),
        )
        for n in range(count)
    ]


@pytest.fixture
def sealed() -> list[AuditEntry]:
    """Give six entries in two seals."""
    first = write(3)
    audit.seal()
    second = write(3)
    audit.seal()
    return first + second


@pytest.fixture
def intruder(sealed):  # noqa: ARG001 - there must be something to touch
    """Give somebody with full access to the database, who lifts the guards first."""

    def run(statement: str, *values) -> None:
        with connection.cursor() as cursor:
            for lifted in guards.unguard(connection.vendor):
                cursor.execute(lifted)
            cursor.execute(statement, values)

    return run


def test_an_entry_tells_who_what_when_why_and_which_object_and_no_content():
    [entry] = write(1)

    fields = {field.name for field in AuditEntry._meta.get_fields()}
    assert fields == {"id", "at", "actor", "action", "purpose", "object_kind", "object_id"}
    assert entry.at is not None


@pytest.mark.parametrize("act", ["save", "delete", "update", "delete all", "bulk_update"])
def test_the_model_refuses_every_change(act):
    [entry] = write(1)
    rows = AuditEntry.objects.all()
    acts = {
        "save": entry.save,
        "delete": entry.delete,
        "update": lambda: rows.update(action="other"),
        "delete all": rows.delete,
        "bulk_update": lambda: rows.bulk_update([entry], ["action"]),
    }

    with pytest.raises(AppendOnly):
        acts[act]()


@pytest.mark.parametrize("table", guards.TABLES)
@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
@pytest.mark.usefixtures("sealed")
def test_the_database_itself_refuses_every_change(table, verb):
    truncate = f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}"
    statement = {
        "update": f"UPDATE {table} SET at = at",
        "delete": f"DELETE FROM {table}",
        "truncate": truncate,
    }[verb]

    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
        connection.cursor().execute(statement)


def test_past_the_model_the_database_still_refuses():
    write(1)

    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
        QuerySet.update(AuditEntry.objects.all(), action="other")


def test_seals_form_a_chain_over_all_entries(sealed):
    write(2)

    first, second = AuditSeal.objects.order_by("id")
    verdict = audit.verify()

    assert second.previous == first.digest
    assert (first.first, second.last) == (sealed[0].id, sealed[-1].id)
    assert (verdict.sealed, verdict.unsealed, verdict.faults) == (6, 2, ())
    assert verdict.head == second.digest


def test_with_nothing_new_there_is_nothing_to_seal(sealed):  # noqa: ARG001
    assert audit.seal() is None
    assert AuditSeal.objects.count() == 2


@pytest.mark.parametrize(
    "change", ["action = 'nothing'", "actor = NULL", "object_id = NULL", "purpose = ''"]
)
def test_a_changed_entry_shows_which_batch(intruder, sealed, change):
    intruder(f"UPDATE shared_auditentry SET {change} WHERE id = %s", sealed[4].id)

    [fault] = audit.verify().faults
    assert f"seal {AuditSeal.objects.last().id}: entries {sealed[3].id} to {sealed[5].id}" in fault


def test_an_entry_that_was_taken_away_shows(intruder, sealed):
    intruder("DELETE FROM shared_auditentry WHERE id = %s", sealed[1].id)

    [fault] = audit.verify().faults
    assert "2 entries, where 3 were sealed" in fault


def test_an_entry_slipped_in_between_shows(intruder, sealed):
    intruder("UPDATE shared_auditentry SET id = id + 100 WHERE id >= %s", sealed[3].id)
    intruder_entry = AuditEntry(id=sealed[3].id + 50, action="slipped_in", purpose="x")
    intruder_entry.save()

    assert len(audit.verify().faults) >= 1


def test_a_rewritten_seal_breaks_the_chain(intruder, sealed):
    first = AuditSeal.objects.first()
    intruder("UPDATE shared_auditentry SET action = 'nothing' WHERE id = %s", sealed[0].id)
    forged, _ = audit.digest(
        first.previous, AuditEntry.objects.filter(id__lte=first.last).order_by("id")
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shared_auditseal SET digest = %s WHERE id = %s", [forged, first.id])

    assert any("the seal before it" in fault for fault in audit.verify().faults)


def test_taking_the_last_seals_away_shows_to_who_kept_the_head(intruder, sealed):
    head = audit.verify().head
    intruder("DELETE FROM shared_auditseal WHERE last = %s", sealed[-1].id)

    assert audit.verify().faults == ()
    assert head in audit.verify(head).faults[0]


def test_the_command_tells_that_the_trail_is_whole_or_fails(intruder, sealed, capsys):
    call_command("audit", "verify")
    assert "Whole: 6 entries sealed" in capsys.readouterr().out

    intruder("DELETE FROM shared_auditentry WHERE id = %s", sealed[0].id)

    with pytest.raises(CommandError, match="tampered"):
        call_command("audit", "verify")
