"""The workplace starts with one command, and stops cleanly."""

import json
import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest

from web.running import Workplace

NOBODY_LISTENS = "postgresql://nobody@127.0.0.1:9/none"


def test_one_command_brings_up_web_and_worker_and_a_signal_takes_both_down(workplace):
    process = workplace.serve()
    workplace.wait_for(lambda: workplace.get("/health/ready")[0] == 200)
    page = workplace.get("/")[1]
    style = re.search(r"/static/shared/look\.[0-9a-f]{12}\.css", page).group()
    styled = workplace.get(style)

    process.send_signal(signal.SIGINT)
    said = workplace.ended(process)

    assert styled[0] == 200
    for part in ("--house", ".button", ".waits"):  # the look, its parts, a small sheet of a room
        assert part in styled[1]
    assert page.count('rel="stylesheet"') == 1
    assert "immutable" in styled[2]["cache-control"]
    assert process.returncode == 0, said
    assert workplace.get("/health/live")[0] == 0  # nobody listens any more
    assert "gestopt" in said


def test_ctrl_c_on_a_terminal_ends_in_one_calm_line(workplace):
    process = workplace.serve("--workers", "1")
    os.killpg(process.pid, signal.SIGINT)  # a terminal tells every process in front of it
    said = workplace.ended(process)

    assert process.returncode == 0, said
    assert not re.search("Traceback|WARNING|Killing", said)
    assert said.splitlines()[-1] == "De werkplaats is gestopt. / The workplace has stopped."


def test_ctrl_c_while_it_starts_is_as_calm(workplace):
    process = workplace.start("serve", "--port", str(workplace.port))
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)

    assert workplace.ended(process) == "Gestopt. / Stopped.\n"
    assert process.returncode == 130


def test_when_serve_is_killed_outright_nothing_of_it_lives_on(workplace):
    process = workplace.serve("--workers", "1")
    family = descendants(process.pid)
    process.kill()
    process.wait()

    deadline = time.monotonic() + 20
    while any(map(is_alive, family)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(family) >= 3
    assert [pid for pid in family if is_alive(pid)] == []
    assert workplace.get("/health/live")[0] == 0


def test_it_starts_a_second_time_on_the_same_data_and_stops_on_sigterm(workplace):
    for _ in range(2):
        process = workplace.serve("--workers", "1")
        process.terminate()
        assert process.wait(timeout=40) == 0


def test_a_port_that_is_taken_is_named(workplace):
    with socket.create_server(("127.0.0.1", workplace.port)):
        refused = workplace.command("serve", "--port", str(workplace.port))

    assert refused.returncode == 3
    assert f"Port {workplace.port} is taken" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_when_the_worker_falls_the_server_stops_and_says_so(workplace):
    workplace.command("migrate", "-v0")
    process = workplace.serve("--workers", "1")
    workplace.wait_for(lambda: workplace.get("/health/ready")[0] == 200)
    [worker] = children(process.pid, "work")

    os.kill(worker, signal.SIGKILL)

    assert process.wait(timeout=40) == 1


@pytest.mark.server
def test_without_its_database_the_server_lives_and_tells_people(tmp_path):
    place = Workplace(tmp_path, NOBODY_LISTENS)
    try:
        place.serve("--no-migrate", "--no-worker", "--workers", "1")
        ready = place.get("/health/ready")
        page = place.get("/", Cookie="biotoop-session=of-somebody")
    finally:
        place.end()

    assert ready[0] == 503
    assert json.loads(ready[1])["database"] is False
    assert page[0] == 503
    assert '<p class="code">503</p>' in page[1]


def descendants(parent: int) -> list[int]:
    """Find the children of a process, and theirs (Linux)."""
    found = []
    for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        found += [int(number), *descendants(int(number))]
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process still does anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(parent: int, word: str) -> list[int]:
    """Find the children of a process whose command holds a word (Linux)."""
    numbers = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(n) for n in numbers if f"\0{word}\0" in Path(f"/proc/{n}/cmdline").read_text()]
