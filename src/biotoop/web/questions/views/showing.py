"""How the life of a question is shown."""

from typing import Any

from biotoop.web.questions.enums import WAY, QuestionState
from biotoop.web.questions.models import Question, QuestionStep
from biotoop.web.questions.rules.steps import is_for_all, told_of

KINDS = {
    QuestionState.SUBMITTED: "warn", QuestionState.TRIAGE: "busy", QuestionState.ASKED: "warn",
    QuestionState.REPORTED: "good", QuestionState.REFUSED: "bad", QuestionState.MERGED: "calm",
    QuestionState.WITHDRAWN: "calm",
}  # fmt: skip


def badge_of(state: str) -> str:
    """Give the kind of badge of a state."""
    return KINDS.get(QuestionState(state), "busy")


def way_of(question: Question) -> tuple[list[str], int]:
    """Give the steps of the usual way, and the number of where the question is; nought beside it.

    What is asked back waits in the place of triage.
    """
    words = [str(QuestionState(state).label) for state in WAY]
    state = QuestionState(question.state)
    if state == QuestionState.ASKED:
        state = QuestionState.TRIAGE
    if state == QuestionState.REPORTED:
        return words, len(words) + 1
    return words, WAY.index(state) + 1 if state in WAY else 0


def story_of(question: Question) -> list[dict[str, Any]]:
    """Tell what happened, the first thing first."""
    return [told(row) for row in question.steps.order_by("at", "pk")]


def shared_story_of(question: Question) -> list[dict[str, Any]]:
    """Tell what happened to who asked another question that goes along with this one."""
    return [told(row) for row in question.steps.order_by("at", "pk") if is_for_all(row.act)]


def told(row: QuestionStep) -> dict[str, Any]:
    """Tell one step."""
    return {
        "title": told_of(row.act),
        "text": row.text,
        "alternative": row.alternative,
        "without": row.without,
        "at": row.at,
    }
