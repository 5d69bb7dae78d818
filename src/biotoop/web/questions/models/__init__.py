"""Questions from practice, and who works on them."""

from biotoop.web.questions.models.desks import Desk
from biotoop.web.questions.models.gatherings import Gathering, Registration
from biotoop.web.questions.models.openings import Application, ApplicationStep, Opening
from biotoop.web.questions.models.questions import (
    Arrival,
    Contributor,
    Question,
    QuestionStep,
    Translation,
)
from biotoop.web.questions.models.researchers import Expertise, Match

__all__ = [
    "Application",
    "ApplicationStep",
    "Arrival",
    "Contributor",
    "Desk",
    "Expertise",
    "Gathering",
    "Match",
    "Opening",
    "Question",
    "QuestionStep",
    "Registration",
    "Translation",
]
