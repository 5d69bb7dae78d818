"""Where every study stands, and what is late."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from biotoop.web.shared.rules import Reader, ReaderRequest, visible
from biotoop.web.studies.enums import StudyState
from biotoop.web.studies.models import PlanRegistration, Study
from biotoop.web.studies.queries import evidence_of, for_lists, late, not_published

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
    today, seen = localdate(), visible(request.reader, Study)
    asked = request.GET.get("staat", "")
    rows = seen.filter(state=asked) if asked in StudyState.values else seen
    if asked == "laat":
        rows = late(seen, today)
    elif asked == "beloofd":
        rows = not_published(seen)
    order = (F("publish_by").asc(nulls_last=True), "title", "pk")
    page = Paginator(for_lists(rows).order_by(*order), A_PAGE).get_page(request.GET.get("pagina"))
    evidence = evidence_of([study.pk for study in page])
    numbers = counts(request.reader, today)
    context = {
        "page": page,
        "rows": [(row, place_of(row), sum(evidence.get(row.pk, {}).values())) for row in page],
        "states": [(value, words, numbers[value]) for value, words in CHOICES if numbers[value]],
        "asked": asked,
        "today": today,
        "last_place": len(STATES),
    }
    return render(request, "dashboards/overview.html", context)


def place_of(study: Study) -> int:
    """Give the number of the state in the life of a study, from 1."""
    return STATES.index(StudyState(study.state)) + 1


def counts(reader: Reader, today: date) -> dict[str, int]:
    """Count the studies by state, those that are late, and what was not published: one query."""
    plans, waits = PlanRegistration.objects.values("study"), Q(published_on=None)
    counted = visible(reader, Study).aggregate(
        **{state.value: Count("pk", Q(state=state)) for state in STATES},
        laat=Count("pk", waits & Q(publish_by__lt=today)),
        beloofd=Count("pk", waits & Q(pk__in=plans)),
    )
    return {name: int(number) for name, number in counted.items()}
