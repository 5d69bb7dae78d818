"""Propose a cluster, find partners for it, and start it."""

import attrs
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.clusters import adopt, begin
from biotoop.web.clusters.actions.steps import (
    Said,
    fresh,
    moved,
    refuse_unless_possible,
    write_step,
)
from biotoop.web.clusters.actions.telling import (
    INTEREST,
    PROPOSAL_MOVED,
    PROPOSED,
    about_proposal,
)
from biotoop.web.clusters.enums import ClusterState, ProposalState, ThemeKind
from biotoop.web.clusters.models import Cluster, Interest, Proposal, Seat
from biotoop.web.clusters.queries import live_interests
from biotoop.web.clusters.rules import Transition
from biotoop.web.organisations.models import Membership
from biotoop.web.shared.actions.records import Refused, keep

SEEKS = (ProposalState.SEEKING, ProposalState.FEASIBLE)


@attrs.frozen(kw_only=True)
class Start:
    """With what a proposal becomes a cluster."""

    cluster: Cluster  # not kept yet: theme, period, capacity
    professor: Membership


@transaction.atomic
def propose(proposal: Proposal, said: Said) -> Proposal:
    """Bring in a theme of one's own."""
    if proposal.host_id == proposal.organisation_id:
        raise Refused(_("Choose the organisation that offers the master; that is not yours."))
    made = keep(proposal, by=said.by)
    write_step(made, "", said)
    about_proposal(made, PROPOSED, by=said.by)
    return made


@transaction.atomic
def show_interest(interest: Interest, said: Said) -> Interest:
    """Say that an organisation wants to take part."""
    proposal = fresh(Proposal.objects.all(), interest.proposal)
    if proposal.state not in SEEKS:
        raise Refused(_("This proposal looks for no partners now."))
    if proposal.organisation_id == interest.organisation_id:
        raise Refused(_("This is the proposal of your own organisation."))
    made = keep(interest, by=said.by)
    about_proposal(proposal, INTEREST, by=said.by, who=interest.organisation.name)
    return made


@transaction.atomic
def take_step(
    proposal: Proposal, step: Transition, said: Said, start: Start | None = None
) -> Proposal:
    """Take a proposal one step on."""
    there = fresh(Proposal.objects.select_related("organisation", "host"), proposal)
    refuse_unless_possible(there, step, said)
    partners = [row.organisation for row in live_interests(there)]
    if step.target in (ProposalState.FEASIBLE, ProposalState.STARTED) and not partners:
        raise Refused(_("At least one other organisation has to take part."))
    if step.target == ProposalState.STARTED:
        if start is None:
            raise Refused(_("Name the professor and the period first."))
        there.cluster = set_up(there, start, said)
        there.professor = start.professor
    done = moved(there, step, said)
    about_proposal(done, PROPOSAL_MOVED, by=said.by)
    return done


def set_up(proposal: Proposal, start: Start, said: Said) -> Cluster:
    """Make the cluster, with a professor and a requested seat for everybody who takes part."""
    cluster, partners = start.cluster, [row.organisation for row in live_interests(proposal)]
    if cluster.theme.kind != ThemeKind.COCREATION:
        raise Refused(_("Choose a theme of the kind “co-creation”."))
    if cluster.capacity < 1 + len(partners):
        raise Refused(_("There are fewer seats than organisations that take part."))
    cluster.state = ClusterState.OPEN
    made = begin(cluster, said)
    adopt(made, start.professor, said)
    for organisation in (proposal.organisation, *partners):
        seat = Seat(cluster=made, organisation=organisation, motive=proposal.question)
        write_step(keep(seat, by=said.by), "", said)
    return made
