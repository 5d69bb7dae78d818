"""Databases and running workplaces for the tests of the workplace."""

import importlib
import os
import uuid
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from web.running import Workplace

guards = importlib.import_module("biotoop.web.shared.migrations.0002_guard_the_audit_trail")
LIFTED = pytest.StashKey()
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


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


@pytest.fixture
def database_url(tmp_path: Path):
    """Give the address of a database of its own, of the kind that this run is about."""
    if not ON_POSTGRESQL:
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    given, name = os.environ["DATABASE_URL"], f"own_{uuid.uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"{given.rpartition('/')[0]}/{name}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
