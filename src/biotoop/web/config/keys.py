"""The secret key: given in production, made and kept on the machine elsewhere."""

import os
import secrets
from pathlib import Path

from biotoop.web.config.environment import Environment

SHORTEST = 50


def secret_key(environment: Environment, mode: str, folder: Path) -> str:
    """Give the key that signs sessions; outside production it is made at the first start."""
    given = environment.secret("BIOTOOP_SECRET_KEY", None if mode == "production" else "")
    if given:
        if len(given) < SHORTEST:
            found = f"{len(given)} characters"
            environment.fault("BIOTOOP_SECRET_KEY", found, f"at least {SHORTEST} characters")
        return given
    if mode == "production" or environment.faults:  # with a fault nothing is written anywhere
        return ""
    return kept_key(folder / "secret-key")


def old_keys(environment: Environment) -> list[str]:
    """Give the key before this one, if it is still honoured."""
    given = environment.secret("BIOTOOP_SECRET_KEY_OLD", "")
    if given and len(given) < SHORTEST:
        found = f"{len(given)} characters"
        environment.fault("BIOTOOP_SECRET_KEY_OLD", found, f"at least {SHORTEST} characters")
    return [given] if given else []


def kept_key(path: Path) -> str:
    """Read the key of this machine, or make it; whoever comes second reads the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text("utf-8")
