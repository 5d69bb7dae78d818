"""Products in the making: the list, one of them, writing, and the steps of its life."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.models import User
from biotoop.web.knowledge.actions import products
from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.enums import Act, ProductState
from biotoop.web.knowledge.forms.products import FactsForm, MakeForm, StepForm, TextsForm
from biotoop.web.knowledge.models import Product
from biotoop.web.knowledge.queries import live_sources, live_touches
from biotoop.web.knowledge.rules.completeness import missing
from biotoop.web.knowledge.rules.steps import STEPS, WRITABLE, open_steps, parts
from biotoop.web.knowledge.views.frame import (
    opened,
    placed,
    places,
    questions,
    trail,
    trail_to,
)
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.models import Partnership, Programme
from biotoop.web.programmes.queries import partnerships_of
from biotoop.web.shared.actions.records import put_back
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.queries import files_of
from biotoop.web.shared.rules import ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Words, ask_first, form_page, said, with_end
from biotoop.web.studies.models import Study
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Version

FROM_QUESTION = "vraag"
FORMS = {"feiten": FactsForm, "teksten": TextsForm}


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the products in whose making the reader has a part."""
    rows = visible(request.reader, Product).select_related("organisation", "latest")
    state = request.GET.get("stand", "")
    if state in ProductState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-changed_at", "pk"), A_PAGE)
    context = {
        "page": page.get_page(request.GET.get("pagina")),
        "states": ProductState.choices,
        "state": state,
        "trail": with_end(trail()[:1], _("In the making")),
        "may_make": bool(places(request.reader)),
    }
    return render(request, "knowledge/work.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a product in the making: what it says, what it lacks, and what comes next."""
    row = opened(request, pk)
    who = parts(request.reader, row)
    may_write = may(request.reader, Verb.CHANGE, row) and row.state in WRITABLE
    context = {
        "product": row,
        "trail": with_end(trail(), row.title),
        "stages": [str(label) for value, label in ProductState.choices if value != "withdrawn"],
        "at": list(ProductState.values).index(row.state) + 1,
        "steps": open_steps(request.reader, row, who),
        "missing": missing(row) if row.state in WRITABLE else [],
        "authors": row.authors.filter(archived_at=None).order_by("position", "created_at"),
        "touches": live_touches(row),
        "sources": live_sources(row),
        "uses": row.uses.filter(archived_at=None).select_related("user"),
        "history": history(row),
        "files": files_of(row),
        "may_write": may_write,
        "may_decide": may(request.reader, Verb.DECIDE, row),
        "may_archive": row.latest_id is None and may(request.reader, Verb.ARCHIVE, row),
        "waits_for_another": row.state == ProductState.REVIEW
        and row.offered_by == request.reader.user_id,
    }
    return render(request, "knowledge/desk.html", context)


def history(product: Product) -> list[dict[str, Any]]:
    """Give the steps so far, with the names of who took them."""
    steps = list(product.steps.order_by("at"))
    keys = {step.by for step in steps if step.by}
    names = dict(User.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [{"step": step, "name": names.get(step.by, "") if step.by else ""} for step in steps]


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Begin a product."""
    choices = places(request.reader)
    if not choices:
        raise PermissionDenied

    asked = question_behind(request)

    def save(values: dict[str, Any], _edition: int) -> str:
        where = placed(request.reader, values.pop("place"))
        where["question"] = asked.pk if asked else None
        made = products.make(values | where, by=person(request))
        said(request, _("The product stands there. Now add who makes it, and write."))
        return made.get_absolute_url()

    first = {"question_text": str(asked)} if asked else {}
    form = MakeForm(request.POST or None, places=choices, initial=first)
    words = Words(
        title=_("New knowledge product"),
        button=_("Make the product"),
        lead=_("Three things are enough to begin. Nobody outside sees it before you publish."),
    )
    return form_page(request, form, save, words=words, trail=trail())


def question_behind(request: ReaderRequest) -> Record | None:
    """Give the practice question for which a product is begun, if the reader sees it."""
    try:
        key = UUID(request.GET.get(FROM_QUESTION, ""))
    except ValueError:
        return None
    found_rows = (rows.filter(pk=key).first() for rows in questions(request.reader))
    return next((row for row in found_rows if row is not None), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID, part: str) -> HttpResponse:
    """Change the facts or the texts of a product."""
    if part not in FORMS:
        raise Http404
    row = opened(request, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        products.change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return row.get_absolute_url()

    form: FactsForm | TextsForm
    if part == "teksten":
        form = TextsForm(request.POST or None, instance=row)
        words = Words(title=_("Texts for readers"), button=_("Save"))
    else:
        form = FactsForm(
            request.POST or None,
            instance=row,
            choices=choices_for(request, row),
            questions=questions(request.reader),
        )
        words = Words(title=_("What it is"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(row))


def choices_for(request: ReaderRequest, product: Product) -> dict[str, QuerySet[Any]]:
    """List what a product may name: what is of its own organisation, and the reader sees."""
    reader, home = request.reader, product.organisation_id
    versions = visible(reader, Version).filter(
        theory__programme__organisation=home, theory__visibility=Visibility.PUBLIC
    )
    return {
        "programme": visible(reader, Programme).filter(organisation=home),
        "partnership": visible(reader, Partnership).filter(pk__in=partnerships_of([home])),
        "study": visible(reader, Study).filter(organisation=home),
        "version": versions.select_related("theory").defer("content"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ReaderRequest, pk: UUID, act: str) -> HttpResponse:
    """Take a step in the life of a product."""
    if act not in Act.values:
        raise Http404
    row, next_one = opened(request, pk), STEPS[Act(act)]
    if next_one.who not in parts(request.reader, row):
        raise PermissionDenied

    def save(values: dict[str, Any], edition: int) -> str:
        take_step(row, next_one.act, values["note"], by=person(request), seen=edition or 1)
        said(request, _("Done."))
        return row.get_absolute_url()

    initial = {"edition": row.edition}
    form = StepForm(request.POST or None, says_why=next_one.says_why, initial=initial)
    words = Words(
        title=str(next_one.act.label),
        button=str(next_one.act.label),
        lead=lead_of(next_one.act),
        is_grave=next_one.act == Act.WITHDRAW,
    )
    return form_page(request, form, save, words=words, trail=trail_to(row))


def lead_of(act: Act) -> str:
    """Say what a step does."""
    return {
        Act.OFFER: _("Who decides gets a message. Until then nothing can be changed."),
        Act.PUBLISH: _(
            "Everybody can read this version from now on, and it never changes. A mistake is "
            "mended with a new version."
        ),
        Act.REVISE: _("The published version stays where it is until you publish the new one."),
        Act.WITHDRAW: _(
            "Its page then says that it was withdrawn, when and why. Nobody can read it any "
            "more, and there is no way back."
        ),
    }.get(act, "")


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put away a product that was never published."""
    row = opened(request, pk, Verb.ARCHIVE)

    def act() -> str:
        products.archive(row, by=person(request))
        said(request, _("Put away."), undo=reverse("knowledge:restore", args=[pk]))
        return reverse("knowledge:work")

    words = Words(
        title=_("Put this product away"),
        button=_("Put away"),
        lead=_("It is gone from every list. One click brings it back."),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to(row))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Bring a product back."""
    row = found(request.reader, Product, pk, Verb.ARCHIVE)
    put_back(row, by=person(request))
    said(request, _("It is back."))
    return redirect(row.get_absolute_url())
