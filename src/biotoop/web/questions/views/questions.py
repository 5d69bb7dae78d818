"""Questions for who works with them: the list, one of them, and its steps."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.questions.actions.matching import fits
from biotoop.web.questions.actions.stepping import take_step
from biotoop.web.questions.enums import CLOSED, QuestionState, Who
from biotoop.web.questions.forms.questions import (
    FORMS,
    DeliverForm,
    MatchForm,
    QuestionFilter,
    StepForm,
)
from biotoop.web.questions.models import Desk, Expertise, Question, Translation
from biotoop.web.questions.queries import researcher_of, waiting_too_long
from biotoop.web.questions.rules.steps import STEPS, Step, open_steps, parts, removable
from biotoop.web.questions.views.showing import badge_of, story_of, way_of
from biotoop.web.shared.actions.records import put_away, put_back
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.queries import came_of
from biotoop.web.shared.rules import (
    Reader,
    ReaderRequest,
    allowed,
    found,
    may,
    may_make,
    visible,
)
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said, with_end
from biotoop.web.theories.models import Link, Theory

WITH_A_PRODUCT = (QuestionState.COPRODUCTION, QuestionState.PRODUCT, QuestionState.REPORTED)
MAY_BE_TRANSLATED = (QuestionState.PRODUCT, QuestionState.REPORTED)


def trail() -> Trail:
    """Give the way to the questions."""
    return [(reverse("questions:list"), _("Questions from practice"))]


def trail_to(question: Question) -> Trail:
    """Give the way to a question."""
    return [*trail(), (question.get_absolute_url(), str(question))]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the questions that the reader sees; what waits for the desk first."""
    rows = visible(request.reader, Question).select_related("desk__organisation")
    asked = QuestionFilter(request.GET)
    if asked.is_valid():
        rows = narrowed(rows, asked.cleaned_data)
    page = Paginator(rows.order_by("-created_at", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    late = waiting_too_long(page)
    context = {
        "page": page,
        "rows": [(row, badge_of(row.state), row.pk in late) for row in page],
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "sees_desks": visible(request.reader, Desk).exists(),
        "sees_researchers": visible(request.reader, Expertise).exists(),
        "may_have_expertise": may_make(request.reader, Expertise, Kind.SITE, None),
    }
    return render(request, "questions/list.html", context)


def narrowed(rows: QuerySet[Question], wanted: dict[str, str]) -> QuerySet[Question]:
    """Keep what was asked for."""
    if words := wanted["zoek"].strip():
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words))
    if wanted["stand"]:
        rows = rows.filter(state=wanted["stand"])
    if wanted["thema"]:
        rows = rows.filter(themes__contains=f",{wanted['thema']},")
    return rows


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a question with everything that happened to it."""
    near = Question.objects.select_related("desk__organisation", "step__theory")
    question = found(request.reader, Question, pk, among=near)
    mine = parts(request.reader, question)
    steps = open_steps(question, mine)
    people = list(question.contributors.filter(archived_at=None))
    translations = list(visible(request.reader, Translation).filter(question=question)
                        .select_related("by"))  # fmt: skip
    words, at = way_of(question)
    context = {
        "question": question,
        "badge": badge_of(question.state),
        "steps": words,
        "at": at,
        "story": story_of(question),
        "main_steps": [step for step in steps if step.is_main],
        "side_steps": [step for step in steps if not step.is_main],
        "match": researcher_of(question),
        "outcomes": came_of(question.pk),
        "is_worked_on": question.state in WITH_A_PRODUCT and bool(mine - {Who.ASKER}),
        "goes_along": seen_other(request.reader, question),
        "people": people,
        "removable": removable(request.reader, question, people, mine),
        "may_add_people": not question.is_closed and bool(mine & {Who.DESK, Who.RESEARCHER}),
        "translations": translations,
        "own_translations": allowed(request.reader, Verb.CHANGE, translations),
        "may_translate": question.state in MAY_BE_TRANSLATED
        and may_make(request.reader, Translation, Kind.SITE, None),
        "may_archive": may(request.reader, Verb.ARCHIVE, question),
        "is_asker": Who.ASKER in mine,
        "merged": list(visible(request.reader, Question).filter(merged_into=question)),
        "trail": with_end(trail(), str(question)),
    }
    return render(request, "questions/question.html", context)


def seen_other(reader: Reader, question: Question) -> Question | None:
    """Give the question with which this one goes along, when the reader may see it."""
    if question.merged_into_id is None:
        return None
    return visible(reader, Question).filter(pk=question.merged_into_id).first()


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ReaderRequest, pk: UUID, act: str) -> HttpResponse:
    """Take a step, by who may: the desk, the researcher, or who asked."""
    question = opened_for(request, pk, act)
    chosen = STEPS[act]
    form = form_for(request, question, act)

    def save(values: dict[str, Any], edition: int) -> str:
        if act == "match":
            values["reasons"] = reasons_for(question, values["expertise"])
        take_step(question, act, values, by=person(request), seen=edition)
        said(request, _("Done. Who asked is told."))
        return question.get_absolute_url()

    words = Words(title=str(chosen.button), button=str(chosen.button), lead=question.text)
    if isinstance(form, MatchForm):
        return match_page(request, question, form, save)
    return form_page(request, form, save, words=words, trail=trail_to(question))


def opened_for(request: ReaderRequest, pk: UUID, act: str) -> Question:
    """Give a question with which the reader may take a step; else it is hidden or refused."""
    chosen: Step | None = STEPS.get(act)
    if chosen is None:
        raise Http404
    near = Question.objects.select_related("desk__organisation")
    question = found(request.reader, Question, pk, among=near)
    if not set(chosen.who) & parts(request.reader, question):
        raise PermissionDenied
    return question


def form_for(request: ReaderRequest, question: Question, act: str) -> StepForm:
    """Give the form of a step, with what can be chosen in it."""
    others = visible(request.reader, Question).filter(desk=question.desk).exclude(state__in=CLOSED)
    theories = visible(request.reader, Theory).filter(latest__isnull=False)
    form = FORMS[act](
        request.POST or None,
        question=question,
        others=others.exclude(pk=question.pk).order_by("-created_at"),
        links=Link.objects.filter(theory__in=theories).exclude(label="").order_by("theory", "code"),
    )
    if isinstance(form, MatchForm):
        set_researchers(form, request.reader)
    if isinstance(form, DeliverForm) and (there := came_of(question.pk)):
        form.initial = {
            "product": there[0].title,
            "product_address": request.build_absolute_uri(there[0].address),
        }
    return form


def set_researchers(form: MatchForm, reader: Reader) -> None:
    """Let the form choose among the researchers whom the reader sees."""
    field = form.fields["expertise"]
    field.queryset = visible(reader, Expertise)  # type: ignore[attr-defined]


def reasons_for(question: Question, expertise: Expertise) -> dict[str, object]:
    """Write down why this person, as it is today."""
    rows = Expertise.objects.filter(pk=expertise.pk)
    return fits(question, rows)[0].as_plain()


def match_page(
    request: ReaderRequest, question: Question, form: MatchForm, save: Any  # noqa: ANN401 - see form_page
) -> HttpResponse:  # fmt: skip
    """Show who could take it and why; the form stands below."""
    answer = form_page(
        request, form, save, words=Words(title="", button=""), trail=trail_to(question)
    )
    if answer.status_code == 302:
        return answer
    chosen = request.POST.get("expertise", "")
    context = {
        "question": question,
        "form": form,
        "chosen": chosen,
        "fits": fits(question, visible(request.reader, Expertise)),
        "trail": with_end(trail_to(question), _("Find a researcher")),
    }
    return render(request, "questions/match.html", context, status=answer.status_code)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a question away that is none, such as advertising."""
    question = found(request.reader, Question, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(question, by=person(request))
        undo = reverse("questions:restore", args=[pk])
        said(request, _("The question is archived."), undo=undo)
        return reverse("questions:list")

    words = Words(
        title=_("Archive this question"),
        lead=_("For what is no question, such as advertising. Who asked no longer sees it either. "
               "Is it a question that you cannot take? Then refuse it, with a reason."),
        button=_("Archive"), is_grave=True,
    )  # fmt: skip
    return ask_first(request, act, words=words, trail=trail_to(question))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a question back."""
    question = found(request.reader, Question, pk, Verb.ARCHIVE)
    put_back(question, by=person(request))
    said(request, _("It is back."))
    return redirect(question.get_absolute_url())
