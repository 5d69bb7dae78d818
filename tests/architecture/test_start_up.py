"""Importing the package costs nothing that the reader would notice."""

import os
import statistics
import subprocess
import sys

from architecture.tree import SOURCE

TIMED = """
import sys, time
before = set(sys.modules)
start = time.perf_counter()
import biotoop
print(time.perf_counter() - start, len(set(sys.modules) - before))
"""


def measure() -> tuple[float, int]:
    """Import the package in a Python of its own: seconds, and modules loaded."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", TIMED], env=environment, capture_output=True, text=True, check=True
    )
    seconds, modules = done.stdout.split()
    return float(seconds), int(modules)


def test_importing_biotoop_takes_less_than_three_tenths_of_a_second():
    measured = [measure() for _ in range(5)]

    assert statistics.median(seconds for seconds, _ in measured) < 0.3


def test_importing_biotoop_loads_no_other_module():
    _, modules = measure()

    assert modules == 1
