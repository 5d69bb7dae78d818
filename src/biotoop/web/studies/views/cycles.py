"""Learning cycles: the list, one of them, its gates, its reflections and how it ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.programmes.models import Partnership
from biotoop.web.programmes.queries import partnerships_of
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, allowed, found, may, may_make, visible
from biotoop.web.shared.views.records import Words, form_page
from biotoop.web.studies.actions import cycles
from biotoop.web.studies.actions.cycles import CycleWords, Ending
from biotoop.web.studies.enums import GATES, Phase
from biotoop.web.studies.forms.cycles import CycleForm, DecideForm, GateForm, ReflectionForm
from biotoop.web.studies.models import Cycle, Reflection, Study
from biotoop.web.studies.queries import cycles_for_lists
from biotoop.web.studies.rules import theories_for
from biotoop.web.studies.views.frame import A_PAGE, BADGES, person, trail_to_cycle
from biotoop.web.studies.views.studies import MOST_THEORIES, edition_in
from biotoop.web.theories.models import Theory

AROUND = ("theory__programme__organisation", "partnership", "previous")


@require_safe
def listed(request: ReaderRequest) -> HttpResponse:
    """List the cycles that the reader sees."""
    rows = cycles_for_lists(visible(request.reader, Cycle)).order_by("-started_on", "title", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    theories = theories_for(request.reader, Cycle)[:MOST_THEORIES]
    return render(request, "studies/cycles.html", {"page": page, "theories": theories})


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a cycle: where it is, its gate, its studies, and what the lines say."""
    cycle = opened(request, pk)
    may_change = may(request.reader, Verb.CHANGE, cycle) and not cycle.is_closed
    asked = list(cycle.reflections.select_related("line"))
    answers = list(cycle.gate_answers.exclude(answer=""))
    gate = {row.question: row.answer for row in answers}
    own = allowed(request.reader, Verb.CHANGE, asked) if not cycle.is_closed else set()
    context = {
        "cycle": cycle,
        "trail": trail_to_cycle(cycle),
        "steps": [str(phase.label) for phase in Phase],
        "at": len(Phase) + 1 if cycle.is_closed else list(Phase).index(Phase(cycle.phase)) + 1,
        "missing": () if cycle.is_closed else cycles.missing(cycle),
        "gate": GateForm(phase=Phase(cycle.phase), initial={**gate, "edition": cycle.edition}),
        "has_gate": bool(GATES[Phase(cycle.phase)]) and not cycle.is_closed,
        "answered": [row for row in answers if row.phase != cycle.phase or cycle.is_closed],
        "reflections": [(row, row.pk in own) for row in asked],
        "studies": visible(request.reader, Study).filter(cycle=cycle),
        "badges": BADGES,
        "next_ones": cycle.next_cycles.filter(archived_at=None),
        "may_change": may_change,
        "may_decide": may(request.reader, Verb.DECIDE, cycle) and not cycle.is_closed,
        "silent": allowed(request.reader, Verb.DECIDE, asked) if not cycle.is_closed else set(),
        "may_follow": may_make(request.reader, Cycle, Kind.THEORY, cycle.theory_id),
    }
    return render(request, "studies/cycle.html", context)


def opened(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Cycle:
    """Give a cycle with which the reader may do this."""
    return found(request.reader, Cycle, pk, verb, among=Cycle.objects.select_related(*AROUND))


def partnerships_for(theory: Theory) -> Any:  # noqa: ANN401 - a query of research programmes
    """List the research programmes in which the organisation takes part."""
    here = partnerships_of([theory.programme.organisation_id])
    return Partnership.objects.filter(pk__in=here, archived_at=None)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Start a cycle on a theory."""
    theory = found(request.reader, Theory, pk, among=Theory.objects.select_related("programme"))
    return started(request, theory, None, _("New learning cycle"))


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Start the next cycle, which names the one before it."""
    cycle = opened(request, pk)
    if not cycle.is_closed:
        messages.error(request, _("Decide on this cycle first; then the next one can start."))
        return redirect(cycle)
    return started(request, cycle.theory, cycle, _("The next learning cycle"))


def started(
    request: ReaderRequest, theory: Theory, previous: Cycle | None, title: str
) -> HttpResponse:
    """Start a cycle."""
    if not may_make(request.reader, Cycle, Kind.THEORY, theory.pk):
        raise PermissionDenied
    open_to = partnerships_for(theory)
    first = Cycle(theory=theory, partnership=open_to.first() if len(open_to) == 1 else None)
    form = CycleForm(request.POST or None, instance=first, partnerships=open_to)

    def save(values: dict[str, Any], _edition: int) -> str:
        made = cycles.start(theory, CycleWords(**values), by=person(request), previous=previous)
        return made.get_absolute_url()

    words = Words(title=title, button=_("Start this cycle"), lead=str(theory))
    trail = (
        trail_to_cycle(previous)
        if previous
        else [(reverse("studies:cycles"), _("Learning cycles"))]
    )
    return form_page(request, form, save, words=words, trail=trail)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what stands above a cycle."""
    cycle = opened(request, pk, Verb.CHANGE)
    form = CycleForm(
        request.POST or None, instance=cycle, partnerships=partnerships_for(cycle.theory)
    )

    def save(values: dict[str, Any], edition: int) -> str:
        words = CycleWords(**values)
        return cycles.change(cycle, words, by=person(request), seen=edition).get_absolute_url()

    words = Words(title=_("Change this cycle"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to_cycle(cycle))


@require_POST
def answer(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Keep the answers at the gate."""
    cycle = opened(request, pk, Verb.CHANGE)
    form = GateForm(request.POST, phase=Phase(cycle.phase))
    if not form.is_valid():
        messages.error(request, _("An answer is too long, or the page was not whole. Try again."))
        return redirect(cycle)
    values = dict(form.cleaned_data)
    edition = values.pop("edition")
    return tried(
        request, cycle, lambda: cycles.answer(cycle, values, by=person(request), seen=edition),
        _("Your answers are kept."),
    )  # fmt: skip


@require_POST
def go_on(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go on to the next phase."""
    cycle = opened(request, pk, Verb.CHANGE)
    seen = edition_in(request)
    return tried(request, cycle, lambda: cycles.go_on(cycle, by=person(request), seen=seen))


@require_POST
def go_back(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go back one phase."""
    cycle = opened(request, pk, Verb.CHANGE)
    seen = edition_in(request)
    return tried(request, cycle, lambda: cycles.go_back(cycle, by=person(request), seen=seen))


def tried(
    request: ReaderRequest, cycle: Cycle, act: Callable[[], object], done: str = ""
) -> HttpResponse:
    """Do something with a cycle, or say why not."""
    try:
        act()
    except Stale:
        messages.error(request, _("Somebody else changed this cycle. Look again, then decide."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return redirect(cycle)


@require_http_methods(["GET", "HEAD", "POST"])
def reflect(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Give the reflection of one's line."""
    row = found(
        request.reader, Reflection, pk, Verb.CHANGE,
        among=Reflection.objects.select_related("cycle", "line"),
    )  # fmt: skip
    form = ReflectionForm(request.POST or None, instance=row)

    def save(values: dict[str, Any], edition: int) -> str:
        cycles.reflect(row, values["text"], by=person(request), seen=edition)
        return row.cycle.get_absolute_url()

    words = Words(
        title=_("Reflection of the line “%(line)s”") % {"line": row.line}, button=_("Give it"),
        lead=row.cycle.question,
    )  # fmt: skip
    return form_page(request, form, save, words=words, trail=trail_to_cycle(row.cycle))


@require_POST
def silent(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say that a line did not react."""
    rows = Reflection.objects.select_related("cycle")
    row = found(request.reader, Reflection, pk, Verb.DECIDE, among=rows)
    return tried(
        request, row.cycle,
        lambda: cycles.heard_nothing(row, by=person(request), seen=edition_in(request)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Close a cycle with a decision."""
    cycle = opened(request, pk, Verb.DECIDE)
    form = DecideForm(request.POST or None, instance=cycle)

    def save(values: dict[str, Any], edition: int) -> str:
        ending = Ending(
            conclusion=values["conclusion"], decision=values["decision"],
            reason=values["decision_reason"],
        )  # fmt: skip
        return cycles.decide(cycle, ending, by=person(request), seen=edition).get_absolute_url()

    words = Words(
        title=_("Decide and close"), button=_("Close this cycle"),
        lead=_("What did you find out, and what do you do with it?"),
    )  # fmt: skip
    return form_page(request, form, save, words=words, trail=trail_to_cycle(cycle))
