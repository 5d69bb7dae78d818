"""Who works on a question, what they know, and what professionals do differently afterwards."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import ModelChoiceField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import live_memberships
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.questions.enums import Who
from biotoop.web.questions.forms.questions import ContributorForm, ExpertiseForm, TranslationForm
from biotoop.web.questions.models import Contributor, Expertise, Question, Translation
from biotoop.web.questions.queries import with_load
from biotoop.web.questions.rules.steps import parts, removable
from biotoop.web.questions.views.questions import MAY_BE_TRANSLATED, trail, trail_to
from biotoop.web.shared.actions.records import Refused, change, keep, put_away
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may_make, visible
from biotoop.web.shared.views.records import Words, form_page, said


@require_safe
def researchers(request: ReaderRequest) -> HttpResponse:
    """List who can be asked, with the room that they have."""
    rows = with_load(visible(request.reader, Expertise)).select_related("user", "organisation")
    page = Paginator(rows.order_by("user__name", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [(row, row.hours - int(getattr(row, "busy", 0))) for row in page],
        "may_write": may_make(request.reader, Expertise, Kind.SITE, None),
        "trail": [*trail(), ("", _("Researchers"))],
    }
    return render(request, "questions/researchers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def expertise(request: ReaderRequest) -> HttpResponse:
    """Write what you know, can and have time for."""
    if not may_make(request.reader, Expertise, Kind.SITE, None):
        raise PermissionDenied
    me = person(request)
    there = Expertise.objects.filter(user=me, archived_at=None).first()
    homes = live_memberships().filter(user=me).values("organisation")

    def save(values: dict[str, Any], edition: int) -> str:
        if there is not None:
            change(there, values, edition=edition, by=me)
        else:
            keep(Expertise(user_id=me, **values), by=me)
        said(request, _("Saved."))
        return reverse("questions:researchers")

    form = ExpertiseForm(request.POST or None, instance=there)
    field = form.fields["organisation"]
    assert isinstance(field, ModelChoiceField)  # noqa: S101 - tells the type checker
    field.queryset = Organisation.objects.filter(pk__in=homes, archived_at=None)
    field.empty_label = None
    words = Words(
        title=_("What do you know and have time for?"), button=_("Save"),
        lead=_("The desk of your organisation and of its partners looks here for somebody who "
               "fits a question."),
    )  # fmt: skip
    here = [*trail(), (reverse("questions:researchers"), _("Researchers"))]
    return form_page(request, form, save, words=words, trail=here)


@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write down who works along: residents, professionals, students."""
    question = found(request.reader, Question, pk)
    if not parts(request.reader, question) & {Who.DESK, Who.RESEARCHER}:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        if question.is_closed:
            raise Refused(_("This question is closed; nobody works on it now."))
        keep(Contributor(question=question, **values), by=person(request))
        said(request, _("Saved."))
        return question.get_absolute_url()

    words = Words(
        title=_("Who works along?"), button=_("Add"),
        lead=_("Use the name under which this person wants to be read."),
    )  # fmt: skip
    form = ContributorForm(request.POST or None)
    return form_page(request, form, save, words=words, trail=trail_to(question))


@require_POST
def leave(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take somebody off a question, or stop yourself."""
    row = found(request.reader, Contributor, pk)
    question = Question.objects.select_related("desk").get(pk=row.question_id)
    mine = parts(request.reader, question)
    if row.pk not in removable(request.reader, question, [row], mine):
        raise PermissionDenied
    put_away(row, by=person(request))
    said(request, _("Taken away."))
    is_seen = visible(request.reader, Question).filter(pk=question.pk).exists()
    return redirect(question if is_seen else "questions:list")


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say what you do differently now."""
    question = found(request.reader, Question, pk)
    if not may_make(request.reader, Translation, Kind.SITE, None):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        if question.state not in MAY_BE_TRANSLATED:
            raise Refused(_("There is no result yet to do something with."))
        me = person(request)
        keep(Translation(question=question, by_id=me, **values), by=me)
        said(request, _("Thank you. Who asked reads it too."))
        return question.get_absolute_url()

    words = Words(title=_("What do I do differently now?"), button=_("Save"), lead=question.answer)
    form = TranslationForm(request.POST or None)
    return form_page(request, form, save, words=words, trail=trail_to(question))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_translation(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what you wrote."""
    row = found(
        request.reader, Translation, pk, Verb.CHANGE,
        among=Translation.objects.select_related("question"),
    )  # fmt: skip

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return row.question.get_absolute_url()

    words = Words(title=_("What do I do differently now?"), button=_("Save"))
    form = TranslationForm(request.POST or None, instance=row)
    return form_page(request, form, save, words=words, trail=trail_to(row.question))


@require_POST
def archive_translation(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take away what you wrote."""
    row = found(
        request.reader, Translation, pk, Verb.ARCHIVE,
        among=Translation.objects.select_related("question"),
    )  # fmt: skip
    put_away(row, by=person(request))
    said(request, _("Taken away."))
    return redirect(row.question.get_absolute_url())
