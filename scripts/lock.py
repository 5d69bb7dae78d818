"""Refresh the lock files in requirements/ from pyproject.toml.

    .venv/bin/python scripts/lock.py             # add what pyproject.toml newly asks for
    .venv/bin/python scripts/lock.py --upgrade   # and take the newest of everything

Every lock holds names, versions and hashes, for all platforms, and no address: whoever installs
uses the package index of their own machine. Each version must work on the oldest Python that
we support.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    # The installer itself: start.py gives it to pip.
    "uv.txt": ["requirements/uv.in"],
    "app.txt": ["pyproject.toml", "--group", "build"],
    # The app with what reaches other databases.
    "databases.txt": ["pyproject.toml", "--extra", "databases", "--group", "build"],
    "test.txt": ["pyproject.toml", "--group", "build", "--group", "test"],
    "bench.txt": ["pyproject.toml", "--group", "build", "--group", "test", "--group", "bench"],
}
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-header",
    "--no-config",
    "--quiet",
]


def lock(name: str, sources: list[str], *extra: str) -> None:
    """Write one lock; whatever the app's lock holds already keeps its version in the others."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *sources, *OPTIONS, *extra]
    if name in {"databases.txt", "test.txt", "bench.txt"}:
        command += ["--constraint", "requirements/app.txt"]
    subprocess.run([*command, "--output-file", f"requirements/{name}"], cwd=ROOT, check=True)


def main() -> None:
    """Write all locks."""
    parser = argparse.ArgumentParser(description="Refresh the lock files in requirements/.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    extra = ["--upgrade"] if parser.parse_args().upgrade else []
    for name, sources in LOCKS.items():
        lock(name, sources, *extra)


if __name__ == "__main__":
    main()
