"""Theories here, at a partner and elsewhere: for the programme, for partners and for everybody."""

from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Comment, Draft, Theory, Version


def fill(world) -> None:
    for name, place in world.organisations.items():
        programme = Programme.objects.get(organisation=place, slug="p")
        for visibility in Visibility:
            theory(world, name, programme, visibility)
        theory(world, name, programme, Visibility.PUBLIC, published=False)


def theory(world, name, programme, visibility, *, published=True) -> None:
    """Make a theory with a remark on its draft, and a version where it was published."""
    place = programme.organisation
    is_here = name == "here" and visibility == Visibility.PARTNERS
    identity = {"id": world.places[Kind.THEORY]} if is_here else {}
    made = Theory.objects.create(
        programme=programme, title="Samen", visibility=visibility, **identity
    )
    Draft.objects.create(theory=made, content={})
    inside = {"organisation": place, "programme": programme, "theory": made}
    together = world.together if place in world.together else [place]
    shown = {"partners": together} if visibility != Visibility.PROGRAMME and published else {}
    if shown and place in world.together:
        shown["partnership"] = world.places[Kind.PARTNERSHIP]
    is_public = published and visibility == Visibility.PUBLIC
    if published:
        version = Version.objects.create(theory=made, number=1, content={}, text_hash="x")
        made.latest = version
        made.save()
        world.add(version, **inside, **shown, public=is_public)
    world.add(made, **inside, **shown, public=is_public)
    remark = Comment.objects.create(theory=made, text="?", written_by=world.someone)
    world.add(remark, **inside, own=world.someone)
