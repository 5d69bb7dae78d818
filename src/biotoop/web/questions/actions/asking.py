"""Bring a question, without an account; follow it with a secret link."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.questions.actions import telling
from biotoop.web.questions.actions.arriving import arrive, ask_for_letter
from biotoop.web.questions.enums import AskerKind, ContributorKind, QuestionState
from biotoop.web.questions.models import Contributor, Desk, Question, QuestionStep
from biotoop.web.shared.actions.records import Refused, keep, noted, put_away

PURPOSE = "question"
AS_CONTRIBUTOR = {
    AskerKind.PROFESSIONAL: ContributorKind.PROFESSIONAL,
    AskerKind.POLICY: ContributorKind.PROFESSIONAL,
    AskerKind.EDUCATION: ContributorKind.STUDENT,
}


def hand_in(
    desk: Desk, values: Mapping[str, Any], *, number: UUID, origin: str, user: User | None = None
) -> Question:
    """Take a question in; the same form sent twice is one question.

    Raises
    ------
    TooMany
        Too much came from this place just now.
    """
    by = user.pk if user else None
    with transaction.atomic():
        Desk.objects.select_for_update().get(pk=desk.pk)  # one after the other
        there = Question.objects.filter(pk=number).first()
        if there is not None:
            return there
        arrive(PURPOSE, origin)
        if values.get("email"):
            ask_for_letter(values["email"])
        language = (get_language() or "nl")[:2]
        row = Question(pk=number, desk=desk, language=language, **values)
        keep(row, by=by, purpose=PURPOSE)
        QuestionStep.objects.create(
            question=row, act="hand_in", was=QuestionState.SUBMITTED, now=QuestionState.SUBMITTED,
            by=by,
        )  # fmt: skip
        if user is not None:
            add_owner(row, user)
        telling.came_in(row)
    return row


def kind_for(question: Question) -> ContributorKind:
    """Say as what somebody who asked works along."""
    return AS_CONTRIBUTOR.get(AskerKind(question.asker_kind), ContributorKind.RESIDENT)


def add_owner(question: Question, user: User) -> Contributor:
    """Make who asked with an account the owner of the question."""
    row = Contributor(
        question=question, user=user, name=user.name, kind=kind_for(question), is_owner=True
    )
    return keep(row, by=user.pk, purpose=PURPOSE)


def confirm(question: Question, email: str) -> bool:
    """Note that an address is of who reads the mail; tell whether it still stands there."""
    with transaction.atomic():
        rows = Question.objects.filter(pk=question.pk, email=email, confirmed_at=None)
        if rows.update(confirmed_at=now(), changed_at=now()):
            noted(question, "address_confirmed", None, PURPOSE)
    return Question.objects.filter(pk=question.pk, email=email).exists()


def forget_address(question: Question) -> None:
    """Take the mail address away, because who asked wants no more mail."""
    with transaction.atomic():
        rows = Question.objects.filter(pk=question.pk).exclude(email="")
        if rows.update(email="", confirmed_at=None, changed_at=now()):
            noted(question, "address_forgotten", None, PURPOSE)


def join(question: Question, name: str) -> Contributor:
    """Let who asked, or another resident with the link, work along under a name of their choice.

    Whose question it is does not change: only who hands in a question with an account owns it.

    Raises
    ------
    Refused
        The question is closed, or somebody has that name already.
    """
    if question.is_closed:
        raise Refused(_("This question is closed; nobody works on it now."))
    with transaction.atomic():
        Question.objects.select_for_update().get(pk=question.pk)
        rows = Contributor.objects.filter(question=question, archived_at=None)
        if rows.filter(name__iexact=name).exists():
            raise Refused(_("Somebody with this name works along already. Choose another name."))
        row = Contributor(question=question, name=name, kind=kind_for(question), by_link=True)
        Question.objects.filter(pk=question.pk).update(wants_to_join=True)
        return keep(row, by=None, purpose=PURPOSE)


def stop(question: Question, contributor: str) -> None:
    """Take a name off that was put on the list with the link of this question."""
    rows = joined(question)
    row = next((row for row in rows if str(row.pk) == contributor), None)
    if row is None:
        raise Refused(_("This name stands on the list no longer."))
    put_away(row, by=None, purpose=PURPOSE)


def joined(question: Question) -> QuerySet[Contributor]:
    """List who was put on the list with the link of a question."""
    return Contributor.objects.filter(question=question, by_link=True, archived_at=None)
