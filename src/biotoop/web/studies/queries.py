"""What the tables of studies are asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

import attrs
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.functional import Promise

from biotoop.web.organisations.queries import holds_on
from biotoop.web.programmes.models import Line, LinePartner
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ask, visible
from biotoop.web.studies.enums import GATES, Phase, Purpose, StudyState
from biotoop.web.studies.models import (
    Cycle,
    GateAnswer,
    LiteratureItem,
    PlanRegistration,
    ProcessTest,
    Reflection,
    Snapshot,
    StateChange,
    Study,
)

Words = str | Promise
LATEST = ("-period_start", "title", "pk")
OWN_WORDS = (
    "title", "purpose", "state", "period_start", "period_end", "publish_by", "published_on"
)  # fmt: skip
EVIDENCE: dict[str, "Evidence"] = {}


@attrs.frozen(kw_only=True)
class Evidence:
    """Rows that count as evidence: of which model, what they are called, and which of them."""

    model: type[Model]
    words: Words
    only: Q


def counts_as_evidence(model: type[Model], words: Words, only: Q | None = None) -> None:
    """Let rows of a model with a ``study`` count as evidence; apps above studies add theirs."""
    live = Q(archived_at=None) if only is None else only
    EVIDENCE[model._meta.label] = Evidence(model=model, words=words, only=live)


counts_as_evidence(
    Snapshot, Snapshot._meta.verbose_name_plural or "", Q(archived_at=None, superseded_at=None)
)
counts_as_evidence(LiteratureItem, LiteratureItem._meta.verbose_name_plural or "")
counts_as_evidence(ProcessTest, ProcessTest._meta.verbose_name_plural or "")


def evidence_of(studies: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Count the evidence of studies by kind of record, in one query."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for label, study, number in ask(counted, None, tuple(studies), labels=tuple(EVIDENCE)):
        found[study][label] = number
    return found


def counted(studies: Collection[UUID], *, labels: tuple[str, ...]) -> QuerySet[Any, Any]:
    """Count several kinds of evidence by study."""
    first, *others = (counted_of(studies, label) for label in labels)
    numbers: QuerySet[Any, Any] = first.union(*others, all=True)
    return numbers


def counted_of(studies: Collection[UUID], label: str) -> QuerySet[Any, Any]:
    """Count one kind of evidence by study."""
    all_rows: QuerySet[Any] = EVIDENCE[label].model._default_manager.all()
    rows = all_rows.filter(EVIDENCE[label].only, study__in=studies).order_by()
    named = rows.annotate(label=Value(label))
    numbers: QuerySet[Any, Any] = named.values_list("label", "study").annotate(number=Count("*"))
    return numbers


def for_lists(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Bring along what a list shows of each study, in one query."""
    plans = PlanRegistration.objects.filter(study=OuterRef("pk"))
    steps = StateChange.objects.filter(study=OuterRef("pk")).order_by("-at").values("at")
    return studies.select_related("theory__programme", "organisation", "cycle").annotate(
        is_registered=Exists(plans), last_step_at=Subquery(steps[:1])
    )


def seen_for_lists(reader: Reader) -> QuerySet[Study]:
    """List the studies that a reader sees, the latest first."""
    return with_words_only(for_lists(visible(reader, Study))).order_by(*LATEST)


def with_words_only(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Leave out what no list of studies shows."""
    shown = ("theory__title", "theory__place", "organisation__name")
    rows = studies.select_related(None).select_related("theory", "organisation")
    return rows.only(*OWN_WORDS, *shown)


def seen_and_late(reader: Reader) -> QuerySet[Study]:
    """List the studies that a reader sees and that are late."""
    return late(visible(reader, Study))


def late(studies: QuerySet[Study], day: date | None = None) -> QuerySet[Study]:
    """Keep the studies that should have been public by now."""
    return studies.filter(publish_by__lt=day or site_day(), published_on=None)


def not_published(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Keep what was registered and not published, the earliest promise first."""
    registered = studies.filter(pk__in=PlanRegistration.objects.values("study"), published_on=None)
    return registered.order_by(F("publish_by").asc(nulls_last=True), "title")


def in_motion(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Keep the studies that are under way."""
    return studies.exclude(state__in=(StudyState.IDEA, StudyState.CLOSED))


def must_account(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Keep the studies that are made to account for something."""
    return studies.filter(purpose=Purpose.ACCOUNT)


def last_registration(study: Study) -> PlanRegistration | None:
    """Give the plan that was registered last."""
    return study.registrations.order_by("-registered_at").select_related("version").first()


def current_snapshots(study: Study) -> QuerySet[Snapshot]:
    """List the data files as they count now."""
    rows = study.snapshots.filter(archived_at=None, superseded_at=None)
    return rows.select_related("file", "controller")


def cycles_for_lists(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """Bring along what a list shows of each cycle, in one query."""
    live = Q(studies__archived_at=None)
    return cycles.select_related("theory__programme__organisation", "partnership").annotate(
        studies_in_it=Count("studies", filter=live, distinct=True)
    )


def open_questions(cycle: Cycle, phase: Phase | None = None) -> list[str]:
    """Name the questions of a phase that wait for an answer."""
    wanted = GATES[Phase(phase or cycle.phase)]
    answered = set(
        GateAnswer.objects.filter(cycle=cycle).exclude(answer="").values_list("question", flat=True)
    )
    return [question.value for question in wanted if question not in answered]


def lines_of(cycle: Cycle, day: date | None = None) -> QuerySet[Line]:
    """List the lines of the research programme of a cycle on which somebody works today."""
    at_work = LinePartner.objects.filter(holds_on(day or site_day()))
    return Line.objects.filter(
        partnership=cycle.partnership_id, archived_at=None, pk__in=at_work.values("line")
    )


def waiting_reflections(
    reflections: Iterable[Reflection] | QuerySet[Reflection],
) -> list[Reflection]:
    """Keep the reflections that are still asked for."""
    return [each for each in reflections if not each.is_settled]
