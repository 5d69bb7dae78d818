"""The locks are complete, hashed, and name no place to fetch from."""

import re
import tomllib

import pytest

from architecture.tree import ROOT

LOCKS = ["uv.txt", "app.txt", "databases.txt", "test.txt", "bench.txt"]
REQUIREMENTS = ROOT / "requirements"


def locked(name: str) -> dict[str, str]:
    """Read a lock: every package with its version."""
    text = (REQUIREMENTS / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)", text, re.MULTILINE))


def asked_for(*groups: str) -> set[str]:
    """Read from pyproject.toml the packages that the product and these groups ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wishes = list(project["project"]["dependencies"])
    for group in groups:
        wishes += project["dependency-groups"][group]
    return {re.split(r"[^A-Za-z0-9._-]", wish)[0].lower() for wish in wishes}


@pytest.mark.parametrize("name", [path.name for path in sorted(REQUIREMENTS.iterdir())])
def test_no_requirements_file_names_an_address(name):
    text = (REQUIREMENTS / name).read_text("utf-8")

    assert re.findall(r"://|--index|--find-links|--trusted-host", text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(name):
    text = (REQUIREMENTS / name).read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())

    unhashed = [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block]

    assert unhashed == []
    assert len(blocks) == len(locked(name))


def test_the_locks_hold_what_the_project_asks_for():
    assert asked_for("build") <= set(locked("app.txt"))
    assert asked_for("build", "test") <= set(locked("test.txt"))
    assert asked_for("build", "test", "bench") <= set(locked("bench.txt"))


@pytest.mark.parametrize("name", ["databases.txt", "test.txt", "bench.txt"])
def test_tests_and_benchmarks_run_on_the_versions_of_the_app(name):
    assert locked("app.txt").items() <= locked(name).items()
