"""Take a question one step further, and tell who asked."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.notices import tell
from biotoop.web.questions.actions import telling
from biotoop.web.questions.enums import CLOSED, QuestionState
from biotoop.web.questions.models import Match, Question, QuestionStep
from biotoop.web.questions.queries import live_matches
from biotoop.web.questions.rules.steps import PARTED, STEPS, Step
from biotoop.web.shared.actions.records import Refused, Stale, change, check, keep, noted
from biotoop.web.shared.models.days import site_day

PURPOSE = "question"
KEPT = timedelta(days=90)  # how long an address is kept after the end
ON_THE_QUESTION = (
    "title", "themes", "methods", "step", "reflection", "approach", "product", "product_address",
    "answer",
)  # fmt: skip
Values = Mapping[str, Any]


def take_step(
    question: Question, act: str, values: Values, *, by: UUID | None, seen: int
) -> Question:
    """Take a step: its values go onto the question, it is written down, and who asked is told.

    Raises
    ------
    Refused
        The question is not where this step begins, or something is missing for it.
    Stale
        Somebody changed the question in the meantime.
    """
    step = STEPS[act]
    with transaction.atomic():
        there = Question.objects.select_for_update().select_related("desk").get(pk=question.pk)
        if there.state not in step.was:
            raise Refused(
                _("This cannot be done now: the question is “%(state)s”.")
                % {"state": there.get_state_display()}
            )
        if there.edition != seen:
            raise Stale(there, {})
        for name in ON_THE_QUESTION:
            if name in values:
                setattr(there, name, values[name])
        BESIDES.get(act, nothing)(there, values, by)
        return moved(there, step, values, by)


def moved(question: Question, step: Step, values: Values, by: UUID | None) -> Question:
    """Write down that the question went on."""
    was, question.state, question.since = question.state, step.now, site_day()
    question.edition += 1
    check(question)
    question.save()
    noted(question, f"question_{step.act}", by, PURPOSE)
    row = QuestionStep.objects.create(
        question=question, act=step.act, was=was, now=step.now, by=by,
        text=str(values.get(step.text) or ""), alternative=str(values.get("alternative") or ""),
        without=str(values.get("without") or ""),
    )  # fmt: skip
    telling.went_on(question, row)
    return question


def nothing(_question: Question, _values: Values, _by: UUID | None) -> None:
    """Do nothing more than the step itself."""


def merge(question: Question, values: Values, _by: UUID | None) -> None:
    """Let a question go along with another one of the same desk."""
    other: Question = values["other"]
    if other.pk == question.pk or other.desk_id != question.desk_id or other.state in CLOSED:
        raise Refused(_("Choose another open question of the same desk."))
    if question.merged.exists():
        raise Refused(_("Other questions go along with this one. Merge the other way round."))
    end_match(question)
    question.merged_into = other


def match(question: Question, values: Values, by: UUID | None) -> None:
    """Let a researcher take a question."""
    expertise = values["expertise"]
    row = Match(
        question=question, expertise=expertise, hours=values["hours"], why=values["why"],
        reasons=values.get("reasons", {}),
    )  # fmt: skip
    keep(row, by=by, purpose=PURPOSE)
    tell(
        [expertise.user_id], telling.MATCHED, url_name=telling.PAGE, object_id=question.pk,
        words=telling.words_of(question),
    )  # fmt: skip


def hand_back(question: Question, _values: Values, _by: UUID | None) -> None:
    """Let the researcher go."""
    end_match(question)


def end(question: Question, _values: Values, _by: UUID | None) -> None:
    """End the work on a question; its researcher has room again."""
    end_match(question)


def withdraw(question: Question, _values: Values, _by: UUID | None) -> None:
    """End the work on it; those that were taken together with it are looked at again."""
    end_match(question)
    for one in question.merged.select_for_update().select_related("desk"):
        one.merged_into = None
        moved(one, PARTED, {}, None)


def report(question: Question, values: Values, _by: UUID | None) -> None:
    """Close only when a professional said what changes, or when it is said why nobody does."""
    has_translation = question.translations.filter(archived_at=None).exists()
    if not has_translation and not values.get("without"):
        raise Refused(
            _("Nobody wrote yet what they do differently now. Ask a professional to do so, "
              "or say why nobody will.")
        )  # fmt: skip
    end_match(question)


def end_match(question: Question) -> None:
    """Note that nobody works on a question any more."""
    for row in live_matches().filter(question=question):
        change(row, {"ended_on": site_day()}, edition=row.edition, by=None, purpose=PURPOSE)


BESIDES: dict[str, Callable[[Question, Values, UUID | None], None]] = {
    "merge": merge,
    "match": match,
    "hand_back": hand_back,
    "refuse": end,
    "withdraw": withdraw,
    "report": report,
}


def forget_addresses() -> int:
    """Take mail addresses away of questions that ended some months ago."""
    long_ago = site_day() - KEPT
    states = [state for state in CLOSED if state != QuestionState.MERGED]
    over = Question.objects.filter(state__in=states, since__lt=long_ago).values("pk")
    gone = Question.objects.filter(pk__in=over) | Question.objects.filter(merged_into__in=over)
    return Question.objects.filter(pk__in=gone.exclude(email="").values("pk")).update(
        email="", confirmed_at=None
    )
