"""A policy goal for who decides about it: what is known, how sure, what it costs, what is asked."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import attrs
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.models import Run
from biotoop.web.dashboards.bridge.euros import Euros, euros_of, words
from biotoop.web.dashboards.queries.goals import Served, codes_towards, serving
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.shared.rules import ReaderRequest, found
from biotoop.web.theories.bridge.documents import LanguageCode, published
from biotoop.web.theories.bridge.reading import words_of_certainty
from biotoop.web.theories.forms.fields import reader_language
from biotoop.web.theories.views.showing import ShownLink, shown_links

# From what is least sure to what is surest; what speaks against it comes first of all.
ORDER = (
    "adverse", "contradicted", "disputed", "too_little", "open", "", "plausible", "very_plausible"
)  # fmt: skip
ASKED = 3


@attrs.frozen(kw_only=True)
class Way:
    """The steps of one theory that lead to the goal, the least sure first."""

    served: Served
    nodes: tuple[tuple[str, str], ...]
    steps: tuple[tuple[ShownLink, str], ...]
    counts: tuple[tuple[str, str, int], ...]
    agenda: tuple[tuple[str, str], ...]
    euros: tuple[tuple[str, Euros, tuple[tuple[str, object], ...], str], ...]

    @property
    def weakest(self) -> ShownLink | None:
        """Give the step of which least is sure, once any was judged."""
        return self.steps[0][0] if self.steps and self.served.assessments else None


@require_safe
def goal(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Answer four questions about a policy goal; anybody reads it where the goal is public."""
    there = found(request.reader, PolicyGoal, pk, among=with_organisation)
    language = reader_language()
    ways = [way_of(served, language) for served in serving(there, request.reader)]
    trail = [
        (reverse("programmes:goals"), _("Policy goals")),
        (there.get_absolute_url(), there.name),
        (request.path, _("What do we know?")),
    ]
    context = {
        "goal": there,
        "ways": ways,
        "trail": trail,
        "is_judged": any(way.served.assessments for way in ways),
        "has_euros": any(way.euros for way in ways),
        "asks": any(way.agenda or way.served.studies for way in ways),
    }
    return render(request, "dashboards/goal.html", context)


def with_organisation() -> QuerySet[PolicyGoal]:
    """Bring along whose goal it is."""
    return PolicyGoal.objects.select_related("organisation")


def way_of(served: Served, language: LanguageCode) -> Way:
    """Make a theory ready for the page."""
    version = served.theory.latest
    content = version.content if version else {}
    value = published(content)
    codes = codes_towards(content, [row.node.code for row in served.links])
    links = shown_links(served.theory, value, served.assessments, language, draft=False, panels={})
    steps = sorted(
        (link for link in links if link.code in codes and link.is_graded),
        key=lambda link: ORDER.index(link.grade) if link.grade in ORDER else 0,
    )
    labels = {node.code: node.label.get(language) for node in value.nodes}
    return Way(
        served=served,
        nodes=tuple((labels.get(r.node.code, str(r.node)), r.because) for r in served.links),
        steps=tuple((step, certainty_of(step, language)) for step in steps),
        counts=counts_of(steps),
        agenda=agenda_of(served, codes, language),
        euros=tuple(shown_euros(run, language) for run in served.runs if euros_of(run.digest)),
    )


def certainty_of(step: ShownLink, language: LanguageCode) -> str:
    """Give the words for how sure the evidence on a step is."""
    row = step.assessment
    return words_of_certainty(row.certainty, language) if row and row.certainty else ""


def counts_of(steps: Sequence[ShownLink]) -> tuple[tuple[str, str, int], ...]:
    """Count the steps by grade, as badges."""
    counted = Counter((step.badge, step.grade_words) for step in steps)
    return tuple((badge, text, number) for (badge, text), number in counted.items())


def agenda_of(
    served: Served, codes: set[str], language: LanguageCode
) -> tuple[tuple[str, str], ...]:
    """Give what to find out next on the way to this goal: the step, and why."""
    wanted = [row for row in served.agenda if row.link.code in codes][:ASKED]
    return tuple(
        (str(row.link), row.reason_en if language == "en" else row.reason_nl) for row in wanted
    )


def shown_euros(
    run: Run, language: LanguageCode
) -> tuple[str, Euros, tuple[tuple[str, object], ...], str]:
    """Give the euros of a run: study, amounts, parties, and where all of it stands."""
    found_here = euros_of(run.digest)
    if found_here is None:  # pragma: no cover - left out by the caller
        raise LookupError(run.digest)
    parties = tuple((words(row.label, language), row) for row in found_here.parties)
    return run.study.title, found_here, parties, address_of(run)


def address_of(run: Run) -> str:
    """Give the page of a run, when the workplace has one."""
    try:
        return run.get_absolute_url()
    except NoReverseMatch:
        return ""
