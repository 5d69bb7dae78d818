"""What the tables of knowledge products are asked."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from biotoop.web.knowledge.enums import ProductKind
from biotoop.web.knowledge.models import Product, Release, Source, Touch, UseReport
from biotoop.web.organisations.models import RoleGrant
from biotoop.web.organisations.queries import live_grants
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.models import PlanRegistration, Study
from biotoop.web.studies.queries import not_published
from biotoop.web.theories.models import Theory

TELLING = (ProductKind.REPORT, ProductKind.ADVICE, ProductKind.BOOK)


def public_releases() -> QuerySet[Release]:
    """List the newest release of each product that anybody may read."""
    return Release.objects.filter(
        pk=F("product__latest"), product__withdrawn_at=None, product__archived_at=None
    )


def public_products() -> QuerySet[Product]:
    """List the products that anybody may read in some release."""
    return Product.objects.filter(latest__isnull=False, withdrawn_at=None, archived_at=None)


def exposed() -> QuerySet[Product]:
    """List what harvesters may know: what is public, and what once was."""
    return Product.objects.filter(stamped_at__isnull=False, latest__isnull=False)


def programmes_with_products() -> QuerySet[Programme]:
    """List the programmes of which something can be read."""
    return Programme.objects.filter(pk__in=public_releases().values("programme")).order_by(
        "name_nl", "pk"
    )


def owners_of_theories(theories: Collection[UUID]) -> QuerySet[RoleGrant]:
    """List the roles of who owns the programmes of these theories."""
    programmes = Theory.objects.filter(pk__in=theories).values("programme")
    homes = Theory.objects.filter(pk__in=theories).values("programme__organisation")
    at = Q(kind=Kind.PROGRAMME, scope_id__in=programmes)
    at |= Q(kind=Kind.ORGANISATION, scope_id__in=homes)
    return live_grants().filter(at, role=Role.PROGRAMME_OWNER)


def live_touches(product: Product) -> QuerySet[Touch]:
    """List the steps that a product changes, as they stand in the draft."""
    rows = product.touches.filter(archived_at=None)
    return rows.select_related("theory", "link", "node").order_by("created_at")


def live_sources(product: Product) -> QuerySet[Source]:
    """List what a product builds on."""
    return product.sources.filter(archived_at=None).select_related("source__latest")


def used_in(products: Collection[UUID]) -> dict[UUID, list[Release]]:
    """Give for each product the public ones that build on it, as their newest release says.

    What a maker added or took away since, in a draft, does not count yet.
    """
    ever = Source.objects.filter(source__in=products).values("product")
    found: dict[UUID, list[Release]] = {key: [] for key in products}
    for row in public_releases().filter(product__in=ever).order_by("title", "pk"):
        for key in products:
            if str(key) in row.content["sources"]:
                found[key].append(row)
    return found


def answering(question: UUID) -> QuerySet[Release]:
    """List the public products that say in their newest release that they answer a question."""
    rows = public_releases().filter(product__question=question, content__question=str(question))
    return rows.order_by("published_at", "pk")


def shown_uses(product: Product) -> QuerySet[UseReport]:
    """List the reports of use that anybody may read."""
    return product.uses.filter(is_shown=True, archived_at=None).order_by("-used_on")


def sleeping(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Keep what was registered, and of which nobody can read a result or a product; oldest first.

    A study counts as published when it says so, or when a public product that tells what came out
    comes from it: data, a method, a module or a theory do not.
    """
    told = public_products().filter(study__isnull=False, kind__in=TELLING).values("study")
    rows = not_published(studies).exclude(pk__in=told)
    first = Min("registrations__registered_at")
    return rows.annotate(registered_at=first).order_by("registered_at", "title")


def registered(studies: QuerySet[Study]) -> QuerySet[Study]:
    """Keep the studies with a plan."""
    return studies.filter(pk__in=PlanRegistration.objects.values("study"))


def counts_by_organisation(rows: QuerySet[Product]) -> dict[UUID, int]:
    """Count products by organisation."""
    return dict(rows.order_by().values_list("organisation").annotate(Count("pk")))


def programmes_ever_exposed() -> QuerySet[Programme]:
    """List the programmes that harvesters may know, also of what was withdrawn."""
    return Programme.objects.filter(pk__in=exposed().values("latest__programme")).order_by(
        "name_nl", "pk"
    )
