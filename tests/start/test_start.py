"""`start.py` says what is in the way, and stops when asked."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from types import ModuleType

import pytest

from architecture.tree import ROOT

SLOW_PROGRAM = """
import time
try:
    print('running', flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.5)
    print('tidied up', flush=True)
"""


@pytest.fixture
def start() -> ModuleType:
    """Load the script as a module of its own."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "start.py"), *arguments],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_without_a_verb_it_shows_both():
    shown = run()

    assert shown.returncode == 2
    assert "demo" in shown.stderr
    assert "test" in shown.stderr


def test_what_follows_test_goes_to_pytest_in_the_order_it_was_given(start):
    words = ["-k", "glossary", "tests/architecture", "-n", "2", "--lf"]

    assert start.asked(["test", *words]).arguments == words


def test_an_option_that_the_demo_does_not_know_is_refused():
    refused = run("demo", "--prot", "8000")

    assert refused.returncode == 2
    assert "--prot" in refused.stderr


def test_a_python_that_is_too_old_is_refused_with_what_is_needed(start, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))

    with pytest.raises(start.CannotStart, match=r"Python 3\.11"):
        start.check_python()


def test_a_python_without_venv_names_the_debian_package(start, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # noqa: ARG005

    with pytest.raises(start.CannotStart, match="python3-venv"):
        start.check_python()


def test_in_ci_a_missing_program_is_an_error_that_names_its_package(tmp_path):
    refused = run("test", CI="true", PATH=str(tmp_path))

    assert refused.returncode == 2
    assert "poppler-utils" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_elsewhere_a_missing_program_is_only_mentioned(start, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)

    start.check_programs()

    assert "poppler-utils" in capsys.readouterr().out


def test_a_changed_lock_makes_the_installation_stale(start, monkeypatch, tmp_path):
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/uv.txt", "requirements/app.txt", "pyvenv.cfg"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    start.stamp("app").write_text(start.fingerprint("app"))
    before = start.is_installed("app")

    (tmp_path / "requirements/app.txt").write_text("numpy==1")

    assert before
    assert not start.is_installed("app")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal to a group of processes")
def test_ctrl_c_lets_a_running_program_end_by_itself():
    script = f"import start, sys; start.run(sys.executable, '-c', {SLOW_PROGRAM!r})"
    command = [sys.executable, "-c", script]
    running = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert running.stdout.readline() == b"running\n"

    time.sleep(0.2)  # until start.py itself waits for the program
    os.killpg(running.pid, signal.SIGINT)

    output, _ = running.communicate(timeout=20)
    assert output == b"tidied up\n"
