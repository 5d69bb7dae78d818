"""`start.py demo` runs the workplace, and stops it cleanly."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from architecture.tree import ROOT
from web.running import Workplace

# The end of the demo, after the study: serve on a port, with the data in a folder of the test.
SERVE = """
import pathlib, sys, start
start.PYTHON = pathlib.Path(sys.executable)
start.WORKPLACE["BIOTOOP_DATA"] = sys.argv[2]
raise SystemExit(start.serve(int(sys.argv[1])))
"""


@pytest.fixture
def place(tmp_path):
    """Give an eye on the workplace that the script starts."""
    watched = Workplace(tmp_path, "not used")
    yield watched
    watched.end()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_to_the_script_stops_server_and_worker(place, number):
    environment = {k: v for k, v in place.environment.items() if k != "DATABASE_URL"}
    with place.log.open("w", encoding="utf-8") as log:
        script = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(place.port), str(place.data)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    place.running.append(script)
    place.wait_for(lambda: place.get("/health/ready")[0] == 200)

    script.send_signal(number)

    assert script.wait(timeout=40) == 0
    assert place.get("/health/live")[0] == 0
    assert (place.data / "biotoop.sqlite3").is_file()


def test_a_port_that_is_taken_is_named_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, str(ROOT / "start.py"), "demo", "--port", str(port)],
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert refused.returncode == 2
    assert f"Port {port} is taken" in refused.stderr
    assert refused.stdout == ""
