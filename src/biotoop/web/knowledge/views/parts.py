"""Parts of a product: who made it, which steps it changes, what it builds on; and its use."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.knowledge.actions import products
from biotoop.web.knowledge.forms.products import (
    AuthorForm,
    SourceForm,
    TheoryForm,
    TouchForm,
    UseForm,
)
from biotoop.web.knowledge.models import Author, Product, Source, Touch, UseReport
from biotoop.web.knowledge.queries import public_products
from biotoop.web.knowledge.views.frame import opened, trail_to
from biotoop.web.organisations.views.frame import person
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ReaderRequest, found, visible
from biotoop.web.shared.views.records import Words, ask_first, form_page, said
from biotoop.web.theories.models import Theory

PARTS: dict[str, type[Author] | type[Touch] | type[Source]] = {
    "maker": Author,
    "stap": Touch,
    "bron": Source,
}
THEORY = "theorie"


@require_http_methods(["GET", "HEAD", "POST"])
def add_author(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Name who made it."""
    row = opened(request, pk, Verb.CHANGE)
    next_place = row.authors.filter(archived_at=None).count() + 1
    form = AuthorForm(request.POST or None, initial={"position": next_place})

    def save(values: dict[str, Any], _edition: int) -> str:
        return added(request, row, Author(**values))

    words = Words(title=_("Add a maker"), button=_("Add"))
    return form_page(request, form, save, words=words, trail=trail_to(row))


@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say what it builds on: a published product, or one of the own organisation."""
    row = opened(request, pk, Verb.CHANGE)
    own = visible(request.reader, Product).filter(organisation=row.organisation)
    choices = Product.objects.filter(Q(pk__in=public_products()) | Q(pk__in=own))
    taken = row.sources.filter(archived_at=None).values("source")
    rows = choices.exclude(pk=row.pk).exclude(pk__in=taken).order_by("title")
    form = SourceForm(request.POST or None, sources=rows)

    def save(values: dict[str, Any], _edition: int) -> str:
        return added(request, row, Source(**values))

    words = Words(title=_("What does it build on?"), button=_("Add"))
    return form_page(request, form, save, words=words, trail=trail_to(row))


@require_http_methods(["GET", "HEAD", "POST"])
def add_touch(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say which step it changes: first the theory, then the step."""
    row = opened(request, pk, Verb.CHANGE)
    theories = visible(request.reader, Theory).filter(latest__isnull=False)
    if THEORY not in request.GET:
        return choose_theory(request, row, theories)
    theory = get_object_or_404(theories, pk=request.GET[THEORY])
    links, nodes = theory.links.exclude(label=""), theory.nodes.exclude(label="")
    form = TouchForm(request.POST or None, links=list(links), nodes=list(nodes))

    def save(values: dict[str, Any], _edition: int) -> str:
        kind, _colon, key = values["target"].partition(":")
        target = {f"{kind}_id": UUID(key)}
        about = {"change": values["change"], "because": values["because"]}
        return added(request, row, Touch(theory=theory, **target, **about))

    words = Words(title=_("Which step does this change?"), button=_("Add"), lead=str(theory))
    return form_page(request, form, save, words=words, trail=trail_to(row))


def choose_theory(request: ReaderRequest, product: Product, theories: Any) -> HttpResponse:  # noqa: ANN401 - a queryset of theories
    """Ask which theory it is about."""

    def save(values: dict[str, Any], _edition: int) -> str:
        here = reverse("knowledge:add_touch", args=[product.pk])
        return f"{here}?{THEORY}={values['theory'].pk}"

    form = TheoryForm(request.POST or None, theories=theories)
    words = Words(title=_("Which step does this change?"), button=_("Go on"))
    return form_page(request, form, save, words=words, trail=trail_to(product))


def added(request: ReaderRequest, product: Product, part: Author | Touch | Source) -> str:
    """Keep a part, and go back to the product."""
    products.add(product, part, by=person(request))
    said(request, _("Added."))
    return product.get_absolute_url()


@require_POST
def drop(request: ReaderRequest, pk: UUID, what: str, part: UUID) -> HttpResponse:
    """Take a part away."""
    row = opened(request, pk, Verb.CHANGE)
    if what not in PARTS:
        raise Http404
    there = PARTS[what]._default_manager.filter(pk=part, product=row, archived_at=None).first()
    if not isinstance(there, Author | Touch | Source):
        raise Http404
    try:
        products.drop(row, there, by=person(request))
        said(request, _("Taken away."))
    except Refused as refused:
        said(request, str(refused))
    return redirect(row.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def tell_use(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tell how a published product was used, and what changed."""
    if request.reader.user_id is None:
        return redirect_to_login(request.get_full_path())
    row = get_object_or_404(public_products().select_related("latest"), pk=pk)
    here = reverse("knowledge:product", args=[pk])

    def save(values: dict[str, Any], _edition: int) -> str:
        products.tell_use(row, values, by=person(request))
        said(request, _("Thank you. The makers read it; they may show it on this page."))
        return here

    form = UseForm(request.POST or None, initial={"used_on": site_day()})
    words = Words(title=_("How did you use it?"), button=_("Send"))
    title = row.latest.title if row.latest else row.title
    way = [(reverse("knowledge:catalogue"), _("Knowledge")), (here, title)]
    return form_page(request, form, save, words=words, trail=way)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_use(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take back what one told about use; the words are gone then."""
    near = UseReport.objects.select_related("product__latest")
    told = found(request.reader, UseReport, pk, Verb.ARCHIVE, among=near.filter(archived_at=None))
    here = told.product.get_public_url()

    def act() -> str:
        products.take_back_use(told, by=person(request))
        said(request, _("Your report is taken back. Its words are thrown away."))
        return here

    words = Words(
        title=_("Take back what you told"),
        lead=_("Nobody reads it any more, the makers neither. This cannot be undone."),
        button=_("Take it back"),
        is_grave=True,
    )
    name = told.product.latest.title if told.product.latest else told.product.title
    way = [(reverse("knowledge:catalogue"), _("Knowledge")), (here, name)]
    return ask_first(request, act, words=words, trail=way)


@require_POST
def show_use(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Let anybody read a report of use, or not any more."""
    told = found(request.reader, UseReport, pk, Verb.DECIDE)
    products.show_use(told, is_shown=not told.is_shown, by=person(request))
    said(request, _("Saved."))
    return redirect(told.product.get_absolute_url())
