"""A study is frozen, run once, and everything that came of it is kept."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from biotoop.web.accounts.models import Notice
from biotoop.web.analyses.actions.asking import ask
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.enums import Failure, RunState
from biotoop.web.analyses.models import Run
from biotoop.web.interviews.models import Claim
from biotoop.web.shared.actions import jobs
from biotoop.web.shared.models import AuditEntry, Job, Worker
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.models import Snapshot
from biotoop.web.theories.models import AgendaItem, LinkAssessment
from web.analyses.conftest import work

pytestmark = pytest.mark.server


def findings(run: Run, edition: str) -> dict:
    return json.loads((Place(run.digest).edition(edition) / "findings.json").read_text())


def test_a_run_is_ready_with_a_judgement_of_every_step(here):
    assert here.run.state == RunState.DONE, here.run.faults
    rows = {row.link.code: row for row in LinkAssessment.objects.filter(run=here.run.pk)}
    assert rows["S1"].grade == "very_plausible"
    assert (rows["S1"].people_for, rows["S1"].people_against) == (19, 3)
    assert rows["S8"].people_for is None  # too few: hidden, which is not nobody


def test_what_to_find_out_next_stands_with_the_theory_in_the_order_of_the_findings(here):
    agenda = findings(here.run, "readers")["valuation"]["agenda"]
    rows = AgendaItem.objects.filter(run=here.run.pk).order_by("rank")
    assert [row.link.code for row in rows] == [each["link"] for each in agenda]
    assert all(row.reason_nl and row.reason_en for row in rows)


def test_a_run_leaves_its_trace(here):
    acts = AuditEntry.objects.filter(object_id=here.run.pk).values_list("action", flat=True)
    assert list(acts.order_by("pk")) == ["run_asked", "run_done"]


def test_who_asked_hears_that_the_findings_are_ready(here):
    news = Notice.objects.filter(user=here.researcher, object_id=here.run.pk)
    assert [row.code for row in news] == ["run_ready"]


def test_the_plan_of_a_run_was_registered_in_the_workplace(here):
    assert here.run.label == "registered"
    assert here.run.plan == here.study.registrations.get().digest


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["team", "readers"])
def test_the_folder_that_is_taken_along_gives_the_same_findings_to_the_byte(
    here, tmp_path, edition
):
    taken = here.desk(here.researcher).get(f"/bevindingen/{here.run.pk}/studiemap.zip")
    packed = b"".join(taken.streaming_content)
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "map")
    command = [sys.executable, "-m", "biotoop", "run", "map", "--out", "uit"]
    done = subprocess.run(
        [*command, "--edition", edition, "--format", "csv"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = (Place(here.run.digest).edition(edition) / "findings.json").read_bytes()
    assert (tmp_path / "uit" / "findings.json").read_bytes() == kept


def test_a_study_that_did_not_change_is_not_run_again(here):
    assert ask(here.study, by=here.researcher, language="nl") == here.run
    assert Run.objects.filter(study=here.study).count() == 1


def test_two_who_ask_at_once_get_one_run(here):
    Claim.objects.filter(study=here.study, code="c001").update(stance="contradicts")
    first = ask(here.study, by=here.researcher, language="nl")
    assert ask(here.study, by=here.partner, language="nl") == first
    assert Job.objects.filter(key=f"run:{first.pk}").count() == 1


@pytest.mark.slow
def test_a_newer_run_takes_the_place_of_the_one_before_which_stays_as_it_was(here):
    before = findings(here.run, "team")
    Claim.objects.filter(study=here.study, code="c001").update(stance="contradicts")
    newer = ask(here.study, by=here.researcher, language="nl")
    work()
    newer.refresh_from_db()
    assert newer.supersedes == here.run
    assert findings(here.run, "team") == before
    changed = here.desk(here.researcher).get(f"/studies/{here.study.pk}/bevindingen/vergelijken/")
    assert "claims.csv" in changed.content.decode()


def test_a_fault_in_a_document_is_told_before_anything_is_run(here):
    document = here.study.documents.get(name="effects.yaml")
    document.text = document.text.replace("outcome: ", "outcome: no_such_measure_", 1)
    document.save()
    with pytest.raises(Unreadable) as refused:
        ask(here.study, by=here.researcher, language="nl")
    assert any("effects.yaml" in fault.file and fault.line for fault in refused.value.faults)
    assert not here.study.runs.filter(state=RunState.WAITING).exists()


def test_data_that_do_not_fit_the_codebook_make_a_run_fail_and_say_what_to_do(here):
    kept = Snapshot.objects.get(study=here.study, name="data/volunteers.csv")
    Snapshot.objects.filter(study=here.study, name="data/survey.csv").update(sha256=kept.sha256)
    run = ask(here.study, by=here.researcher, language="nl")
    work()
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, Failure.FAULTS)
    page = here.desk(here.researcher).get(run.get_absolute_url()).content.decode()
    assert "survey.csv" in page
    assert not LinkAssessment.objects.filter(run=run.pk).exists()


def test_everybody_reads_a_study_whose_result_is_public_on_a_public_theory(here, client):
    here.study.published_on, here.study.publication = date(2026, 7, 1), "biotoop"
    here.study.save()
    assert client.get(here.run.get_absolute_url()).status_code == 302
    here.study.theory.visibility = "public"
    here.study.theory.save()
    assert client.get(here.run.get_absolute_url()).status_code == 200


def test_a_run_that_kills_every_worker_is_closed_told_and_may_be_asked_again(here):
    Claim.objects.filter(study=here.study, code="c001").update(stance="contradicts")
    asked = ask(here.study, by=here.researcher, language="nl")
    theirs = Job.objects.filter(pk=asked.job_id)
    for _ in range(jobs.MOST_ATTEMPTS):
        Job.objects.exclude(pk=asked.job_id).delete()  # those of other tests
        theirs.update(run_after=now())
        assert jobs.claim(Worker.objects.create()) == theirs.get()
        theirs.update(lease_until=now() - timedelta(seconds=1))
        assert jobs.retake() == 1

    asked.refresh_from_db()
    assert (asked.state, asked.failure) == (RunState.FAILED, Failure.GONE)
    assert asked.finished_at is not None
    news = Notice.objects.filter(user=here.researcher, object_id=asked.pk)
    assert [row.code for row in news] == ["run_failed"]
    assert ask(here.study, by=here.researcher, language="nl") != asked
