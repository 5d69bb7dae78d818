"""A complete product of one organisation, and people with roles around it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from biotoop.web.knowledge.enums import Act, ProductKind, ProductState
from biotoop.web.knowledge.models import Author, Product, Release
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Role
from web.organisations.conftest import member, organisation

PLAIN = (
    "We wilden weten of samen eten helpt tegen eenzaamheid. Buren in Lindehof aten een jaar lang "
    "elke week met elkaar. Mensen die vaak kwamen, kenden daarna meer buren. Of dat door het eten "
    "komt, weten we nog niet zeker. Wil je het zelf proberen? Begin klein en kook samen met elkaar."
)
COMPLETE = {
    "kind": ProductKind.REPORT,
    "title": "Samen eten in Lindehof",
    "theme": "loneliness",
    "summary": "Een jaar lang aten buren samen; wij volgden wie er kwam en wat het deed.",
    "plain": PLAIN,
    "for_residents": "Je bent welkom op donderdag.",
    "licence": "CC-BY-4.0",
    "intellectual_property": "Van alle partners, volgens de overeenkomst.",
}


@pytest.fixture
def home(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Buurtkracht Lindehof")


@pytest.fixture
def elsewhere(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Verweg")


@pytest.fixture
def programme(home) -> Programme:
    return Programme.objects.create(organisation=home, name_nl="Ontmoeten", slug="o")


@pytest.fixture
def maker(home):
    return member(home, "Fenna", Role.PROFESSIONAL)


@pytest.fixture
def decider(home):
    return member(home, "Fatma", Role.PROGRAMME_OWNER)


def drafted(home: Organisation, by=None, **fields) -> Product:
    """Make a product in which nothing is missing, in the state of being written."""
    values = {**COMPLETE, "state": ProductState.DRAFT, "made_by": by and by.pk, **fields}
    made = Product.objects.create(organisation=home, **values)
    Author.objects.create(product=made, name="Wijkstra, Fenna", affiliation=home.name)
    return made


@pytest.fixture
def product(home, maker, programme) -> Product:
    return drafted(home, maker, programme=programme)


def released(home: Organisation, by=None, **fields) -> Product:
    """Publish a product, as its steps do."""
    from biotoop.web.knowledge.actions.stepping import take_step  # noqa: PLC0415 - apps are ready now

    made = drafted(home, by, **fields)
    for act in (Act.OFFER, Act.PUBLISH):
        who = None if act == Act.PUBLISH else (by and by.pk)
        who = who or (None if act == Act.OFFER else home.pk)
        made = take_step(made, act, "", by=who, seen=made.edition)
    return made


@pytest.fixture
def public(home, maker, programme) -> Product:
    return released(home, maker, programme=programme)


def fill(home: Organisation, number: int, *, start: int = 0, deleted_every: int = 0) -> None:
    """Publish many products at once, past the steps: for lists and harvests."""
    begun = now().replace(microsecond=0) - timedelta(days=400)
    content = {
        **{key: str(value) for key, value in COMPLETE.items()},
        "language": "nl", "audiences": {}, "question": "", "question_text": "", "address": "",
        "doi": "", "invented": True, "publisher": home.name, "programme": {}, "touches": [],
        "authors": [{"name": "Wijkstra, Fenna", "is_person": True, "affiliation": "", "orcid": ""}],
        "sources": [], "theory": {}, "files": [], "previous": "",
    }  # fmt: skip
    products = [
        Product(
            organisation=home, kind="report", title=f"Nummer <{step}> & meer", theme="youth",
            stamped_at=begun + timedelta(seconds=step // 7),
        )
        for step in range(start, start + number)
    ]  # fmt: skip
    Product.objects.bulk_create(products)
    releases = [
        Release(
            product=one, number=1, title=one.title, kind="report", theme="youth",
            summary="Kort.", content=content | {"title": one.title}, content_hash="x",
        )
        for one in products
    ]  # fmt: skip
    Release.objects.bulk_create(releases)
    for place, (one, its) in enumerate(zip(products, releases, strict=True)):
        one.latest, one.state = its, ProductState.PUBLISHED
        if deleted_every and place % deleted_every == 0:
            one.state, one.withdrawn_at, one.withdrawn_because = "withdrawn", now(), "Fout."
    fields = ["latest", "state", "withdrawn_at", "withdrawn_because"]
    Product.objects.bulk_update(products, fields, batch_size=500)
