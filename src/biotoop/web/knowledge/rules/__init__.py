"""Which products lie where: with their organisation, programme, study; and what is public."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Model, Q

from biotoop.web.knowledge.models import Product, Release, UseReport
from biotoop.web.knowledge.rules.chain import products_and_modules
from biotoop.web.knowledge.rules.steps import writable
from biotoop.web.shared.actions.files import holds_files
from biotoop.web.shared.enums import Kind, Reach
from biotoop.web.shared.queries import CAME_OF
from biotoop.web.shared.rules import reach

Ids = Collection[UUID]
IS_PUBLIC = {"latest__isnull": False, "withdrawn_at": None, "archived_at": None}

holds_files(Product, may_change=writable)
holds_files(Release)
CAME_OF.append(products_and_modules)


def along(model: type[Model], start: str) -> None:
    """Let rows lie where their product lies."""

    @reach(model, Kind.ORGANISATION)
    def of_the_organisation(ids: Ids) -> Q:
        return Q(**{f"{start}organisation__in": ids})

    @reach(model, Kind.PROGRAMME)
    def of_the_programme(ids: Ids) -> Q:
        return Q(**{f"{start}programme__in": ids})

    @reach(model, Kind.PARTNERSHIP)
    def of_the_partnership(ids: Ids) -> Q:
        return Q(**{f"{start}partnership__in": ids})

    @reach(model, Kind.STUDY)
    def of_the_study(ids: Ids) -> Q:
        return Q(**{f"{start}study__in": ids})

    @reach(model, Kind.THEORY)
    def of_studies_for_the_theory(ids: Ids) -> Q:
        return Q(**{f"{start}study__theory__in": ids})


along(Product, "")
along(Release, "product__")
along(UseReport, "product__")


@reach(Product, Reach.OWN)
def made_by_them(ids: Ids) -> Q:
    return Q(made_by__in=ids)


@reach(Release, Reach.OWN)
def releases_of_what_they_made(ids: Ids) -> Q:
    return Q(product__made_by__in=ids)


@reach(Release, Reach.PUBLIC)
def published(ids: Ids) -> Q:  # noqa: ARG001 - every reach has this form
    return Q(**{f"product__{name}": value for name, value in IS_PUBLIC.items()})


@reach(UseReport, Reach.OWN)
def told_by_them(ids: Ids) -> Q:
    return Q(user__in=ids)


@reach(UseReport, Reach.PUBLIC)
def shown_to_all(ids: Ids) -> Q:
    return Q(is_shown=True, archived_at=None) & published(ids)
