"""The evidence on one arrow or node of a theory: of each study that looked at it."""

from typing import Any, TypeVar
from uuid import UUID

import attrs
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.bridge.pages import Plain
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.analyses.queries import last_plans, runs_on
from biotoop.web.analyses.rules import may_judge
from biotoop.web.analyses.views.frame import Reading
from biotoop.web.shared.rules import ReaderRequest, found, visible
from biotoop.web.studies.bridge.targets import TargetWords, TheoryWords
from biotoop.web.studies.models import PlanRegistration
from biotoop.web.studies.views.frame import reader_language
from biotoop.web.theories.models import Link, LinkAssessment, Node, Theory
from biotoop.web.theories.views.panels import EvidencePages, shows_evidence

MOST = 5
Row = TypeVar("Row", Override, Certainty)


@attrs.frozen(kw_only=True)
class Panel:
    """What one study says, as this reader may read it."""

    run: Run
    reading: Reading
    page: Plain
    is_changed: bool = False
    assessment: LinkAssessment | None = None
    overrides: tuple[Override, ...] = ()
    certainties: tuple[Certainty, ...] = ()
    plan: PlanRegistration | None = None
    may_override: bool = False
    may_judge_certainty: bool = False


def theory_of(request: ReaderRequest, pk: UUID) -> Theory:
    """Open a theory that was published."""
    near = Theory.objects.select_related("programme__organisation", "latest")
    theory = found(request.reader, Theory, pk, among=near)
    if theory.latest is None:
        raise Http404
    return theory


def readings_on(request: ReaderRequest, theory: Theory) -> list[Reading]:
    """Give the runs that count on a theory, as far as this reader may read them."""
    runs = runs_on(theory, visible(request.reader, Run))
    return [Reading(request, run) for run in runs[:MOST]]


@require_safe
def link(request: ReaderRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Read all evidence on one arrow: for and against, for whom, and who was not heard."""
    theory = theory_of(request, pk)
    arrow = Link.objects.filter(theory=theory, pk=link).first()
    words = TheoryWords(theory.latest.content, reader_language()) if theory.latest else None
    target = words.find(arrow.code) if arrow and words else None
    if arrow is None or target is None:
        raise Http404
    context = around(theory, _("Step %(code)s") % {"code": arrow.code}) | {
        "link": arrow,
        "words": target.words,
        "panels": link_panels(request, theory, arrow, target),
    }
    return render(request, template(request, "link"), context)


def link_panels(
    request: ReaderRequest, theory: Theory, arrow: Link, target: TargetWords
) -> list[Panel]:
    """Gather what each study says of an arrow."""
    readings = readings_on(request, theory)
    keys = [each.run.pk for each in readings]
    judged = {
        row.run: row for row in LinkAssessment.objects.filter(link=arrow, run__in=keys, override="")
    }
    grades = judged_in(visible(request.reader, Override), keys, arrow)
    sure = judged_in(visible(request.reader, Certainty), keys, arrow)
    plans = last_plans(visible(request.reader, PlanRegistration), readings_plans(readings))
    panels = []
    for each in readings:
        page, row = each.perhaps(f"step-{arrow.code}"), judged.get(each.run.pk)
        if page is None or row is None:
            continue
        panels.append(
            Panel(
                run=each.run,
                reading=each,
                page=page,
                is_changed=target.has_changed(row.text_hash),
                assessment=row,
                overrides=tuple(o for o in grades if o.run_id == each.run.pk),
                certainties=tuple(c for c in sure if c.run_id == each.run.pk),
                plan=plans.get(each.run.plan),
                may_override=may_judge(request.reader, Override, each.run.study),
                may_judge_certainty=may_judge(request.reader, Certainty, each.run.study),
            )
        )
    return panels


def judged_in(rows: QuerySet[Row], runs: list[UUID], arrow: Link) -> list[Row]:
    """Give the judgements of an arrow in runs, oldest first."""
    return list(rows.filter(run__in=runs, link=arrow).order_by("at"))


def readings_plans(readings: list[Reading]) -> list[str]:
    """Give the plans that runs stand to."""
    return [each.run.plan for each in readings if each.run.plan]


@require_safe
def node(request: ReaderRequest, pk: UUID, node: UUID) -> HttpResponse:
    """Read what is known of one node: who recognises it, and what was measured."""
    theory = theory_of(request, pk)
    point = Node.objects.filter(theory=theory, pk=node).first()
    words = TheoryWords(theory.latest.content, reader_language()) if theory.latest else None
    target = words.find(point.code) if point and words else None
    if point is None or target is None:
        raise Http404
    readings = readings_on(request, theory)
    plans = last_plans(visible(request.reader, PlanRegistration), readings_plans(readings))
    panels = [
        Panel(run=each.run, reading=each, page=page, plan=plans.get(each.run.plan))
        for each in readings
        if (page := each.perhaps(f"node-{point.code}")) is not None
    ]
    context = around(theory, point.code) | {
        "node": point, "words": target.words, "panels": panels,
    }  # fmt: skip
    return render(request, template(request, "node"), context)


def around(theory: Theory, here: str) -> dict[str, Any]:
    """Give what stands around a panel."""
    return {"theory": theory, "trail": [(theory.get_absolute_url(), str(theory)), ("", here)]}


def template(request: ReaderRequest, kind: str) -> str:
    """Choose the part alone for a page that puts it beside its drawing, else the whole page."""
    is_part = request.headers.get("HX-Request") == "true"
    return f"analyses/{kind}_{'beside' if is_part else 'panel'}.html"


shows_evidence(
    EvidencePages(
        link="analyses:link_panel", node="analyses:node_panel", style="analyses/findings.css"
    )
)
