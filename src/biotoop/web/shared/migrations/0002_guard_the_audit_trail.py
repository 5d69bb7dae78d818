"""Let the database itself refuse changes to the audit trail."""

from typing import Any, ClassVar

from django.db import migrations

TABLES = ("shared_auditentry", "shared_auditseal")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the audit trail can only be added to'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail can only be added to' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
"""


def guard(vendor: str) -> list[str]:
    """Give the statements that set the guards up."""
    if vendor == "sqlite":
        verbs = ("UPDATE", "DELETE")
        return [SQLITE.format(table=table, verb=verb) for table in TABLES for verb in verbs]
    return [POSTGRESQL_FUNCTION, *(POSTGRESQL.format(table=table) for table in TABLES)]


def unguard(vendor: str) -> list[str]:
    """Give the statements that take the guards away."""
    if vendor == "sqlite":
        verbs = ("UPDATE", "DELETE")
        return [f"DROP TRIGGER {table}_no_{verb}" for table in TABLES for verb in verbs]
    dropped = [f"DROP TRIGGER {table}_only_grows ON {table}" for table in TABLES]
    return [*dropped, "DROP FUNCTION audit_only_grows()"]


def set_up(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - Django's signature
    for statement in guard(editor.connection.vendor):
        editor.execute(statement)


def take_away(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - Django's signature
    for statement in unguard(editor.connection.vendor):
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("shared", "0001_first_tables")]
    operations: ClassVar = [migrations.RunPython(set_up, take_away)]
