"""A run whose worker is killed outright ends without anybody asking for it again."""

import ast
import signal

import pytest

from biotoop.web.shared.actions import jobs
from biotoop.web.shared.models import Job

PUT = """
from biotoop.web.analyses.actions.asking import ask
from biotoop.web.shared.models import Job
from web.analyses.conftest import prepared
study, researcher, _ = prepared()
run = ask(type(study).objects.get(pk=study.pk), by=researcher, language="nl")
Job.objects.filter(pk=run.job_id).update(attempts={before})
"""
WATCH = """
import time
from biotoop.web.analyses.models import Run
while not Run.objects.filter(state="running", steps_done__gt=0).exists():
    time.sleep(0.02)
"""
TELL = """
from biotoop.web.accounts.models import Notice as N
from biotoop.web.analyses.models import Run
from biotoop.web.shared.models import AuditEntry as A
from biotoop.web.theories.models import LinkAssessment as L
run = Run.objects.get()
told = A.objects.filter(object_id=run.pk).order_by("pk").values_list("action", flat=True)
news = N.objects.filter(object_id=run.pk).values_list("code", flat=True)
steps = L.objects.values_list("link", "override")
print([run.state, run.failure, list(told), list(news), len(steps) == len(set(steps))])
"""


def run(place, text: str) -> str:
    told = place.command("shell", "--no-imports", "-c", text)
    assert told.returncode == 0, told.stderr
    return told.stdout


def stands(place) -> list:
    """Ask a process of its own how the run stands."""
    return ast.literal_eval(run(place, TELL).strip())


@pytest.mark.server
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (0, ["done", "", ["run_asked", "run_done"], ["run_ready"], True]),
        (4, ["failed", "gone", ["run_asked", "run_failed"], ["run_failed"], True]),
    ],
    ids=["the first worker", "the fifth worker"],
)
def test_when_the_worker_of_a_run_is_killed_another_ends_the_run_by_itself(
    workplace, before, after
):
    workplace.environment["BIOTOOP_LEASE_SECONDS"] = "2"
    assert workplace.command("migrate", "-v0").returncode == 0
    run(workplace, PUT.format(before=before))
    watching = workplace.start("shell", "--no-imports", "-c", WATCH)
    first = workplace.start("work")
    assert watching.wait(timeout=60) == 0
    first.send_signal(signal.SIGKILL)
    first.wait()
    between = stands(workplace)

    second = workplace.start("work")
    workplace.wait_for(lambda: stands(workplace)[0] in ("done", "failed"))
    second.terminate()

    assert between == ["running", "", ["run_asked"], [], True]
    assert second.wait(timeout=60) == 0
    assert stands(workplace) == after


def test_when_nobody_can_be_told_the_other_jobs_go_on(monkeypatch, db, caplog):  # noqa: ARG001 - it must be there
    def broken(_job: Job) -> None:
        raise ValueError

    monkeypatch.setitem(jobs.GIVEN_UP, "x.y", broken)
    spent = {"attempts": jobs.MOST_ATTEMPTS, "state": "running", "lease": "0" * 32}
    row = Job.objects.create(
        task="x.y", arguments={}, lease_until="2026-01-01T00:00Z", **spent
    )  # fmt: skip

    assert jobs.retake() == 1
    row.refresh_from_db()
    assert row.state == "dead"
    assert str(row.pk) in caplog.text
