"""The steps in the life of a cluster, a seat and a proposal, and who may take them."""

from collections.abc import Mapping

import attrs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import Reader, may

Words = str | Promise


@attrs.frozen(kw_only=True)
class Transition:
    """From where to where, with which verb of the permission file, and what is asked."""

    name: str
    sources: tuple[str, ...]
    target: str
    verb: Verb
    words: Words
    lead: Words = ""
    asks_reason: bool = False


def table(*rows: Transition) -> Mapping[str, Transition]:
    """Give the steps by name, in their order."""
    return {row.name: row for row in rows}


SEAT_STEPS = table(
    Transition(
        name="promise",
        sources=(SeatState.REQUESTED,),
        target=SeatState.PROMISED,
        verb=Verb.DECIDE,
        words=_("Promise the seat"),
        lead=_("The seat is kept for this organisation. Next comes the payment."),
    ),
    Transition(
        name="confirm",
        sources=(SeatState.PROMISED,),
        target=SeatState.CONFIRMED,
        verb=Verb.DECIDE,
        words=_("Confirm the payment"),
        lead=_("The organisation paid. Next it names the employee."),
    ),
    Transition(
        name="take",
        sources=(SeatState.CONFIRMED,),
        target=SeatState.TAKEN,
        verb=Verb.CHANGE,
        words=_("Let the employee begin"),
        lead=_("The employee starts the research and the master, and gets an own line."),
    ),
    Transition(
        name="finish",
        sources=(SeatState.TAKEN,),
        target=SeatState.FINISHED,
        verb=Verb.DECIDE,
        words=_("Finish the seat"),
        lead=_("The research and the master are done. The yield and the works stay to be read."),
    ),
    Transition(
        name="lapse",
        sources=(
            SeatState.REQUESTED,
            SeatState.PROMISED,
            SeatState.CONFIRMED,
            SeatState.TAKEN,
        ),
        target=SeatState.LAPSED,
        verb=Verb.CHANGE,
        words=_("Let the seat lapse"),
        lead=_("The place becomes free for another organisation. This cannot be undone."),
        asks_reason=True,
    ),
)
CLUSTER_STEPS = table(
    Transition(
        name="open",
        sources=(ClusterState.PREPARING,),
        target=ClusterState.OPEN,
        verb=Verb.DECIDE,
        words=_("Open for organisations"),
        lead=_("Organisations can ask for a seat from now on."),
    ),
    Transition(
        name="start",
        sources=(ClusterState.OPEN,),
        target=ClusterState.RUNNING,
        verb=Verb.DECIDE,
        words=_("Start the cluster"),
        lead=_("A professor has adopted it, and at least two organisations have a paid seat."),
    ),
    Transition(
        name="finish",
        sources=(ClusterState.RUNNING,),
        target=ClusterState.FINISHED,
        verb=Verb.DECIDE,
        words=_("Finish the cluster"),
        lead=_("All seats are finished or lapsed. After-care goes on."),
    ),
    Transition(
        name="stop",
        sources=(ClusterState.PREPARING, ClusterState.OPEN, ClusterState.RUNNING),
        target=ClusterState.STOPPED,
        verb=Verb.DECIDE,
        words=_("Stop the cluster"),
        lead=_("No seat may still be promised, paid or taken."),
        asks_reason=True,
    ),
)
OPEN_PROPOSAL = (ProposalState.PROPOSED, ProposalState.SEEKING, ProposalState.FEASIBLE)
PROPOSAL_STEPS = table(
    Transition(
        name="seek",
        sources=(ProposalState.PROPOSED,),
        target=ProposalState.SEEKING,
        verb=Verb.DECIDE,
        words=_("Look for partners"),
        lead=_("Everybody can read the proposal; organisations can say that they want to join."),
    ),
    Transition(
        name="deem",
        sources=(ProposalState.SEEKING,),
        target=ProposalState.FEASIBLE,
        verb=Verb.DECIDE,
        words=_("Call it feasible"),
        lead=_("At least one other organisation wants to take part."),
    ),
    Transition(
        name="start",
        sources=(ProposalState.FEASIBLE,),
        target=ProposalState.STARTED,
        verb=Verb.DECIDE,
        words=_("Start a cluster"),
        lead=_("A cluster is made; every organisation that takes part gets a requested seat."),
    ),
    Transition(
        name="withdraw",
        sources=OPEN_PROPOSAL,
        target=ProposalState.WITHDRAWN,
        verb=Verb.CHANGE,
        words=_("Withdraw the proposal"),
        lead=_("Who wanted to take part is told."),
        asks_reason=True,
    ),
)


def may_step(reader: Reader, row: Record, step: Transition) -> bool:
    """Tell whether a reader may take this step now."""
    return getattr(row, "state", "") in step.sources and may(reader, step.verb, row)


def steps_for(
    reader: Reader, row: Record, steps: Mapping[str, Transition], state: str
) -> list[Transition]:
    """List the steps that a reader may take from this state; each verb is asked once."""
    open_now = [step for step in steps.values() if state in step.sources]
    held = {verb for verb in {step.verb for step in open_now} if may(reader, verb, row)}
    return [step for step in open_now if step.verb in held]


def acting_role(reader: Reader, verb: Verb, row: Record) -> str:
    """Give the role in which a reader may do this; nothing when none does by itself."""
    for grant in sorted(reader.grants, key=lambda grant: grant.role == Role.VISITOR):
        if may(Reader(reader.user_id, (grant,)), verb, row):
            return grant.role.value
    return ""
