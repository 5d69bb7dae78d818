"""What every page about a product in the making has: who may do what, and the way here."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from biotoop.web.knowledge.models import Product
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may_make, visible
from biotoop.web.shared.views.identity import with_page
from biotoop.web.shared.views.records import Trail
from biotoop.web.studies.models import Study

QUESTIONS = "questions"  # an app beside this one: known by its addresses only
NEAR = ("organisation", "programme", "partnership", "study", "version__theory", "latest")


def opened(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Product:
    """Give a product with what stands around it."""
    among = Product.objects.select_related(*NEAR).defer("version__content")
    return found(request.reader, Product, pk, verb, among=among)


def trail() -> Trail:
    """Give the way to the products in the making."""
    return [
        (reverse("knowledge:catalogue"), _("Knowledge")),
        (reverse("knowledge:work"), _("In the making")),
    ]


def trail_to(product: Product) -> Trail:
    """Give the way to a product in the making."""
    return [*trail(), (product.get_absolute_url(), product.title)]


PLACES: tuple[tuple[Kind, type[Organisation] | type[Programme] | type[Study]], ...] = (
    (Kind.ORGANISATION, Organisation),
    (Kind.PROGRAMME, Programme),
    (Kind.STUDY, Study),
)


def places(reader: Reader) -> list[tuple[str, str]]:
    """List where a reader may make a product: in organisations, programmes and studies."""
    found_places = []
    for kind, model in PLACES:
        keys = [pk for pk in reader.places(kind) if may_make(reader, Product, kind, pk)]
        if keys:
            rows = visible(reader, model).filter(pk__in=keys)
            found_places += [(f"{kind.value}:{row.pk}", str(row)) for row in rows]
    return found_places


def placed(reader: Reader, place: str) -> dict[str, Any]:
    """Give the fields that follow from a place: the organisation, and what it was made in."""
    kind, _colon, key = place.partition(":")
    if kind == Kind.PROGRAMME:
        programme = visible(reader, Programme).select_related("organisation").get(pk=key)
        return {"organisation": programme.organisation, "programme": programme}
    if kind == Kind.STUDY:
        near = "organisation", "theory__programme"
        study = visible(reader, Study).select_related(*near).get(pk=key)
        return {
            "organisation": study.organisation,
            "study": study,
            "programme": study.theory.programme,
        }
    return {"organisation": visible(reader, Organisation).get(pk=key)}


def questions(reader: Reader) -> list[QuerySet[Any]]:
    """List the rows behind addresses of questions, whichever app they are of."""
    models = [model for model in with_page() if model._meta.app_label == QUESTIONS]
    return [visible(reader, model) for model in models]
