"""What the clusters of the invented world do: telling, deciding, proposing, sharing data."""

from datetime import date, timedelta

from biotoop.web.clusters.actions import datasets, lines, proposals
from biotoop.web.clusters.models import (
    AfterCare,
    Dataset,
    DatasetAccess,
    DatasetPart,
    Decision,
    Interest,
    Meeting,
    Proposal,
    Report,
    Yield,
)
from biotoop.web.clusters.rules import PROPOSAL_STEPS
from biotoop.web.config.demo.clusters import HOST, MONTH, Clusters, begin, plan
from biotoop.web.config.demo.people import World
from biotoop.web.shared.actions.records import keep
from biotoop.web.shared.models.days import site_day
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory


def make_clusters(world: World, theories: dict[str, Theory]) -> None:
    """Make the clusters and everything that happens in them."""
    made = begin(world, theories)
    tell(made)
    meet(made)
    propose(made)
    share(made)


def day(offset: int) -> date:
    """Give the day so many days from today."""
    return site_day() + timedelta(days=offset)


def tell(made: Clusters) -> None:
    """Let participants tell how it goes and what it brought."""
    for number, plain in enumerate(plan()["reports"]):
        line = made.lines[plain["cluster"], plain["org"]]
        fields = {name: plain.get(name, "") for name in ("kind", "title", "text", "address")}
        lines.report(Report(line=line, on=day(-MONTH * number - 5), **fields), made.said())
    for plain in plan()["yields"]:
        fields = {name: plain[name] for name in ("kind", "text", "evidence")}
        seat = made.seats[plain["cluster"], plain["org"]]
        lines.note_yield(Yield(seat=seat, on=day(-MONTH), **fields), made.said())


def meet(made: Clusters) -> None:
    """Let the work community and the learning group meet and decide."""
    host = made.world.organisations[HOST]
    for plain in plan()["meetings"]:
        fields = {name: plain.get(name, "") for name in ("title", "place", "agenda", "notes")}
        cluster = made.clusters.get(plain.get("cluster", ""))
        row = Meeting(organisation=host, cluster=cluster, on=day(plain["days"]), **fields)
        keep(row, by=None)
    for plain in plan()["decisions"]:
        outcome = plain.get("outcome", "")
        decided = Decision(
            cluster=made.clusters[plain["cluster"]], owner=made.people[plain["who"]],
            text=plain["text"], due_on=day(plain["due"]), outcome=outcome,
            done_on=day(plain["due"]) if outcome else None,
        )  # fmt: skip
        keep(decided, by=None)
    for plain in plan()["after_care"]:
        fields = {name: plain[name] for name in ("kind", "title", "text")}
        cluster = made.clusters[plain["cluster"]]
        keep(AfterCare(cluster=cluster, on=day(plain["days"]), **fields), by=None)


def propose(made: Clusters) -> None:
    """Let organisations bring in a theme of their own."""
    places = made.world.organisations
    for plain in plan()["proposals"]:
        fields = {name: plain[name] for name in ("title", "question", "wanted")}
        row = Proposal(organisation=places[plain["org"]], host=places[HOST], **fields)
        proposal = proposals.propose(row, made.said())
        if plain["to"] == "seeking":
            proposal = proposals.take_step(proposal, PROPOSAL_STEPS["seek"], made.said())
        for code in plain.get("partners", ()):
            note = "Onze jongerenwerkers zien de wachtlijst elke week."
            interest = Interest(proposal=proposal, organisation=places[code], note=note)
            proposals.show_interest(interest, made.said())


def share(made: Clusters) -> None:
    """Let partners bring in parts of a dataset, and open them for one line."""
    plain = plan()["dataset"]
    study = Study.objects.get(title="Jongeren over jongerenwerk")
    cluster = made.clusters[plain["cluster"]]
    fields = {name: plain[name] for name in ("title", "arrangement", "contact", "codebook")}
    period = {"starts_on": cluster.starts_on, "ends_on": cluster.ends_on}
    row = Dataset(cluster=cluster, study=study, **period, **fields)
    dataset = datasets.arrange(row, made.said())
    for each in plain["parts"]:
        part = DatasetPart(
            dataset=dataset, organisation=made.world.organisations[each["org"]], **period,
            content=each["content"], signed_by=each["signed"],
        )  # fmt: skip
        datasets.bring_in(part, made.said())
        line = made.lines[plain["cluster"], each["open_for"]]
        access = DatasetAccess(part=part, line=line, purpose=each["purpose"], **period)
        datasets.open_for(access, made.said())
