"""Whoever started with the first version comes to this one with everything they had."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FIRST = [("shared", "0001_first_tables"), ("accounts", "0001_first_tables")]
FILL = """
from datetime import datetime, UTC
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
first = [(app, "0001_first_tables") for app in ("shared", "accounts")]
state = executor.loader.project_state(first)
get = state.apps.get_model
user = get("accounts", "User").objects.create(email="fatma@example.org", name="Fatma", password="!")
get("accounts", "SecondFactor").objects.create(user=user, sealed_secret="sealed", last_step=5)
day = datetime(2026, 1, 2, tzinfo=UTC)
entries = get("shared", "AuditEntry").objects
entries.create(actor=user.id, action="joined", purpose="test", at=day)
get("shared", "Job").objects.create(task="a.b", arguments={"args": [], "kwargs": {"n": 1}}, key="k")
"""
LOOK = """
from biotoop.web.accounts.models import User
from biotoop.web.shared.models import AuditEntry, Job
from django.db import DatabaseError, connection
user, entry, job = User.objects.get(), AuditEntry.objects.get(), Job.objects.get()
print(user.email, user.second_factor.last_step, entry.actor == user.id)
print(entry.at.date(), job.arguments["kwargs"])
try:
    connection.cursor().execute("DELETE FROM shared_auditentry")
except DatabaseError as refused:
    print(refused)
"""


def test_a_workplace_of_the_first_version_comes_to_this_one_with_its_data(workplace):
    for app in ("shared", "accounts"):
        begun = workplace.command("migrate", app, "0001", "-v0")
        assert begun.returncode == 0, begun.stderr
    filled = workplace.command("shell", "--no-imports", "-c", FILL)
    assert filled.returncode == 0, filled.stderr

    upgraded = workplace.command("migrate", "-v0")
    found = workplace.command("shell", "--no-imports", "-c", LOOK)

    assert upgraded.returncode == 0, upgraded.stderr
    assert "fatma@example.org 5 True" in found.stdout, found.stderr
    assert "2026-01-02 {'n': 1}" in found.stdout
    assert "can only be added to" in found.stdout


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same():
    call_command(
        "makemigrations",
        "shared",
        "accounts",
        "organisations",
        "programmes",
        "theories",
        check=True,
        dry_run=True,
        verbosity=0,
    )


@pytest.mark.server
@pytest.mark.usefixtures("committed")
def test_every_migration_of_ours_can_be_taken_back_and_done_again():
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST)
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate(leaves)

    assert MigrationExecutor(connection).migration_plan(leaves) == []
