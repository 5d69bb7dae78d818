"""From nothing to a report, and again without a network."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest

from architecture.tree import ROOT, ours

# An index where nothing answers, for pip and for uv.
NOWHERE = "localhost:9"
NO_NETWORK = {
    "PIP_NO_INDEX": "1",
    "UV_OFFLINE": "1",
    "HTTP_PROXY": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Copy our files, and nothing that an earlier installation left."""
    folder = tmp_path_factory.mktemp("fresh") / "a folder with spaces"
    for path in ours():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return folder


def demo(checkout, **environment):
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "start.py", "demo", "--no-serve"],
        cwd=checkout,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done, time.perf_counter() - started


@pytest.mark.slow
def test_the_demo_installs_runs_the_study_and_starts_again_without_a_network(checkout):
    first, _ = demo(checkout)
    second, seconds = demo(checkout, **NO_NETWORK)

    assert first.returncode == 0, first.stdout + first.stderr
    assert second.returncode == 0, second.stdout + second.stderr
    assert seconds < 60
    assert (checkout / "out" / "nsw" / "findings.json").is_file()
    assert ".html" in second.stdout
    assert ".pdf" in second.stdout


@pytest.mark.slow
def test_the_notebook_example_of_the_readme_prints_what_it_says(tmp_path):
    shutil.copytree(ROOT / "examples" / "nsw", tmp_path / "examples" / "nsw")
    readme = (ROOT / "README.md").read_text("utf-8")
    [example] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= 2
