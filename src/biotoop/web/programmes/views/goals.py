"""Policy goals of municipalities."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.forms.programmes import GoalFilter, PolicyGoalForm
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said, with_end

GOVERNS = (OrganisationKind.MUNICIPALITY, OrganisationKind.GOVERNMENT)


def trail() -> Trail:
    """Give the way to the policy goals."""
    return [(reverse("programmes:goals"), _("Policy goals"))]


def trail_to(goal: PolicyGoal) -> Trail:
    """Give the way to a policy goal."""
    return [*trail(), (goal.get_absolute_url(), goal.name)]


def governments(reader: Reader) -> QuerySet[Organisation]:
    """List the municipalities for which a reader may set goals."""
    return owners(reader, PolicyGoal).filter(kind__in=GOVERNS)


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the policy goals that the reader sees."""
    rows = visible(request.reader, PolicyGoal).select_related("organisation")
    asked = GoalFilter(request.GET, owners=visible(request.reader, Organisation))
    if asked.is_valid():
        if words := asked.cleaned_data["zoek"].strip():
            rows = rows.filter(Q(name_nl__icontains=words) | Q(name_en__icontains=words))
        if asked.cleaned_data["organisatie"]:
            rows = rows.filter(organisation=asked.cleaned_data["organisatie"])
    rows = rows.order_by("organisation__name", "name_nl", "pk")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("pagina")),
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_make": governments(request.reader).exists(),
    }
    return render(request, "programmes/goals.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a policy goal."""
    among = PolicyGoal.objects.select_related("organisation")
    goal = found(request.reader, PolicyGoal, pk, among=among)
    context = {
        "goal": goal,
        "trail": with_end(trail(), goal.name),
        "may_change": may(request.reader, Verb.CHANGE, goal),
        "may_archive": may(request.reader, Verb.ARCHIVE, goal),
    }
    return render(request, "programmes/goal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Set a policy goal."""
    choices = governments(request.reader)
    if not owners(request.reader, PolicyGoal).exists():
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(PolicyGoal(**values), by=person(request))
        said(request, _("The policy goal stands there."))
        return made.get_absolute_url()

    form = PolicyGoalForm(request.POST or None, owners=choices)
    lead = "" if choices else _("Only a municipality, ministry or province sets policy goals.")
    words = Words(title=_("New policy goal"), button=_("Set this goal"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a policy goal."""
    goal = found(request.reader, PolicyGoal, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(goal, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return goal.get_absolute_url()

    form = PolicyGoalForm(request.POST or None, instance=goal, owners=Organisation.objects.none())
    words = Words(title=_("Change the policy goal"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(goal))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a policy goal away; it can be put back."""
    goal = found(request.reader, PolicyGoal, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(goal, by=person(request))
        undo = reverse("programmes:restore_goal", args=[pk])
        said(request, _("%(name)s is archived.") % {"name": goal.name}, undo=undo)
        return reverse("programmes:goals")

    words = Words(
        title=_("Archive %(name)s") % {"name": goal.name},
        lead=_("It disappears from every list. Nothing is thrown away; you can put it back."),
        button=_("Archive"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to(goal))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a policy goal back."""
    goal = found(request.reader, PolicyGoal, pk, Verb.ARCHIVE)
    put_back(goal, by=person(request))
    said(request, _("%(name)s is back.") % {"name": goal.name})
    return redirect(goal.get_absolute_url())
