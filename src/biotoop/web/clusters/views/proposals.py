"""Proposals for clusters: the list, one of them, partners, and the start."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.clusters.actions import proposals as acts
from biotoop.web.clusters.enums import ProposalState, ThemeKind
from biotoop.web.clusters.forms.clusters import ABOUT_PROPOSAL, StepForm
from biotoop.web.clusters.forms.community import InterestForm, ProposalForm, StartForm
from biotoop.web.clusters.models import Cluster, Interest, Proposal, Theme
from biotoop.web.clusters.queries import live_interests
from biotoop.web.clusters.rules import PROPOSAL_STEPS, steps_for
from biotoop.web.clusters.views.frame import acting, home_tabs, step_address, trail
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.organisations.queries import live_grants
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import change, put_away
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, allowed, found, may, visible
from biotoop.web.shared.views.records import Trail, Words, form_page, said, with_end

PATH = tuple(ProposalState)[:4]


def trail_to_proposals() -> Trail:
    """Give the way to the proposals."""
    return [*trail(), (reverse("clusters:proposals"), _("Co-creation"))]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the proposals that the reader sees."""
    rows = visible(request.reader, Proposal).select_related("organisation", "host")
    wanted = Count("interests", filter=Q(interests__archived_at=None))
    ordered = rows.annotate(number=wanted).order_by("-created_at", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "tabs": home_tabs(request.reader),
        "may_make": owners(request.reader, Proposal).exists(),
    }
    return render(request, "clusters/proposals.html", context)


def among_proposals() -> QuerySet[Proposal]:
    """Bring along what a page about a proposal shows."""
    return Proposal.objects.select_related("organisation", "host", "cluster", "professor__user")


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a proposal."""
    reader = request.reader
    proposal = found(reader, Proposal, pk, among=among_proposals())
    interests = list(live_interests(proposal))
    steps = steps_for(reader, proposal, PROPOSAL_STEPS, proposal.state)
    is_inside = may(reader, Verb.CHANGE, proposal)
    own = allowed(reader, Verb.ARCHIVE, interests)
    shown = [row for row in interests if is_inside or row.pk in own]
    sees = proposal.cluster is not None and may(reader, Verb.SEE, proposal.cluster)
    context = {
        "proposal": proposal,
        "trail": with_end(trail_to_proposals(), proposal.title),
        "interests": shown,
        "number": len(interests),
        "own": own,
        "next": [step_address(proposal, "proposal", step) for step in steps],
        "labels": [str(state.label) for state in PATH],
        "at": PATH.index(proposal.standing) + 1 if proposal.standing in PATH else 0,
        "changes": proposal.steps.order_by("at"),
        "sees_cluster": sees,
        "reads_reasons": is_inside,
        "may_change": is_inside and proposal.state == ProposalState.PROPOSED,
        "looks_for_partners": proposal.state in acts.SEEKS,
        "may_join": proposal.state in acts.SEEKS and interested(reader, proposal).exists(),
    }
    return render(request, "clusters/proposal.html", context)


def interested(reader: Reader, proposal: Proposal) -> QuerySet[Organisation]:
    """List the organisations for which a reader can show interest."""
    there = live_interests(proposal).values("organisation")
    rows = owners(reader, Interest).exclude(pk=proposal.organisation_id)
    return rows.exclude(pk__in=there)


def hosts() -> QuerySet[Organisation]:
    """List the organisations that offer themes."""
    offering = Theme.objects.filter(archived_at=None).values("organisation")
    return Organisation.objects.filter(pk__in=offering)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Propose a cluster."""
    makers = owners(request.reader, Proposal)
    if not makers:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = acts.propose(Proposal(**values), acting(request, Verb.MAKE, None))
        said(request, _("The proposal stands there. Together we look for partners."))
        return made.get_absolute_url()

    form = ProposalForm(request.POST or None, choices={"organisation": makers, "host": hosts()})
    for name in ("organisation", "host"):
        form.fields[name].empty_label = None  # type: ignore[attr-defined]
    lead = _("Bring in a theme of your own. It starts with at least two organisations.")
    words = Words(title=_("Propose a cluster"), button=_("Propose this"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_proposals())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a proposal that nobody answered to yet."""
    proposal = found(request.reader, Proposal, pk, Verb.CHANGE)
    if proposal.state != ProposalState.PROPOSED:
        raise PermissionDenied

    def save(values: dict[str, Any], edition: int) -> str:
        change(proposal, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return proposal.get_absolute_url()

    form = ProposalForm(request.POST or None, instance=proposal)
    del form.fields["organisation"], form.fields["host"]
    words = Words(title=_("Change the proposal"), button=_("Save"))
    way = [*trail_to_proposals(), (proposal.get_absolute_url(), proposal.title)]
    return form_page(request, form, save, words=words, trail=way)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ReaderRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a proposal one step on."""
    chosen = PROPOSAL_STEPS.get(name)
    if chosen is None:
        raise Http404
    proposal = found(request.reader, Proposal, pk, chosen.verb, among=among_proposals())
    starts = chosen.target == ProposalState.STARTED

    def save(values: dict[str, Any], _edition: int) -> str:
        start = started_with(proposal, values) if starts else None
        acts.take_step(proposal, chosen, acting(request, chosen.verb, proposal, values), start)
        said(request, _("Done."))
        return proposal.get_absolute_url()

    form = (
        start_form(request, proposal)
        if starts
        else StepForm(
            request.POST or None,
            asks_reason=chosen.asks_reason,
            read_by=ABOUT_PROPOSAL,
            initial={"on": site_day()},
        )
    )
    words = Words(title=str(chosen.words), button=str(chosen.words), lead=str(chosen.lead))
    way = [*trail_to_proposals(), (proposal.get_absolute_url(), proposal.title)]
    return form_page(request, form, save, words=words, trail=way)


def start_form(request: ReaderRequest, proposal: Proposal) -> StartForm:
    """Ask for theme, professor, period and seats."""
    themes = Theme.objects.filter(
        organisation=proposal.host, kind=ThemeKind.COCREATION, archived_at=None
    )
    held = live_grants().filter(role=Role.SUPERVISOR).exclude(membership=None)
    professors = Membership.objects.filter(pk__in=held.values("membership"))
    rows = professors.select_related("user", "organisation").order_by("user__name", "pk")
    return StartForm(request.POST or None, choices={"theme": themes, "professor": rows})


def started_with(proposal: Proposal, values: dict[str, Any]) -> acts.Start:
    """Draw up the cluster that a proposal becomes."""
    names = ("theme", "starts_on", "ends_on", "capacity")
    cluster = Cluster(
        organisation=proposal.host,
        name_nl=proposal.title,
        question=proposal.question,
        **{name: values[name] for name in names},
    )
    return acts.Start(cluster=cluster, professor=values["professor"])


@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say that an organisation wants to take part."""
    proposal = found(request.reader, Proposal, pk)
    choices = interested(request.reader, proposal)
    if not owners(request.reader, Interest).exists():
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        row = Interest(proposal=proposal, **values)
        acts.show_interest(row, acting(request, Verb.MAKE, None))
        said(request, _("Your interest stands there. The organisation that proposed it is told."))
        return proposal.get_absolute_url()

    form = InterestForm(request.POST or None, choices={"organisation": choices})
    form.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
    words = Words(title=_("Take part in this proposal"), button=_("We want to take part"))
    way = [*trail_to_proposals(), (proposal.get_absolute_url(), proposal.title)]
    return form_page(request, form, save, words=words, trail=way)


@require_POST
def withdraw(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take back that an organisation wants to take part."""
    row = found(request.reader, Interest, pk, Verb.ARCHIVE)
    put_away(row, by=person(request))
    said(request, _("Taken back."))
    return redirect(row.proposal.get_absolute_url())
