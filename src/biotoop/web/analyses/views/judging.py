"""An assessor judges beside what was computed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from biotoop.web.analyses.actions import judging
from biotoop.web.analyses.enums import Grade
from biotoop.web.analyses.forms.judging import CertaintyForm, OverrideForm
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.analyses.queries import last_done
from biotoop.web.analyses.rules import may_judge
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.shared.views.records import Trail, Words, form_page
from biotoop.web.studies.models import Study
from biotoop.web.studies.views.frame import opened, person, trail_to
from biotoop.web.theories.models import Link


def judged(
    request: ReaderRequest, pk: UUID, link: UUID, model: type[Override | Certainty]
) -> tuple[Study, Run, Link]:
    """Open a step of the run that counts, for who may judge in its study."""
    study = opened(request, pk)
    if not may_judge(request.reader, model, study):
        raise PermissionDenied
    arrow = Link.objects.filter(theory=study.theory_id, pk=link).first()
    run = last_done(study)
    if arrow is None or run is None:
        raise Http404
    return study, run, arrow


def panel(study: Study, link: Link) -> str:
    """Give the page of the evidence on a step."""
    return reverse("analyses:link_panel", args=[study.theory_id, link.pk])


def trail(study: Study, link: Link) -> Trail:
    """Give the way to the evidence on a step."""
    return [*trail_to(study), (panel(study, link), _("Step %(code)s") % {"code": link.code})]


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: ReaderRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Give another grade than the computed one, with the reason."""
    study, run, arrow = judged(request, pk, link, Override)
    try:
        computed = judging.assessed(run, arrow).grade
    except Refused as refusal:
        raise Http404 from refusal
    form = OverrideForm(request.POST or None, computed=computed)

    def save(values: dict[str, Any], _edition: int) -> str:
        judging.override(run, arrow, values["grade"], values["reason"], by=person(request))
        return panel(study, arrow)

    lead = _(
        "Computed: %(grade)s. Your grade stands beside it and never replaces it; who reads it, "
        "reads your reason. It cannot be taken back, only followed by another."
    )
    words = Words(
        title=_("Another grade"), button=_("Put it beside"),
        lead=lead % {"grade": Grade(computed).label},
    )  # fmt: skip
    return form_page(request, form, save, words=words, trail=trail(study, arrow))


@require_http_methods(["GET", "HEAD", "POST"])
def certainty(request: ReaderRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Say how certain the evidence on a step is."""
    study, run, arrow = judged(request, pk, link, Certainty)
    form = CertaintyForm(request.POST or None)

    def save(values: dict[str, Any], _edition: int) -> str:
        sure = judging.Sure(
            overall=values["overall"], reason=values["reason"], components=form.components()
        )
        judging.judge_certainty(run, arrow, sure, by=person(request))
        return panel(study, arrow)

    words = Words(
        title=_("How certain is the evidence?"),
        button=_("Keep this judgement"),
        lead=_("The next run weighs it: without it a step cannot become very plausible."),
    )
    return form_page(request, form, save, words=words, trail=trail(study, arrow))
