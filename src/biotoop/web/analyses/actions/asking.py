"""Have a study run: it is frozen and checked first, and waits for a worker then."""

import shutil

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.analyses.actions.running import fail
from biotoop.web.analyses.bridge import freezing
from biotoop.web.analyses.bridge.computing import released_in
from biotoop.web.analyses.bridge.freezing import Frozen, Sources
from biotoop.web.analyses.bridge.places import Place, put_in_place, unfinished
from biotoop.web.analyses.enums import ACTIVE, Failure
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import active_run, last_done, last_judgements, same_content
from biotoop.web.shared.actions import jobs
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import Job
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.bridge.documents import Fault
from biotoop.web.studies.models import Study
from biotoop.web.theories.bridge.documents import LanguageCode
from biotoop.web.theories.models import Version

COMPUTE = "biotoop.web.analyses.tasks.running.compute"


def ask(study: Study, *, by: User, language: LanguageCode) -> Run:
    """Freeze a study and put a run of it on the table.

    Who asks while a run of the study waits or works gets that run; who asks when nothing changed
    gets the run that is ready.

    Raises
    ------
    Refused
        No published version of the theory was chosen.
    Unreadable
        The study has faults; each has its document and line, and what to do.
    """
    version_in(study)
    close_the_dead(study)
    if there := active_run(study):
        return there
    sources, at = gathered(study), now()
    before = last_done(study)
    released = released_in(Place(before.digest).results) if before else None
    path = unfinished()
    try:
        frozen = freezing.freeze(sources, released, path, language)
        if not frozen.sound:
            raise Unreadable(*(as_fault(each, language) for each in frozen.faults))
        if ready := same_content(study, frozen.content):
            return ready
        put_in_place(path, Place(frozen.digest).folder)
    finally:
        shutil.rmtree(path, ignore_errors=True)
    return put_on_table(study, frozen, Run(evidence_until=at, plan=sources.plan), by)


def gathered(study: Study) -> Sources:
    """Read all that a study holds as it is at one moment."""
    grades, certainties = last_judgements(study)
    with transaction.atomic():
        return freezing.sources_of(study, [*grades, *certainties])


def put_on_table(study: Study, frozen: Frozen, run: Run, by: User) -> Run:
    """Write down the run, and let a worker take it; two who ask at once get one run."""
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        if there := active_run(study):
            return there
        run.study, run.version, run.asked_by = study, version_in(study), by.pk
        run.content, run.digest, run.engine = frozen.content, frozen.digest, freezing.ENGINE
        run.language = study.language
        arguments = {"args": [str(run.pk)], "kwargs": {}}
        run.job = jobs.enqueue(COMPUTE, arguments, key=f"run:{run.pk}")
        run.save(force_insert=True)
        noted(run, "run_asked", by.pk, "analysis")
    return run


def version_in(study: Study) -> Version:
    """Give the version that a study is about."""
    if study.version is None:
        raise Refused(_("Choose a published version of the theory first."))
    return study.version


def close_the_dead(study: Study) -> None:
    """Let go of a run of which the job was given up while nobody listened."""
    there = active_run(study)
    if there is not None and there.job is not None and there.job.state == JobState.DEAD:
        with transaction.atomic():
            let_go(there.job)


def let_go(job: Job) -> None:
    """Close the run of a job that was given up: the asker hears it, and the study can run again."""
    run = Run.objects.select_related("study").filter(job=job, state__in=ACTIVE).first()
    if run is not None:
        fail(run, Failure.GONE, ())


def as_fault(words: freezing.Words, language: LanguageCode) -> Fault:
    """Tell a fault in the language of the reader."""
    return Fault(
        file=words.get("file", ""),
        line=words.get("line"),
        text=words[language],
        stops=words["stops"],
    )
