"""Copy the database out and in, while people work: SQLite's own backup, or PostgreSQL's tools."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class DumpFailed(Exception):
    """The database could not be copied; the text says why."""


def dump(folder: Path) -> Path:
    """Copy the whole database, as it is at one moment, to a file in this folder."""
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        run_tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def load(file: Path) -> None:
    """Fill the empty database from a copy, whole or not at all."""
    if connection.vendor == "sqlite":
        load_sqlite(file)
    else:
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        run_tool("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(file))


def load_sqlite(file: Path) -> None:
    """Check the copy, and copy it page by page into the database file."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source:
        [found] = source.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise DumpFailed(str(found))
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as target:
            source.backup(target)


def is_empty() -> bool:
    """Tell whether the database holds no table at all."""
    return not connection.introspection.table_names()


def run_tool(name: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL; the password travels in the environment, where none can see it."""
    program = shutil.which(name)
    if program is None:
        reason = f"{name} is missing; on Debian: apt-get install postgresql-client"
        raise DumpFailed(reason)
    given = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    place = {variable: str(given[key]) for key, variable in names.items() if given[key]}
    place["PGDATABASE"] = str(given["NAME"])
    if "sslmode" in given["OPTIONS"]:
        place["PGSSLMODE"] = str(given["OPTIONS"]["sslmode"])
    done = subprocess.run(  # noqa: S603 - a named tool, our own arguments
        [program, *arguments],
        env=os.environ | place,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DumpFailed(f"{name}: {done.stderr.strip()}")
