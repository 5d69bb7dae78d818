"""A worker that is killed outright leaves nothing in limbo (real processes, kill -9)."""

import ast
import signal
import time

import pytest

PUT = (
    "from web.shared.jobs_to_run import count_slowly as t;"
    "t.enqueue(number=1, started='{started}', release='{release}')"
)
TELL = (
    "from biotoop.web.shared.models import AuditEntry as A, Job as J;"
    "j = J.objects.get(task__endswith='count_slowly');"  # beside it stand the daily ones
    "print([j.state, j.attempts, len(set(j.workers)), A.objects.filter(action='counted').count()])"
)


@pytest.fixture
def files(tmp_path):
    return tmp_path / "started", tmp_path / "release"


def test_a_killed_worker_leaves_its_job_to_the_next_with_one_effect(workplace, files):
    started, release = files
    workplace.environment["BIOTOOP_LEASE_SECONDS"] = "2"
    assert workplace.command("migrate", "-v0").returncode == 0
    put = workplace.command(
        "shell", "--no-imports", "-c", PUT.format(started=started, release=release)
    )
    assert put.returncode == 0, put.stderr

    first = workplace.start("work")
    workplace.wait_for(started.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    between = tell(workplace)
    second = workplace.start("work")
    workplace.wait_for(lambda: len(started.read_text()) == 2)
    release.touch()
    workplace.wait_for(lambda: tell(workplace)[0] == "done")
    second.terminate()

    assert second.wait(timeout=30) == 0
    assert between == ["running", 1, 1, 0]
    assert tell(workplace) == ["done", 2, 2, 1]


def test_a_worker_that_is_asked_to_stop_finishes_its_job_first(workplace, files):
    started, release = files
    workplace.environment["BIOTOOP_LEASE_SECONDS"] = "2"
    workplace.command("migrate", "-v0")
    workplace.command("shell", "--no-imports", "-c", PUT.format(started=started, release=release))

    worker = workplace.start("work")
    workplace.wait_for(started.exists)
    worker.send_signal(signal.SIGTERM)
    time.sleep(3)  # longer than the lease: the heart beats on
    other = workplace.command("work", "--until-empty")
    release.touch()

    assert other.returncode == 0
    assert worker.wait(timeout=30) == 0
    assert tell(workplace) == ["done", 1, 1, 1]


def tell(workplace) -> list:
    """Ask a process of its own how the job stands."""
    told = workplace.command("shell", "--no-imports", "-c", TELL)
    assert told.returncode == 0, told.stderr
    return ast.literal_eval(told.stdout.strip())
