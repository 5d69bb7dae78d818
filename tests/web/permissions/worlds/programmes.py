"""A research programme that holds, one that ended; programmes and policy goals everywhere."""

from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
    PolicyGoal,
    Programme,
)
from biotoop.web.shared.enums import Kind
from web.permissions.world import LONG_AGO, YESTERDAY


def fill(world) -> None:
    named = world.organisations
    now_ids = {"id": world.places[Kind.PARTNERSHIP]}
    fill_partnership(world, [named["here"], named["partner"]], **now_ids)
    fill_partnership(world, [named["here"], named["former"]], ends_on=YESTERDAY)
    fill_partnership(world, [named["elsewhere"]])
    for name, place in named.items():
        together = [named["here"], named["partner"]] if name in ("here", "partner") else []
        around = {"organisation": place, "partners": together or [place][: name == "elsewhere"]}
        if together:
            around["partnership"] = world.places[Kind.PARTNERSHIP]
        own = {"id": world.places[Kind.PROGRAMME]} if name == "here" else {}
        offered = Programme.objects.create(organisation=place, name_nl="P", slug="p", **own)
        world.add(offered, **around, programme=offered)
        for public in (True, False):
            goal = PolicyGoal.objects.create(organisation=place, name_nl="G", is_public=public)
            world.add(goal, **around, public=public)


def fill_partnership(world, organisations, ends_on=None, **fields) -> None:
    """Make a research programme with a row of everything that belongs to it."""
    whole = Partnership.objects.create(name_nl="Lerende biotoop", **fields)
    partners = [] if ends_on else organisations
    around = {"partnership": whole, "partners": partners}
    world.add(whole, **around)
    dates = {"starts_on": LONG_AGO, "ends_on": ends_on}
    world.add(Agreement.objects.create(partnership=whole, **dates), **around)
    line = world.add(Line.objects.create(partnership=whole, name_nl="Praktijk"), **around)
    for place in organisations:
        both = {"organisation": place, "starts_on": LONG_AGO}
        world.add(Partner.objects.create(partnership=whole, **both), **around)
        world.add(LinePartner.objects.create(line=line, **both), **around)
        put_in = {"partnership": whole, "organisation": place, "year": 2026, "hours": 80}
        world.add(Capacity.objects.create(**put_in), **around, organisation=place)
