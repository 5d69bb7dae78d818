"""Organisations, the research programme that they share, and one person for each role."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import attrs

from biotoop.web.accounts.models import User
from biotoop.web.config.demo.content import (
    GOAL_KEPT_INSIDE,
    GOALS,
    KINDS,
    LINES,
    PEOPLE,
    address_of,
    content,
    identity,
)
from biotoop.web.organisations.actions.inviting import Invited, invite
from biotoop.web.organisations.actions.roles import give
from biotoop.web.organisations.models import Membership, Organisation
from biotoop.web.organisations.rules import Where
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
    PolicyGoal,
)
from biotoop.web.shared.actions.records import keep
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day

PLACE = "Beekwaarde"


@attrs.define
class World:
    """What was made so far, by the codes of the content."""

    organisations: dict[str, Organisation] = attrs.field(factory=dict)
    people: dict[Role, User] = attrs.field(factory=dict)
    memberships: dict[Role, Membership] = attrs.field(factory=dict)
    partnership: Partnership = attrs.field(init=False)
    goals: dict[str, PolicyGoal] = attrs.field(factory=dict)


def begun() -> date:
    """Give the day on which the partners began: the first of January of last year."""
    return site_day().replace(year=site_day().year - 1, month=1, day=1)


def make_organisations(world: World) -> None:
    """Make the organisations."""
    for plain in content()["organisaties"]:
        made = Organisation(
            id=identity(plain["code"]), name=plain["naam"], kind=KINDS[plain["soort"]], place=PLACE
        )
        world.organisations[plain["code"]] = keep(made, by=None)


def make_people(world: World) -> None:
    """Make one person for each role, who belongs to an organisation; nobody has a password."""
    for role, (name, home, _kind) in PEOPLE.items():
        user = User.objects.create_user(address_of(role), None, name=name)
        belongs = Membership(
            user=user, organisation=world.organisations[home], starts_on=begun(),
            job_title=str(role.label)[:100],
        )  # fmt: skip
        world.people[role] = user
        world.memberships[role] = keep(belongs, by=None)


def give_roles(world: World, places: Mapping[Kind, UUID]) -> None:
    """Give each person the role, in the place where it holds."""
    for role, (_name, home, kind) in PEOPLE.items():
        inside = world.organisations[home].pk if kind == Kind.ORGANISATION else places.get(kind)
        give(world.memberships[role], role, Where(kind, inside), by=None)


def make_partnership(world: World) -> None:
    """Let the organisations work together: agreement, partners, capacity and three lines."""
    made = Partnership(
        name_nl="Lerende biotoop Beekwaarde",
        name_en="Learning habitat Beekwaarde",
        purpose="Samen uitzoeken wat sociaal werk oplevert, voor wie, en wat we nog niet weten.",
    )
    world.partnership = keep(made, by=None)
    here = {"partnership": world.partnership}
    agreement = Agreement(
        **here,
        starts_on=begun(),
        ends_on=begun() + timedelta(days=4 * 365),
        signed_on=begun(),
        intellectual_property="Wat samen gemaakt wordt is van alle partners; teksten zijn CC BY.",
        derived_services="Advies op grond van de uitkomsten mag; de bron wordt genoemd.",
        funding="Deels subsidie, deels eigen uren (verzonnen bedragen).",
    )
    keep(agreement, by=None)
    for organisation in world.organisations.values():
        keep(Partner(**here, organisation=organisation, starts_on=begun()), by=None)
    for code, hours in (("SKB", 900), ("HSM", 700), ("UOM", 250), ("KKK", 300)):
        organisation = world.organisations[code]
        year = {"year": site_day().year, "hours": hours, "funding": "public"}
        keep(Capacity(**here, organisation=organisation, **year), by=None)
    make_lines(world)


def make_lines(world: World) -> None:
    """Put the organisations on the lines along which they work; some work on two."""
    lines: dict[str, Line] = {}
    for position, (code, (dutch, english)) in enumerate(LINES.items(), start=1):
        row = Line(partnership=world.partnership, name_nl=dutch, name_en=english, position=position)
        lines[code] = keep(row, by=None)
    for plain in content()["organisaties"]:
        for code in plain["lijnen"]:
            organisation = world.organisations[plain["code"]]
            at_work = LinePartner(line=lines[code], organisation=organisation, starts_on=begun())
            keep(at_work, by=None)


def make_goals(world: World) -> None:
    """Set the policy goals of the municipality; all but one may be read by anybody."""
    for plain in GOALS:
        goal = PolicyGoal(
            organisation=world.organisations["GBW"],
            name_nl=plain["nl"],
            name_en=plain["en"],
            description_nl=plain["why"],
            starts_on=begun(),
            ends_on=begun().replace(year=begun().year + 3),
            is_public=plain["nl"] != GOAL_KEPT_INSIDE,
        )
        world.goals[plain["nl"]] = keep(goal, by=world.people[Role.POLICY_READER].pk)


def invite_somebody(world: World) -> None:
    """Leave one invitation waiting for an answer."""
    home = world.organisations["SKB"]
    whom = Invited(
        email="nieuwe-collega@demo.invalid",
        name="Yara Nieuwland",
        role=Role.PROFESSIONAL,
        where=Where(Kind.ORGANISATION, home.pk),
    )
    invite(home, whom, by=world.people[Role.PARTNER_ADMINISTRATOR].pk)
