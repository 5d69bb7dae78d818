"""The empty database after all migrations, kept beside other passing files for the next run.

Migrating takes longer than many tests together. SQLite only: on PostgreSQL, and wherever a test
starts a workplace of its own, each database is still migrated from nothing.
"""

import getpass
import hashlib
import sqlite3
import tempfile
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created


def kept_at() -> Path:
    """Name the file after everything that makes its content."""
    seen = hashlib.sha256(
        f"{django.__version__} {sqlite3.sqlite_version} {getpass.getuser()}".encode()
    )
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted(Path(app.path).glob("**/*.py")):
            if path.parent.name in ("migrations", "models") or path.name == "models.py":
                seen.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"biotoop-migrated-{seen.hexdigest()[:24]}.sqlite3"


def fill() -> None:
    """Lay the kept tables in the test database as soon as it is there, if they were kept."""
    kept = kept_at()
    if connection.vendor != "sqlite" or not kept.is_file():
        return

    def on_connected(connection, **_):
        connection_created.disconnect(dispatch_uid="migrated")
        with sqlite3.connect(kept) as source:
            source.backup(connection.connection)
        source.close()

    connection_created.connect(on_connected, weak=False, dispatch_uid="migrated")


def keep() -> None:
    """Keep the tables for the next run; two workers at once end with one whole file."""
    kept = kept_at()
    if connection.vendor != "sqlite" or kept.is_file():
        return
    connection.ensure_connection()
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        made = Path(folder) / kept.name
        with sqlite3.connect(made) as target:
            connection.connection.backup(target)
        target.close()
        made.replace(kept)
