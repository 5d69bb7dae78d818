"""What needs you now."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from biotoop.web.dashboards.queries.waiting import waiting_for
from biotoop.web.dashboards.views.roles import lead_of, oversees, quiet_of, shortcuts
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, ask, visible
from biotoop.web.studies.models import Study
from biotoop.web.studies.queries import in_motion

SHOWN = 5


@require_safe
def home(request: ReaderRequest) -> HttpResponse:
    """Say what waits for who is signed in, and lead to where they work."""
    reader = request.reader
    held = [role for role in Role if role in reader.roles and role != Role.VISITOR]
    studies, are_mine = studies_for(reader)
    why, address, step = quiet_of(reader)
    context = {
        "roles": [role.label for role in held],
        "leads": [lead_of(role) for role in held[:2]],
        "groups": waiting_for(reader),
        "studies": studies[:SHOWN],
        "has_more": len(studies) > SHOWN,
        "are_mine": are_mine,
        "why": why,
        "address": address,
        "step": step,
        "shortcuts": shortcuts(reader),
        "today": site_day(),
    }
    return render(request, "dashboards/home.html", context)


def studies_for(reader: Reader) -> tuple[list[Study], bool]:
    """Give the studies that somebody works in; else those that they follow. And which these are."""
    mine = list(ask(worked_in, reader)[: SHOWN + 1])
    if mine or not oversees(reader):
        return mine, True
    return list(ask(followed, reader)[: SHOWN + 1]), False


def worked_in(reader: Reader) -> QuerySet[Study]:
    """List the studies under way in which somebody works."""
    works_in = Q(pk__in=reader.places(Kind.STUDY))
    return followed(reader).filter(works_in | Q(pk__in=visible(reader, Study, Verb.CHANGE)))


def followed(reader: Reader) -> QuerySet[Study]:
    """List the studies under way that somebody sees."""
    rows = in_motion(visible(reader, Study)).order_by("publish_by", "title")
    return rows.only("title", "state", "publish_by")
