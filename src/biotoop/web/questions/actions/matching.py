"""Who could take a question, and why: themes, methods, region and room. A person decides."""

import attrs
from django.db.models import QuerySet

from biotoop.web.programmes.enums import Theme
from biotoop.web.questions.enums import Method
from biotoop.web.questions.models import Expertise, Question
from biotoop.web.questions.models.listed import words_in
from biotoop.web.questions.queries import with_load

ASKED_HOURS = 4


@attrs.frozen(kw_only=True)
class Fit:
    """How somebody fits a question; each part says in words what does and what does not."""

    expertise: Expertise
    themes: tuple[str, ...]
    other_themes: tuple[str, ...]
    methods: tuple[str, ...]
    other_methods: tuple[str, ...]
    is_near: bool
    room: int

    @property
    def points(self) -> int:
        """Count: three for a theme, two for a method, one for the region, nothing without room."""
        found = 3 * len(self.themes) + 2 * len(self.methods) + int(self.is_near)
        return found if self.has_room else found - 100

    @property
    def has_room(self) -> bool:
        """Tell whether there are hours left for one more question."""
        return self.room >= ASKED_HOURS

    def as_plain(self) -> dict[str, object]:
        """Write the reasons down as they are today."""
        return {
            "themes": list(self.themes), "methods": list(self.methods), "near": self.is_near,
            "room": self.room, "points": self.points,
        }  # fmt: skip

    @property
    def theme_words(self) -> list[str]:
        """Give the themes that fit as people read them."""
        return [str(Theme(word).label) for word in self.themes]

    @property
    def other_theme_words(self) -> list[str]:
        """Give the themes of the question that this person does not have."""
        return [str(Theme(word).label) for word in self.other_themes]

    @property
    def method_words(self) -> list[str]:
        """Give the methods that fit as people read them."""
        return [str(Method(word).label) for word in self.methods]

    @property
    def other_method_words(self) -> list[str]:
        """Give the methods of the question that this person does not have."""
        return [str(Method(word).label) for word in self.other_methods]


def fits(question: Question, rows: QuerySet[Expertise]) -> list[Fit]:
    """Order the researchers by how they fit; who has no room comes last, and is still shown."""
    near = with_load(rows).select_related("user", "organisation")
    return sorted(
        (fit_of(question, row) for row in near), key=lambda fit: (-fit.points, str(fit.expertise))
    )


def fit_of(question: Question, row: Expertise) -> Fit:
    """Hold one researcher against a question."""
    themes, methods = words_in(question.themes), words_in(question.methods)
    known, able = set(words_in(row.themes)), set(words_in(row.methods))
    return Fit(
        expertise=row,
        themes=tuple(word for word in themes if word in known),
        other_themes=tuple(word for word in themes if word not in known),
        methods=tuple(word for word in methods if word in able),
        other_methods=tuple(word for word in methods if word not in able),
        is_near=is_near(question, row),
        room=row.hours - int(getattr(row, "busy", 0)),
    )


def is_near(question: Question, row: Expertise) -> bool:
    """Tell whether the region of a researcher is named by the question or its desk."""
    region = row.region.strip().casefold()
    places = (question.place, question.desk.region)
    return bool(region) and any(region in place.casefold() for place in places)
