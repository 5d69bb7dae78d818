"""A cluster here under the shared research programme, with everything in it; and one elsewhere."""

from datetime import timedelta

from django.utils.timezone import localdate

from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState
from biotoop.web.clusters.models import (
    Adoption,
    AfterCare,
    Aspect,
    Cluster,
    Dataset,
    DatasetAccess,
    DatasetPart,
    Decision,
    Holder,
    Interest,
    Joining,
    Meeting,
    OwnLine,
    Proposal,
    Report,
    Seat,
    Theme,
    Yield,
)
from biotoop.web.organisations.models import Membership
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory
from web.permissions.world import LONG_AGO, person

TODAY = localdate()
LATER = TODAY + timedelta(days=300)


def fill(world) -> None:
    """Let the partner offer a cluster in which the organisation here has a seat; one elsewhere."""
    named = world.organisations
    here = {"id": world.places[Kind.CLUSTER], "partnership_id": world.places[Kind.PARTNERSHIP]}
    fill_cluster(world, named["partner"], named["here"], public=True, **here)
    fill_cluster(world, named["here"], named["partner"], public=False)
    fill_cluster(world, named["elsewhere"], named["former"], public=False)


def belongs_to(place) -> Membership:
    user = person("clusters")
    return Membership.objects.create(user=user, organisation=place, starts_on=LONG_AGO)


def partners_of(world, place) -> list:
    """Give who works with an organisation, itself included where it works with somebody."""
    together = world.together
    return together if place in together else [place]


def fill_cluster(world, host, buyer, *, public: bool, **fields) -> None:
    """Make a cluster with a row of everything that belongs to it."""
    theme = Theme.objects.create(organisation=host, name_nl=f"Thema {host}")
    world.add(theme, host=host, public=True)
    whole = Cluster.objects.create(
        theme=theme, organisation=host, name_nl="C", question="?", starts_on=LONG_AGO,
        ends_on=LATER, state=ClusterState.RUNNING, is_public=public, **fields,
    )  # fmt: skip
    holds, sponsors, leads = belongs_to(buyer), belongs_to(buyer), belongs_to(host)
    seat = Seat.objects.create(
        cluster=whole, organisation=buyer, sponsor=sponsors, motive="?", state=SeatState.TAKEN,
        starts_on=LONG_AGO, ends_on=LATER,
    )  # fmt: skip
    holder = Holder.objects.create(seat=seat, membership=holds, starts_on=LONG_AGO)
    place = {"host": host, "cluster": whole}
    if whole.partnership_id:
        place["partnership"] = whole.partnership_id
    sitting = [holds.user, sponsors.user]
    around = {**place, "organisation": buyer, "own": [*sitting, leads.user]}
    offered = {"partners": partners_of(world, host)}
    adopted = Adoption.objects.create(cluster=whole, professor=leads, starts_on=LONG_AGO)
    world.add(whole, public=public, **around, **offered)
    led = {**around, "own": leads.user, "involved": around["own"]}
    world.add(adopted, public=public, **led, **offered)
    aspect = Aspect.objects.create(cluster=whole, name_nl="A")
    world.add(aspect, public=public, **around, **offered)
    after = AfterCare.objects.create(cluster=whole, kind="network", title="N", on=TODAY)
    world.add(after, public=public, **around)
    fill_community(world, whole, place, around, leads)
    held = {**place, "organisation": buyer, "own": holds.user, "involved": sitting}
    fill_seat(world, seat, holder, held, public=public)
    fill_data(world, whole, holder.line, place, around)
    fill_proposal(world, host, buyer)


def fill_community(world, whole, place, around, leads) -> None:
    """Make a meeting and a decision."""
    own = {**place, "own": around["own"]}
    meeting = Meeting.objects.create(
        organisation=whole.organisation, cluster=whole, title="M", on=TODAY
    )
    world.add(meeting, **own)
    decided = Decision.objects.create(cluster=whole, text="D", owner=leads, due_on=TODAY)
    world.add(decided, **{**place, "own": leads.user})


def fill_seat(world, seat, holder, place, *, public: bool) -> None:
    """Make what belongs to a seat."""
    world.add(seat, **place)
    line = OwnLine.objects.create(holder=holder, title="L")
    world.add(line, **place)
    for kind in ("progress", "publication"):
        row = Report.objects.create(line=line, kind=kind, title="R", on=TODAY)
        world.add(row, public=public and kind == "publication", **place)
    for kind in ("o_network", "s_network"):
        kept = Yield.objects.create(seat=seat, kind=kind, text="x", evidence="x", on=TODAY)
        own = place["own"] if kind == "s_network" else []
        world.add(kept, **{**place, "own": own})
    joined = Joining.objects.create(
        seat=seat, cluster=seat.cluster, starts_on=TODAY, ends_on=TODAY, reason="x"
    )
    world.add(joined, **{key: of for key, of in place.items() if key != "partnership"}, **(
        {"partnership": place["partnership"]} if "partnership" in place else {}
    ))  # fmt: skip


def fill_data(world, whole, line, place, around) -> None:
    """Make a dataset with a part that is open for a line."""
    home = whole.organisation
    programme = Programme.objects.filter(organisation=home).first()
    theory = Theory.objects.create(programme=programme, title="Data")
    study = Study.objects.create(
        theory=theory, organisation=home, title="S", question="?", period_start=TODAY,
        period_end=TODAY,
    )  # fmt: skip
    made = Dataset.objects.create(
        cluster=whole, study=study, title="D", arrangement="x", contact="x", codebook="x",
        starts_on=TODAY,
    )  # fmt: skip
    world.add(made, **around)
    buyer = around["organisation"]
    part = DatasetPart.objects.create(
        dataset=made, organisation=buyer, content="x", signed_by="x", starts_on=TODAY
    )
    world.add(part, **place, organisation=buyer)
    opened = DatasetAccess.objects.create(part=part, line=line, purpose="x", starts_on=TODAY)
    world.add(opened, **place, organisation=buyer)


def fill_proposal(world, host, buyer) -> None:
    """Make a proposal that looks for partners and one that does not, with an interest."""
    for state in (ProposalState.PROPOSED, ProposalState.SEEKING):
        made = Proposal.objects.create(
            organisation=buyer, host=host, title="V", question="?", wanted="?", state=state
        )
        world.add(made, public=state == ProposalState.SEEKING, host=host, organisation=buyer)
        row = Interest.objects.create(proposal=made, organisation=host)
        world.add(row, host=host, organisation=host)
