"""Let the database itself refuse changes to what was published."""

from typing import Any, ClassVar

from django.db import migrations

TABLE = "knowledge_release"
SQLITE = f"""
CREATE TRIGGER {TABLE}_stays BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'a published release does not change'); END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a published release does not change' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = f"""
CREATE TRIGGER {TABLE}_stays BEFORE UPDATE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION released_stays()
"""


def set_up(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - Django's signature
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)
        return
    editor.execute(POSTGRESQL_FUNCTION)
    editor.execute(POSTGRESQL)


def take_away(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - Django's signature
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER {TABLE}_stays")
        return
    editor.execute(f"DROP TRIGGER {TABLE}_stays ON {TABLE}")
    editor.execute("DROP FUNCTION released_stays()")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("knowledge", "0001_first_tables")]
    operations: ClassVar = [migrations.RunPython(set_up, take_away)]
