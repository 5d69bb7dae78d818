"""Databases and running workplaces for the tests of the workplace."""

import importlib
import os
import uuid
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from web import migrated
from web.running import Workplace

guards = importlib.import_module("biotoop.web.shared.migrations.0002_guard_the_audit_trail")
LIFTED = pytest.StashKey()
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep tests that start processes of their own for the long run and the one on PostgreSQL."""
    for item in items:
        if "workplace" in getattr(item, "fixturenames", ()):
            item.add_marker("server")
        if item.get_closest_marker("server"):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):  # noqa: ARG001 - it comes first
    """Lay the tables of an earlier run in the test database, where they are the same."""
    migrated.fill()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 - it comes first
    """Keep the tables for the next run."""
    with django_db_blocker.unblock():
        migrated.keep()


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path, settings):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def committed(request, transactional_db, django_db_blocker):  # noqa: ARG001 - it must be there
    """Give a database with real transactions; the guards go off at the end, to empty it."""
    yield
    run_all(guards.unguard(connection.vendor))
    request.node.stash[LIFTED] = django_db_blocker


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Put the guards back when the database has been emptied; after the last test it is gone."""
    result = yield
    if LIFTED in item.stash and nextitem is not None:
        with item.stash[LIFTED].unblock():
            run_all(guards.guard(connection.vendor))
    return result


def run_all(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def databases(folder: Path):
    """Give addresses of databases of their own, of the kind that this run is about."""
    made: list[str] = []

    def make() -> str:
        name = f"own_{uuid.uuid4().hex}"
        if not ON_POSTGRESQL:
            return f"sqlite:///{folder / name}.sqlite3"
        made.append(name)
        on_server(f"CREATE DATABASE {name}")
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"

    try:
        yield make
    finally:
        for name in made:
            on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def make_database(tmp_path: Path):
    with databases(tmp_path) as make:
        yield make


def on_server(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


@pytest.fixture
def database_url(make_database) -> str:
    return make_database()


@pytest.fixture
def workplace(tmp_path: Path, database_url: str):
    """Give a workplace of its own, to run commands in and to serve."""
    place = Workplace(tmp_path / "data", database_url)
    yield place
    place.end()


@pytest.fixture
def in_production(settings):
    settings.DEBUG = False


assert settings.MODE == "development"
