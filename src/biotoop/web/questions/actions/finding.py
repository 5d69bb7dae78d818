"""What of questions can be found."""

from biotoop.web.questions.models import Gathering, Opening, Question
from biotoop.web.shared.actions.finding import Text, findable


@findable(Question, "questions:question")
def question(row: Question) -> Text:
    """Find a question by its words and what came of it."""
    text = f"{row.text} {row.background} {row.reflection} {row.product} {row.answer}"
    return Text(title=str(row), text=text, summary=row.answer or row.text)


@findable(Gathering, "questions:gathering")
def gathering(row: Gathering) -> Text:
    """Find a gathering by its title and what it is about."""
    return Text(title=row.title, text=f"{row.about} {row.place}", summary=row.about)


@findable(Opening, "questions:opening")
def opening(row: Opening) -> Text:
    """Find a research opening by its title, subject and angles."""
    return Text(title=row.title, text=f"{row.about} {row.angles}", summary=row.about)
