"""DATABASE_URL is read, or refused with a reason that tells no password."""

import pytest
from django.db import connection

from biotoop.web.config.databases import database
from biotoop.web.config.environment import Environment
from web.running import Workplace


def read(tmp_path, address: str | None):
    values = {} if address is None else {"DATABASE_URL": address}
    environment = Environment(values=values)
    return database(environment, tmp_path), environment.faults


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path):
    found, faults = read(tmp_path, None)

    assert faults == []
    assert found["NAME"] == str(tmp_path / "biotoop.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_postgresql_keeps_signs_that_were_escaped(tmp_path):
    found, faults = read(
        tmp_path, "postgresql://j%40n:p%2Fw%3A@db.example:6432/bio?sslmode=require"
    )

    assert faults == []
    assert (found["USER"], found["PASSWORD"]) == ("j@n", "p/w:")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "bio")
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:geheim@h/n",
        "postgresql://u:geheim@h:port/n",
        "postgresql://u:geheim@h/",
        "postgresql://u:geheim@h/n?sslmod=require",
        "sqlite://relative",
        "sqlite:///",
        "nonsense",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(tmp_path, address):
    _, faults = read(tmp_path, address)

    assert len(faults) == 1
    assert faults[0].startswith("DATABASE_URL: found ")
    assert "geheim" not in faults[0]


def test_sqlite_is_durable_and_waits_for_its_turn(tmp_path):
    place = Workplace(tmp_path, f"sqlite:///{tmp_path / 'own.sqlite3'}")
    names = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
    script = (
        "from django.db import connection as c; k = c.cursor();"
        f"print([k.execute('PRAGMA ' + name).fetchone()[0] for name in {names}])"
    )

    printed = place.command("shell", "--no-imports", "-c", script)

    assert "['wal', 2, 1, 20000]" in printed.stdout, printed.stderr


def test_a_request_opens_no_transaction_of_its_own():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
