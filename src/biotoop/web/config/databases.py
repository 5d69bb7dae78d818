"""Turn DATABASE_URL into Django's database settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from biotoop.web.config.environment import Environment

POSTGRESQL = {"postgres", "postgresql"}
# What may follow the question mark of a PostgreSQL address.
POSTGRESQL_OPTIONS = {"sslmode", "sslrootcert", "connect_timeout", "application_name", "options"}
# WAL: readers never wait for a writer. FULL: an acknowledged answer survives a power cut.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
)


def database(environment: Environment, folder: Path) -> dict[str, Any]:
    """Give the settings of the one database, or write down why the address cannot be used."""
    address = environment.secret("DATABASE_URL", f"sqlite:///{folder / 'biotoop.sqlite3'}")
    scheme = address.partition(":")[0]
    if scheme == "sqlite":
        return sqlite(environment, address)
    if scheme in POSTGRESQL:
        return postgresql(environment, address)
    environment.fault("DATABASE_URL", f"an address of the kind {scheme!r}", "sqlite, postgresql")
    return {}


def sqlite(environment: Environment, address: str) -> dict[str, Any]:
    """Give settings for an SQLite file: durable, and a write transaction starts as one."""
    name = unquote(address.removeprefix("sqlite:///"))
    if not address.startswith("sqlite:///") or not name or "?" in name:
        environment.fault("DATABASE_URL", "an SQLite address", "sqlite:///path/to/file")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
    }


def postgresql(environment: Environment, address: str) -> dict[str, Any]:
    """Give settings for PostgreSQL; the password never stands in a message."""
    allowed = "postgresql://user:password@host:port/name"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        environment.fault("DATABASE_URL", "an address that cannot be read", allowed)
        return {}
    options = dict(parse_qsl(parts.query))
    unknown = sorted(set(options) - POSTGRESQL_OPTIONS)
    if unknown:
        known = ", ".join(sorted(POSTGRESQL_OPTIONS))
        environment.fault("DATABASE_URL", "the options " + ", ".join(unknown), known)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        environment.fault("DATABASE_URL", "an address without the name of a database", allowed)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5} | options,
    }
