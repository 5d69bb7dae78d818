"""What questions keep about a person: shown to them, and let go of when they go."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.personal_data import NAMES, about, forgets
from biotoop.web.accounts.models import User
from biotoop.web.questions.models import (
    Application,
    Contributor,
    Expertise,
    Question,
    Registration,
    Translation,
)

Rows = list[dict[str, Any]]
NAMES |= {
    "question__text": _("question"),
    "themes": _("themes"),
    "methods": _("methods"),
    "region": _("place or region"),
    "hours": _("hours a month"),
    "about": _("about you"),
    "gathering__title": _("gathering"),
    "opening__title": _("research opening"),
    "angle": _("your angle"),
    "motivation": _("why you"),
}


@about("questions", _("Questions that you brought or work on"))
def questions(user: User) -> Rows:
    """Give the questions of a person."""
    rows = Contributor.objects.filter(user=user).order_by("created_at")
    return [dict(row) for row in rows.values("question__text", "name", "kind", "created_at")]


@about("expertise", _("What you wrote about your expertise"))
def expertise(user: User) -> Rows:
    """Give what a researcher wrote about themselves."""
    fields = ("organisation__name", "themes", "methods", "region", "hours", "about")
    return list(Expertise.objects.filter(user=user).values(*fields))


@about("practice", _("What you do differently in your work"))
def practice(user: User) -> Rows:
    """Give what a professional wrote about their own work."""
    rows = Translation.objects.filter(by=user).values("text", "because", "created_at")
    return [dict(row) for row in rows]


@about("gatherings", _("Gatherings for which you registered"))
def gatherings(user: User) -> Rows:
    """Give the registrations of a person."""
    rows = Registration.objects.filter(user=user).order_by("created_at")
    return [dict(row) for row in rows.values("gathering__title", "state", "created_at")]


@about("applications", _("Places for which you applied"))
def applications(user: User) -> Rows:
    """Give the applications of a student."""
    rows = Application.objects.filter(student=user).order_by("created_at")
    return [dict(row) for row in rows.values("opening__title", "angle", "motivation", "state")]


@forgets
def let_go(user: User) -> None:
    """Take the name and address away; what was found out stays."""
    Contributor.objects.filter(user=user).update(name="…")
    Expertise.objects.filter(user=user).update(about="", region="", hours=0)
    Question.objects.filter(email=user.email).update(email="", confirmed_at=None)
    Registration.objects.filter(user=user).update(name="…", email="")
    Application.objects.filter(student=user).update(motivation="…", fellows="")
