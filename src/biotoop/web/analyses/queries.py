"""What the tables of analyses are asked."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, QuerySet

from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.studies.models import PlanRegistration, Study
from biotoop.web.theories.models import Link, Theory, Version


def for_lists(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Bring along what a list shows of each run, in one query."""
    return runs.select_related("study__theory", "version", "job").order_by("-created_at")


def active_run(study: Study) -> Run | None:
    """Give the run of a study that waits or works."""
    states = (RunState.WAITING, RunState.RUNNING)
    return study.runs.filter(state__in=states).select_related("job").first()


def last_done(study: Study) -> Run | None:
    """Give the run that counts: the last one that is ready."""
    return study.runs.filter(state=RunState.DONE).order_by("-finished_at").first()


def that_count(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Keep the last run of each study that is ready."""
    done = Run.objects.filter(state=RunState.DONE)
    last = done.order_by().values("study").annotate(last=Max("finished_at"))
    pairs = {(row["study"], row["last"]) for row in last.filter(study__in=runs.values("study"))}
    rows = runs.filter(state=RunState.DONE, finished_at__in=[at for _, at in pairs])
    return rows.filter(study__in=[study for study, _ in pairs])


def failed_runs(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Keep the runs that failed and after which the study was not run again."""
    newest = Run.objects.order_by().values("study").annotate(last=Max("created_at"))
    return runs.filter(state=RunState.FAILED, created_at__in=newest.values("last"))


def same_content(study: Study, digest: str) -> Run | None:
    """Give the run of exactly this folder by this engine, when it is ready."""
    return study.runs.filter(content=digest, state=RunState.DONE).first()


def runs_on(theory: Theory, runs: QuerySet[Run]) -> list[Run]:
    """Give the run that counts of each study on a theory, the newest first."""
    return list(
        that_count(runs.filter(study__theory=theory, study__archived_at=None))
        .select_related("study__organisation", "version")
        .order_by("-finished_at")
    )


def overrides_of(run: Run) -> dict[UUID, list[Override]]:
    """Give the other grades by assessors, by step, oldest first."""
    found: dict[UUID, list[Override]] = {}
    for row in run.overrides.order_by("at"):
        found.setdefault(row.link_id, []).append(row)
    return found


def certainties_of(run: Run) -> dict[UUID, list[Certainty]]:
    """Give what assessors said of the certainty, by step, oldest first."""
    found: dict[UUID, list[Certainty]] = {}
    for row in run.certaintys.order_by("at"):
        found.setdefault(row.link_id, []).append(row)
    return found


def last_judgements(study: Study) -> tuple[list[Override], list[Certainty]]:
    """Give the last judgement of each kind for each step of a study."""
    grades = {row.link_id: row for row in Override.objects.filter(study=study).order_by("at")}
    sure = {row.link_id: row for row in Certainty.objects.filter(study=study).order_by("at")}
    related = {row.pk: row for row in Link.objects.filter(pk__in={*grades, *sure})}
    for row in (*grades.values(), *sure.values()):
        row.link = related[row.link_id]
    return list(grades.values()), list(sure.values())


def links_by_code(theory: Theory, codes: Collection[str]) -> dict[str, Link]:
    """Give the steps of a theory by their code."""
    return {row.code: row for row in Link.objects.filter(theory=theory, code__in=codes)}


def version_of(run: Run) -> Version:
    """Give the version of the theory that was judged, with its content."""
    return Version.objects.get(pk=run.version_id)


def last_plans(
    plans: QuerySet[PlanRegistration], digests: Collection[str]
) -> dict[str, PlanRegistration]:
    """Give registered plans by their hash."""
    rows = plans.filter(digest__in=digests).defer("record", "documents")
    return {row.digest: row for row in rows}
