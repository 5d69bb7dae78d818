"""Where every study stands, and what is late."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, ask, visible
from biotoop.web.studies.enums import StudyState
from biotoop.web.studies.models import PlanRegistration, Study
from biotoop.web.studies.queries import evidence_of, for_lists, late, not_published, with_words_only

A_PAGE = 25
STATES = tuple(StudyState)
CHOICES = (
    ("laat", gettext_lazy("late")),
    ("beloofd", gettext_lazy("registered, not published")),
    *((state.value, state.label) for state in STATES),
)


@require_safe
def overview(request: ReaderRequest) -> HttpResponse:
    """Show the studies that a reader sees by where they are in their life."""
    today, asked = site_day(), request.GET.get("staat", "")
    asked = asked if asked in dict(CHOICES) else ""
    rows = ask(standing, request.reader, state=asked)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    evidence = evidence_of([study.pk for study in page])
    numbers = ask(counts, request.reader).first() or {}
    context = {
        "page": page,
        "rows": [(row, place_of(row), sum(evidence.get(row.pk, {}).values())) for row in page],
        "states": [
            (state, words, numbers[state]) for state, words in CHOICES if numbers.get(state)
        ],
        "asked": asked,
        "today": today,
        "last_place": len(STATES),
    }
    return render(request, "dashboards/overview.html", context)


def standing(reader: Reader, *, state: str) -> QuerySet[Study]:
    """List the studies that a reader sees, those in one state when it is named."""
    rows = visible(reader, Study)
    if state == "laat":
        rows = late(rows)
    elif state == "beloofd":
        rows = not_published(rows)
    elif state:
        rows = rows.filter(state=state)
    order = (F("publish_by").asc(nulls_last=True), "title", "pk")
    return with_words_only(for_lists(rows)).order_by(*order)


def place_of(study: Study) -> int:
    """Give the number of the state in the life of a study, from 1."""
    return STATES.index(StudyState(study.state)) + 1


def counts(reader: Reader) -> QuerySet[Any, Any]:
    """Count the studies by state, those that are late, and what was not published: one row."""
    plans, waits = PlanRegistration.objects.values("study"), Q(published_on=None)
    rows: QuerySet[Any, Any] = visible(reader, Study).order_by()
    counted: QuerySet[Any, Any] = (
        rows.annotate(whole=Value(1))
        .values("whole")
        .annotate(
            **{state.value: Count("pk", Q(state=state)) for state in STATES},
            laat=Count("pk", waits & Q(publish_by__lt=site_day())),
            beloofd=Count("pk", waits & Q(pk__in=plans)),
        )
    )
    numbers: QuerySet[Any, Any] = counted.values(*(value for value, _words in CHOICES))
    return numbers
