"""Tell who asked what happened, by mail and in the news; tell the desk what came in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.questions.actions.links import secret_for
from biotoop.web.questions.models import Question, QuestionStep
from biotoop.web.questions.queries import owners_of, staff_of, with_merged
from biotoop.web.questions.rules.steps import is_for_all, told_of
from biotoop.web.shared.actions.mail import letter_kind, link, send

CONFIRM = letter_kind("questions/confirm", _("Is this your address?"))
STEP = letter_kind("questions/step", _("News about a question"))
CAME_IN = notice_kind("question_came_in", _("A question came in: %(title)s."))
ANSWERED = notice_kind("question_answered", _("Who asked answered: %(title)s."))
MOVED = notice_kind("question_moved", _("Your question went on: %(title)s."))
MATCHED = notice_kind("question_matched", _("You are asked to work on a question: %(title)s."))
WITHDRAWN = notice_kind("question_withdrawn", _("A question was withdrawn: %(title)s."))
PAGE = "questions:question"
FOR_DESK = {"answer": ANSWERED, "withdraw": WITHDRAWN}


def follow_address(question: Question) -> str:
    """Give the secret page on which who asked follows the question."""
    return reverse("questions:follow", args=[secret_for("follow", question.pk)])


def words_of(question: Question) -> dict[str, str]:
    """Give what a piece of news names."""
    return {"title": str(question)}


def came_in(question: Question) -> None:
    """Tell the desk, and ask who left an address whether it is theirs."""
    tell(
        staff_of(question.desk), CAME_IN, url_name=PAGE, object_id=question.pk,
        words=words_of(question),
    )  # fmt: skip
    if question.email:
        secret = secret_for("confirm", question.pk, question.email)
        words = {"address": link(reverse("questions:confirm", args=[secret]))}
        key = f"question-confirm:{question.pk}:{question.email}"
        send(question.email, CONFIRM, words, question.language, key)


def went_on(question: Question, step: QuestionStep) -> None:
    """Tell who waits for this question; who was taken together with it, only what is for all."""
    for one in with_merged(question) if is_for_all(step.act) else [question]:
        owners = {row.user_id for row in owners_of(one) if row.user_id}
        tell(
            owners - {step.by}, MOVED, url_name=PAGE, object_id=one.pk, words=words_of(one)
        )  # fmt: skip
        if one.email and one.confirmed_at:
            send(one.email, STEP, letter(one, step), one.language, f"question:{step.pk}:{one.pk}")
    if step.act in FOR_DESK:
        tell(
            staff_of(question.desk), FOR_DESK[step.act], url_name=PAGE, object_id=question.pk,
            words=words_of(question),
        )  # fmt: skip


def letter(question: Question, step: QuestionStep) -> dict[str, str]:
    """Write what the letter says, in the language of who asked."""
    with override(question.language):
        return {
            "question": str(question),
            "told": str(told_of(step.act)),
            "text": step.text,
            "alternative": step.alternative,
            "address": link(follow_address(question)),
        }
