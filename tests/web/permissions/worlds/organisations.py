"""An organisation, one that works with it, and one that does not."""

from datetime import timedelta

from django.utils.timezone import now

from biotoop.web.organisations.models import (
    GuestLink,
    Invitation,
    Membership,
    Organisation,
    RoleGrant,
)
from biotoop.web.shared.enums import Kind, Role
from web.permissions.world import LONG_AGO, YESTERDAY, person


def fill(world) -> None:
    named = {name: organisation(name) for name in ("here", "partner", "former", "elsewhere")}
    world.organisations = named
    world.home = world.places[Kind.ORGANISATION] = named["here"].pk
    world.together = together = [named["here"], named["partner"]]
    for name, place in named.items():
        works_with = together if place in together else []
        member = person(f"member-{name}")
        belongs = Membership.objects.create(user=member, organisation=place, starts_on=LONG_AGO)
        in_partnership = {"partnership": world.places[Kind.PARTNERSHIP]} if works_with else {}
        around = {"organisation": place, "partners": works_with, **in_partnership}
        world.add(belongs, own=member, **around)
        own = [member, world.someone] if name == "elsewhere" else [member]
        world.add(place, own=own, **around, **programme_of(world, name))
        fill_ways_in(world, place, belongs)
    fill_of_someone(world, named["elsewhere"])


def organisation(name: str) -> Organisation:
    return Organisation.objects.create(name=name.title(), kind="municipality")


def programme_of(world, name: str) -> dict[str, object]:
    return {"programme": world.places[Kind.PROGRAMME]} if name == "here" else {}


def fill_of_someone(world, elsewhere) -> None:
    """Let someone belong elsewhere, and have belonged here."""
    for place, ends_on in ((elsewhere, None), (world.organisations["here"], YESTERDAY)):
        belongs = Membership.objects.create(
            user=world.someone, organisation=place, starts_on=LONG_AGO, ends_on=ends_on
        )
        around = {}
        if ends_on:
            partners = [world.organisations["here"], world.organisations["partner"]]
            around = {"partners": partners, "partnership": world.places[Kind.PARTNERSHIP]}
        world.add(belongs, own=world.someone, organisation=place, **around)


def fill_ways_in(world, place, belongs) -> None:
    """Give an organisation a role, an invitation and two guest links."""
    fields = {"kind": Kind.ORGANISATION, "scope_id": place.pk}
    given = RoleGrant.objects.create(
        user=belongs.user, membership=belongs, role=Role.STUDENT, starts_on=LONG_AGO, **fields
    )
    world.add(given, own=belongs.user, organisation=place)
    later = now() + timedelta(days=7)
    ways = {"organisation": place, "expires_at": later, "digest": f"{place.pk.hex}-1", **fields}
    invited = {"email": "new@example.org", "name": "New", "role": Role.STUDENT, "sent_at": now()}
    world.add(Invitation.objects.create(**ways, **invited), organisation=place)
    world.add(GuestLink.objects.create(**ways, purpose="visit"), organisation=place)
    ways |= {"kind": Kind.PROGRAMME, "scope_id": world.places[Kind.PROGRAMME]}
    about = GuestLink.objects.create(**{**ways, "digest": f"{place.pk.hex}-2"}, purpose="look")
    world.add(about, organisation=place, programme=world.places[Kind.PROGRAMME])
