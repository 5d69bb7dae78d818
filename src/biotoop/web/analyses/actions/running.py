"""Compute a run without a transaction, and store all that came of it at once."""

import json
import logging
import platform
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from biotoop.web.analyses.actions.telling import FAILED, READY, tell_asker
from biotoop.web.analyses.bridge import computing
from biotoop.web.analyses.bridge.computing import Outcome
from biotoop.web.analyses.bridge.places import Place, put_in_place, unfinished
from biotoop.web.analyses.enums import ACTIVE, Failure, RunState
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import last_done, links_by_code
from biotoop.web.shared.actions import jobs
from biotoop.web.shared.actions.records import noted
from biotoop.web.theories.bridge.documents import LanguageCode
from biotoop.web.theories.models import AgendaItem, LinkAssessment

WRITE = "biotoop.web.analyses.tasks.running.write_rest"
log = logging.getLogger("biotoop.analyses")
Told = dict[str, Any]


def compute(key: UUID) -> None:
    """Run a study that was frozen; doing it twice gives the same, and is stored once."""
    run = Run.objects.select_related("study", "version").filter(pk=key, state__in=ACTIVE).first()
    if run is None:
        return
    Run.objects.filter(pk=key).update(state=RunState.RUNNING, started_at=now(), steps_done=0)
    out, steps = unfinished(), Steps(run)
    try:
        outcome = computed(run, out, steps.tell)
        if not outcome.faults:
            write_record(run, out, steps)
            put_in_place(out, Place(run.digest).results)
    except Exception:  # whatever it was, the run must say so; the log holds what
        log.exception("run %s failed", key)
        with jobs.effect():
            fail(run, Failure.UNEXPECTED, ())
        return
    finally:
        shutil.rmtree(out, ignore_errors=True)
    with jobs.effect():
        if outcome.faults:
            fail(run, Failure.REFUSED if outcome.refused else Failure.FAULTS, outcome.faults)
        else:
            store(run, outcome)


def computed(run: Run, out: Path, tell: Callable[[Told], None]) -> Outcome:
    """Compute into a folder beside the runs."""
    name = f"{run.created_at.date().isoformat()}-{run.digest[:12]}"
    return computing.compute(
        Place(run.digest), out, name=name, language=language_of(run), tell=tell
    )


def language_of(run: Run) -> LanguageCode:
    """Give the language in which the study is written."""
    return "en" if run.language == "en" else "nl"


class Steps:
    """What the run is doing, shown while it works, and kept with how long each step took."""

    def __init__(self, run: Run) -> None:
        self.key = run.pk
        self.began = time.monotonic()
        self.done: list[Told] = []

    @property
    def seconds(self) -> float:
        """How long the run takes already."""
        return round(time.monotonic() - self.began, 2)

    def tell(self, words: Told) -> None:
        """Say what begins now."""
        self.done.append({"step": words["en"], "at": self.seconds})
        Run.objects.filter(pk=self.key, state=RunState.RUNNING).update(
            step=words, steps_done=len(self.done)
        )


def write_record(run: Run, out: Path, steps: Steps) -> None:
    """Write run.json: who asked, when, how long, and on what; findings say no such thing."""
    record = {
        "schema_version": 1,
        "run": str(run.pk),
        "asked_by": str(run.asked_by or ""),
        "evidence_until": run.evidence_until.isoformat(),
        "theory_version": run.version.number,
        "engine_version": run.engine,
        "finished": now().isoformat(timespec="seconds"),
        "seconds": steps.seconds,
        "steps": steps.done,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    text = json.dumps(record, indent=2, sort_keys=True) + "\n"
    (out / "run.json").write_text(text, "utf-8")


def fail(run: Run, failure: Failure, faults: tuple[Told, ...]) -> None:
    """Write down that a run failed, and why."""
    run.state, run.failure, run.faults = RunState.FAILED, failure, list(faults)
    run.finished_at = now()
    run.save()
    noted(run, "run_failed", None, "analysis")
    tell_asker(run, FAILED)


def store(run: Run, outcome: Outcome) -> None:
    """Write down what came of a run: the run before it is superseded, and stays."""
    run.supersedes = last_done(run.study)
    run.state, run.finished_at, run.step = RunState.DONE, now(), {}
    run.scheme, run.label = outcome.scheme, label_of(run, outcome)
    run.save()
    write_assessments(run, outcome)
    write_agenda(run, outcome)
    arguments = {"args": [str(run.pk)], "kwargs": {}}
    jobs.enqueue(WRITE, arguments, key=f"reports:{run.pk}")
    noted(run, "run_done", None, "analysis")
    tell_asker(run, READY)


def label_of(run: Run, outcome: Outcome) -> str:
    """Say what the plan is worth: a folder declares it, the clock of the workplace vouches for it.

    The findings themselves say no more than the folder can, so that they are the same elsewhere.
    """
    is_ours = run.plan and outcome.label == "self_declared"
    return "registered" if is_ours else outcome.label


def write_assessments(run: Run, outcome: Outcome) -> None:
    """Let the theory know what the evidence says of each step, as readers may see it.

    A grade by an assessor that was frozen with the study is a row of its own, after the computed.
    """
    links = links_by_code(run.version.theory, [each.code for each in outcome.links])
    known = [each for each in outcome.links if each.code in links]
    for overridden in (False, True):
        LinkAssessment.objects.bulk_create(
            LinkAssessment(
                version=run.version, link=links[each.code], run=run.pk, scheme=outcome.scheme,
                evidence_until=run.evidence_until, text_hash=each.text_hash, grade=each.grade,
                sensitive=each.sensitive, certainty=each.certainty,
                override=each.override if overridden else "",
                people_for=each.people_for, people_against=each.people_against,
            )
            for each in known
            if each.override or not overridden
        )  # fmt: skip


def write_agenda(run: Run, outcome: Outcome) -> None:
    """Let the theory know what to find out next."""
    links = links_by_code(run.version.theory, [each.code for each in outcome.agenda])
    AgendaItem.objects.bulk_create(
        AgendaItem(
            version=run.version, link=links[each.code], run=run.pk, rank=each.rank,
            euros=each.euros, worth=each.worth, worth_error=each.error,
            study_cost=each.study_cost, price_year=each.price_year, routes=each.routes,
            is_estimated=each.estimated,
            reason_nl=each.reason["nl"], reason_en=each.reason["en"],
        )
        for each in outcome.agenda
        if each.code in links
    )  # fmt: skip


def write_rest(key: UUID) -> None:
    """Write the pages in the other language, and the reports, of a run that is ready."""
    run = Run.objects.get(pk=key)
    first = language_of(run)
    other: LanguageCode = "nl" if first == "en" else "en"
    for language in (first, other):
        computing.write_rest(Place(run.digest), language)
