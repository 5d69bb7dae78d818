"""Bring a question without an account, and follow it with a secret link."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.actions.signing_in import client_address
from biotoop.web.accounts.models import User
from biotoop.web.questions.actions import asking, stepping
from biotoop.web.questions.actions.arriving import TooMany
from biotoop.web.questions.actions.links import opened_by
from biotoop.web.questions.actions.telling import follow_address
from biotoop.web.questions.enums import QuestionState, Who
from biotoop.web.questions.forms.asking import AnswerForm, AskForm, JoinForm
from biotoop.web.questions.models import Desk, Question
from biotoop.web.questions.rules.steps import STEPS, open_steps
from biotoop.web.questions.views.showing import shared_story_of, story_of, way_of
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.queries import came_of
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.shared.views.records import said

FIELDS = ("text", "background", "asker_kind", "place", "email")


@require_safe
def desks(request: ReaderRequest) -> HttpResponse:
    """Choose a desk; with one there is nothing to choose."""
    rows = Desk.objects.filter(is_open=True, archived_at=None, organisation__archived_at=None)
    open_ones = list(rows.select_related("organisation").order_by("name_nl")[:50])
    if len(open_ones) == 1:
        return redirect("questions:ask", open_ones[0].slug)
    return render(request, "questions/desks_open.html", {"desks": open_ones})


@sensitive_post_parameters("email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ReaderRequest, slug: str) -> HttpResponse:
    """Bring a question."""
    rows = Desk.objects.filter(is_open=True, archived_at=None, organisation__archived_at=None)
    desk = get_object_or_404(rows.select_related("organisation"), slug=slug)
    form, status = AskForm(request.POST or None), 200
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        user = request.user if isinstance(request.user, User) else None
        number, origin = form.cleaned_data["number"], client_address(request)
        try:
            made = asking.hand_in(desk, values, number=number, origin=origin, user=user)
        except TooMany as refused:
            form.add_error(None, str(refused))
            status = 429
        else:
            said(request, _("Your question has come in. Thank you."))
            return redirect(follow_address(made))
    status = 422 if form.errors and status == 200 else status
    return render(request, "questions/ask.html", {"desk": desk, "form": form}, status=status)


def question_behind(secret: str, what: str = "follow") -> tuple[Question, str] | None:
    """Give the question that a link opens, as long as it is there."""
    opened = opened_by(what, secret)
    if opened is None:
        return None
    row = Question.objects.select_related("desk__organisation", "merged_into").filter(
        pk=opened[0], archived_at=None
    )
    question = row.first()
    return (question, opened[1]) if question else None


@never_cache
@require_safe
def follow(request: ReaderRequest, secret: str) -> HttpResponse:
    """Follow a question: where it is, what was said, and what one can do."""
    behind = question_behind(secret)
    if behind is None:
        return render(request, "questions/link_over.html", status=410)
    return render(request, "questions/follow.html", followed(behind[0], secret))


def followed(question: Question, secret: str) -> dict[str, object]:
    """Give what the page of who asked shows."""
    other = question.merged_into
    shown = question if other is None or other.is_archived else other
    people = shown.contributors.filter(archived_at=None)
    if shown is not question:
        people = people.exclude(is_owner=True)  # who asked the other one stays unnamed here
    acts = {step.act for step in open_steps(question, [Who.ASKER])}
    return {
        "question": question,
        "shown": shown,
        "secret": secret,
        "story": story_of(question),
        "later": shared_story_of(shown) if shown is not question else [],
        "steps": way_of(shown)[0],
        "at": way_of(shown)[1],
        "translations": shown.translations.filter(archived_at=None).select_related("by"),
        "outcomes": came_of(shown.pk),
        "people": people,
        "joined": asking.joined(question),
        "answer": AnswerForm(initial={"edition": question.edition}) if "answer" in acts else None,
        "join": JoinForm(prefix="join") if not question.is_closed else None,
        "may_withdraw": "withdraw" in acts,
        "is_refused": question.state == QuestionState.REFUSED,
    }


@never_cache
@require_POST
def follow_act(request: ReaderRequest, secret: str, act: str) -> HttpResponse:
    """Answer, withdraw, work along, or want no more mail; only the button does it."""
    behind = question_behind(secret)
    if behind is None:
        return render(request, "questions/link_over.html", status=410)
    question = behind[0]
    try:
        words = ACTS[act](request, question) if act in ACTS else ""
    except Stale:
        words = _("Somebody changed something in the meantime. Look at it, and try again.")
    except Refused as refused:
        words = str(refused)
    said(request, words or _("Fill this in, and press the button again."))
    return redirect("questions:follow", secret)


def give_answer(request: ReaderRequest, question: Question) -> str:
    """Answer what the desk asked."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return ""
    seen = form.cleaned_data["edition"]
    stepping.take_step(question, "answer", form.cleaned_data, by=None, seen=seen)
    return str(STEPS["answer"].told)


def take_back(request: ReaderRequest, question: Question) -> str:
    """Withdraw the question."""
    seen = request.POST.get("edition", "")
    stepping.take_step(question, "withdraw", {}, by=None, seen=int(seen) if seen.isdecimal() else 0)
    return str(STEPS["withdraw"].told)


def work_along(request: ReaderRequest, question: Question) -> str:
    """Work along under a name."""
    form = JoinForm(request.POST, prefix="join")
    if not form.is_valid():
        return ""
    asking.join(question, form.cleaned_data["name"].strip())
    return _("You are on the list of people who work on it. You hear from us.")


def stop(request: ReaderRequest, question: Question) -> str:
    """Work along no longer."""
    asking.stop(question, request.POST.get("who", ""))
    return _("You are off the list. Thank you for what you did.")


def no_mail(_request: ReaderRequest, question: Question) -> str:
    """Stop the mail."""
    asking.forget_address(question)
    return _("Your address is taken away. You get no more mail about this question.")


ACTS = {
    "antwoord": give_answer,
    "intrekken": take_back,
    "meedoen": work_along,
    "stoppen": stop,
    "geen-mail": no_mail,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: ReaderRequest, secret: str) -> HttpResponse:
    """Say that a mail address is yours; opening the link alone says nothing."""
    behind = question_behind(secret, "confirm")
    if behind is None or behind[0].email != behind[1]:
        return render(request, "questions/link_over.html", status=410)
    question, email = behind
    if request.method == "POST":
        asking.confirm(question, email)
        said(request, _("Thank you. You get a mail at each step."))
        return redirect(follow_address(question))
    return render(request, "questions/confirm.html", {"email": email})
