"""Work is given out once, kept alive, and stored once, whatever happens to the worker."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from biotoop.web.shared.actions import jobs, working
from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import AuditEntry, AuditSeal, Job, Worker
from biotoop.web.shared.tasks import enqueue_once
from web.shared.jobs_to_run import count, fall_over, only_look

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def work(committed) -> working.Work:  # noqa: ARG001 - it needs its table
    return working.Work(Worker.objects.create())


def effects() -> int:
    return AuditEntry.objects.filter(action="counted").count()


def let_the_lease_run_out() -> None:
    Job.objects.update(lease_until=now() - timedelta(seconds=1))


def make_due() -> None:
    Job.objects.update(run_after=now())


def test_a_job_runs_outside_a_transaction_and_gives_its_result(work):
    waiting = count.enqueue(number=4)

    work.run_all(until_empty=True)

    waiting.refresh()
    assert waiting.status == TaskResultStatus.SUCCESSFUL
    assert waiting.return_value == 5
    assert waiting.attempts == 1
    assert effects() == 1


def test_a_job_without_an_effect_is_done_too(work):
    waiting = only_look.enqueue()
    work.run_all(until_empty=True)

    waiting.refresh()
    assert waiting.return_value == "seen"


def test_the_same_key_puts_a_job_there_once(work):
    first, second = (enqueue_once(count, "study 7, run 1", number=1) for _ in range(2))
    work.run_all(until_empty=True)
    third = enqueue_once(count, "study 7, run 1", number=1)
    work.run_all(until_empty=True)

    assert first.id == second.id == third.id
    assert effects() == 1


def test_a_job_belongs_to_the_transaction_that_asked_for_it():
    with transaction.atomic():
        count.enqueue(number=1)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_two_workers_never_get_the_same_job():
    count.enqueue(number=1)
    taken = [jobs.claim(Worker.objects.create()) for _ in range(2)]

    assert [job is not None for job in taken] == [True, False]


def test_the_most_urgent_job_comes_first_and_a_later_one_waits():
    count.enqueue(number=1)
    urgent = count.using(priority=10).enqueue(number=2)
    count.using(run_after=now() + timedelta(hours=1), priority=90).enqueue(number=3)

    assert str(jobs.claim(Worker.objects.create()).id) == urgent.id


def test_a_job_that_falls_over_stores_nothing_and_rests_longer_each_time(work):
    waiting = fall_over.enqueue(number=1)
    rests = []
    for _ in range(jobs.MOST_ATTEMPTS - 1):
        before = now()
        work.run_one()
        rests.append(round((Job.objects.get().run_after - before).total_seconds() / 10))
        make_due()
    work.run_one()

    waiting.refresh()
    assert rests == [1, 2, 4, 8]
    assert waiting.status == TaskResultStatus.FAILED
    assert Job.objects.get().error == "builtins.RuntimeError"
    assert not AuditEntry.objects.exists()


def test_a_dead_job_stays_until_somebody_revives_it(work):
    waiting = count.enqueue(number=1)
    Job.objects.update(state=JobState.DEAD)
    work.run_all(until_empty=True)
    assert effects() == 0

    assert jobs.revive(Job.objects.get(id=waiting.id))
    assert not jobs.revive(Job.objects.get(id=waiting.id))
    work.run_all(until_empty=True)

    assert effects() == 1


def test_a_task_that_is_no_longer_there_is_a_failure_and_not_the_end_of_the_worker(work):
    jobs.enqueue("web.shared.jobs_to_run.gone", {"args": [], "kwargs": {}})
    count.enqueue(number=1)

    work.run_all(until_empty=True)

    assert effects() == 1
    assert Job.objects.get(task__endswith="gone").error == "builtins.ImportError"


def test_who_lost_the_lease_stores_nothing(work):
    count.enqueue(number=1)
    slow = jobs.claim(Worker.objects.create())
    let_the_lease_run_out()
    jobs.retake()
    work.run_all(until_empty=True)

    working.run(slow, jobs.Lease(slow.id, slow.lease))  # the slow one wakes up

    assert effects() == 1
    assert Job.objects.get().attempts == 2


def test_a_failure_after_the_lease_was_lost_changes_nothing(work):
    count.enqueue(number=1)
    slow = jobs.claim(Worker.objects.create())
    let_the_lease_run_out()
    jobs.retake()
    work.run_all(until_empty=True)

    jobs.fail(jobs.Lease(slow.id, slow.lease), RuntimeError())

    assert Job.objects.get().state == JobState.DONE


def test_a_heartbeat_keeps_the_lease_and_tells_when_it_is_lost(work):
    count.enqueue(number=1)
    job = jobs.claim(work.worker)
    lease = jobs.Lease(job.id, job.lease)
    let_the_lease_run_out()

    kept = jobs.beat(work.worker, lease)
    Job.objects.update(state=JobState.WAITING, lease=None, lease_until=None)

    assert kept
    assert jobs.retake() == 0
    assert not jobs.beat(work.worker, lease)


def test_a_worker_that_was_forgotten_writes_itself_down_again(work):
    Worker.objects.all().delete()

    assert jobs.beat(work.worker, None)
    assert Worker.objects.count() == 1


def test_a_job_that_kills_every_worker_is_given_up():
    count.enqueue(number=1)
    for _ in range(jobs.MOST_ATTEMPTS):
        make_due()
        assert jobs.claim(Worker.objects.create()) is not None
        let_the_lease_run_out()
        assert jobs.retake() == 1

    assert Job.objects.get().state == JobState.DEAD
    assert jobs.claim(Worker.objects.create()) is None


def test_the_database_knows_no_running_job_without_a_lease():
    count.enqueue(number=1)

    with pytest.raises(IntegrityError):
        Job.objects.update(state=JobState.RUNNING)


def test_a_task_that_nobody_knows_by_number_is_not_found():
    with pytest.raises(TaskResultDoesNotExist):
        count.get_result("00000000-0000-0000-0000-000000000000")
    with pytest.raises(InvalidTaskError):
        count.using(queue_name="elsewhere").enqueue(number=1)


def test_a_worker_seals_the_trail_and_forgets_old_workers(work):
    Worker.objects.create(seen_at=now() - timedelta(days=2))
    count.enqueue(number=1)
    work.run_all(until_empty=True)

    working.tidy()

    assert AuditSeal.objects.exists()
    assert Worker.objects.get() == work.worker
