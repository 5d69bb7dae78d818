"""Research clusters of the invented world: from a request for a seat to after-care."""

from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import attrs
import yaml

from biotoop.web.accounts.models import User
from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions import holders, lines, seats
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.models import Aspect, Cluster, OwnLine, Seat, Theme
from biotoop.web.clusters.rules import CLUSTER_STEPS, SEAT_STEPS
from biotoop.web.config.demo.content import DOMAIN, Plain
from biotoop.web.config.demo.people import World, begun
from biotoop.web.organisations.actions.roles import give
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.records import keep
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day
from biotoop.web.theories.models import Theory

HOST = "HSM"
MONTH = 30
ORDER = ("promise", "confirm", "take", "finish")
REACHED = ("requested", "promised", "confirmed", "taken", "finished")


@cache
def plan() -> Plain:
    """Read what the clusters consist of."""
    text = resources.files(__package__).joinpath("clusters.yaml").read_text("utf-8")
    found: Plain = yaml.safe_load(text)
    return found


@attrs.define
class Clusters:
    """What was made so far, by the codes of the plan."""

    world: World
    theories: dict[str, Theory]
    people: dict[str, Membership] = attrs.field(factory=dict)
    themes: dict[str, Theme] = attrs.field(factory=dict)
    clusters: dict[str, Cluster] = attrs.field(factory=dict)
    seats: dict[tuple[str, str], Seat] = attrs.field(factory=dict)
    lines: dict[tuple[str, str], OwnLine] = attrs.field(factory=dict)

    def said(self, on: date | None = None, reason: str = "") -> Said:
        """Let the coordinator of the education do it."""
        by = self.world.people[Role.EDUCATION_COORDINATOR].pk
        role = Role.EDUCATION_COORDINATOR.value
        return Said(by=by, role=role, on=min(on or site_day(), site_day()), reason=reason)


def begin(world: World, theories: dict[str, Theory]) -> Clusters:
    """Make the people, the themes and the clusters with their seats."""
    made = Clusters(world, theories)
    make_people(made)
    for position, plain in enumerate(plan()["themes"], start=1):
        row = Theme(
            organisation=world.organisations[HOST], name_nl=plain["nl"], name_en=plain["en"],
            kind=plain.get("kind", "offered"), description_nl=plain["why"], position=position,
        )  # fmt: skip
        made.themes[plain["nl"]] = keep(row, by=None)
    for plain in plan()["clusters"]:
        made.clusters[plain["code"]] = make_cluster(made, plain)
    along, whole = made.seats["free", HOST], made.clusters["youth"]
    lines.join(along, whole, made.said(reason="Ouders en jongeren samen bevragen."))
    return made


def make_people(made: Clusters) -> None:
    """Make who sits on the seats, beside the people that everybody can be."""
    for code, (name, home) in plan()["people"].items():
        address = f"{code.replace('_', '-')}.cluster@{DOMAIN}"
        user = User.objects.create_user(address, None, name=name)
        organisation = made.world.organisations[home]
        belongs = Membership(user=user, organisation=organisation, starts_on=begun())
        made.people[code] = keep(belongs, by=None)
    place = Where(Kind.ORGANISATION, made.world.organisations["UOM"].pk)
    give(made.people["verzonnen"], Role.SUPERVISOR, place, by=None)
    for role in (Role.SPONSOR, Role.STUDENT, Role.LECTURER):
        made.people[role.value] = made.world.memberships[role]


def part_of(made: Clusters, cluster: Cluster, position: int, plain: Plain) -> Aspect:
    """Make a part of the question, about a step of a theory where the plan names one."""
    step = None
    if "step" in plain:
        theory, code = plain["step"]
        step = made.theories[theory].links.get(code=code)
    row = Aspect(
        cluster=cluster, name_nl=plain["nl"], name_en=plain["en"], position=position, step=step
    )
    return keep(row, by=None)


def make_cluster(made: Clusters, plain: Plain) -> Cluster:
    """Make one cluster and bring it, with its seats, to where it stands."""
    first = site_day().replace(day=1) + timedelta(days=MONTH * plain["starts"])
    row = Cluster(
        theme=made.themes[plain["theme"]], organisation=made.world.organisations[HOST],
        partnership=made.world.partnership, name_nl=plain["nl"], name_en=plain["en"],
        question=plain["question"], starts_on=first, ends_on=first + timedelta(days=730),
        capacity=plain["capacity"],
    )  # fmt: skip
    early = made.said(first - timedelta(days=4 * MONTH))
    cluster = acts.begin(row, early)
    aspects = [part_of(made, cluster, n, each) for n, each in enumerate(plain["aspects"], start=1)]
    cluster = acts.take_step(cluster, CLUSTER_STEPS["open"], early)
    acts.adopt(cluster, made.people["verzonnen"], early)
    for seat in plain["seats"]:
        buy(made, plain["code"], cluster, seat)
    if plain["state"] in ("running", "finished"):
        cluster = acts.take_step(cluster, CLUSTER_STEPS["start"], made.said(first))
    for seat in plain["seats"]:
        sit(made, plain["code"], seat, aspects)
    if plain["state"] == "finished":
        cluster = acts.take_step(cluster, CLUSTER_STEPS["finish"], made.said(cluster.ends_on))
    return cluster


def buy(made: Clusters, code: str, cluster: Cluster, plain: Plain) -> None:
    """Ask for a seat, and take it as far as being paid."""
    organisation = made.world.organisations[plain["org"]]
    sponsor = made.people.get(plain.get("sponsor", ""))
    row = Seat(
        cluster=cluster, organisation=organisation, sponsor=sponsor,
        motive="Wij willen samen leren wat werkt, en voor wie niet.",
    )  # fmt: skip
    day = cluster.starts_on - timedelta(days=3 * MONTH)
    seat = seats.ask(row, made.said(day))
    if plain["to"] == "lapsed":
        why = "De medewerker kreeg ander werk; er was geen vervanger."
        seat = seats.take_step(seat, SEAT_STEPS["lapse"], made.said(day, why))
    else:
        for name in ORDER[: min(REACHED.index(plain["to"]), 2)]:
            seat = seats.take_step(seat, SEAT_STEPS[name], made.said(day))
    if plain.get("who"):
        holders.name(seat, made.people[plain["who"]], made.said(day))
    made.seats[code, plain["org"]] = seat


def sit(made: Clusters, code: str, plain: Plain, aspects: list[Aspect]) -> None:
    """Let the employee begin, mark off the line, and finish where that is so."""
    seat = made.seats[code, plain["org"]]
    if plain["to"] not in ("taken", "finished"):
        return
    seat = seats.take_step(seat, SEAT_STEPS["take"], made.said(seat.cluster.starts_on))
    line = OwnLine.objects.get(holder__seat=seat)
    values: dict[str, Any] = {
        "title": plain["line"],
        "question": plain["question"],
        "outside": plain["outside"],
        "aspects": [aspects[n] for n in plain["covers"]],
    }
    made.lines[code, plain["org"]] = lines.draw(
        line, values, edition=line.edition, said=made.said()
    )
    if plain["to"] == "finished":
        seat = seats.take_step(seat, SEAT_STEPS["finish"], made.said(seat.ends_on))
    made.seats[code, plain["org"]] = seat
