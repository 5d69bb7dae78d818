"""Products here, at a partner and elsewhere: in the making, published, and withdrawn."""

from datetime import date

from django.utils.timezone import now

from biotoop.web.knowledge.models import Product, Release, UseReport
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind
from biotoop.web.studies.models import Study


def fill(world) -> None:
    study = Study.objects.select_related("theory").get(pk=world.places[Kind.STUDY])
    for name, place in world.organisations.items():
        programme = Programme.objects.get(organisation=place, slug="p")
        for state in ("draft", "published", "withdrawn"):
            fill_product(world, place, state, programme=programme)
        if name == "here":
            near = {"study": study, "partnership_id": world.places[Kind.PARTNERSHIP]}
            fill_product(world, place, "published", **near)
            fill_product(world, place, "draft", made_by=world.someone.pk)


def fill_product(world, place, state: str, **fields) -> None:
    """Make a product with a release and a report of use, and say where they lie."""
    made = Product.objects.create(organisation=place, title="P", kind="report", **fields)
    release = Release.objects.create(
        product=made, number=1, title="P", kind="report",
        content={"touches": [], "theory": {}, "sources": []},
    )  # fmt: skip
    if state != "draft":
        made.latest, made.state = release, state
    if state == "withdrawn":
        made.withdrawn_at, made.withdrawn_because = now(), "Fout."
    made.save()
    around = {"organisation": place}
    for kind in ("programme", "study"):
        if kind in fields:
            around[kind] = fields[kind]
    if "study" in fields:
        around |= {"theory": fields["study"].theory, "partnership": fields["partnership_id"]}
    own = {"own": fields["made_by"]} if "made_by" in fields else {}
    is_public = state == "published"
    world.add(made, **around, **own)
    world.add(release, **around, **own, public=is_public)
    for is_shown in (True, False):
        told = UseReport.objects.create(
            product=made, user=world.someone, who="Ik", used_for="Iets",
            used_on=date(2026, 1, 1), is_shown=is_shown,
        )  # fmt: skip
        world.add(told, **around, own=world.someone, public=is_public and is_shown)
