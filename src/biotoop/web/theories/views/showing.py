"""What readers see of one text of a theory: drawing, list, steps with their judgements."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from django.core.cache import cache

import biotoop
from biotoop.web.shared.models.records import address_of
from biotoop.web.theories.bridge import reading
from biotoop.web.theories.bridge.documents import LanguageCode, TheoryOfChange, published
from biotoop.web.theories.models import LinkAssessment, Theory, Version
from biotoop.web.theories.queries import latest_assessments
from biotoop.web.theories.views.panels import panels_of

KEPT_SECONDS = 24 * 3600


@attrs.frozen(kw_only=True)
class ShownLink:
    """A step as it stands in a list."""

    id: UUID
    code: str
    address: str
    kind: str
    start: str
    end: str
    if_: str
    then: str
    because: str
    assumptions: tuple[str, ...]
    rivals: tuple[str, ...]
    conditions: tuple[str, ...]
    horizon: str
    grade: str
    grade_words: str
    badge: str
    is_graded: bool
    assessment: LinkAssessment | None
    panel: str


@attrs.frozen(kw_only=True)
class ShownTheory:
    """A text of a theory, ready for a page."""

    picture: str | None
    outline: tuple[Any, ...]
    links: tuple[ShownLink, ...]
    nodes: int
    panels: Mapping[str, str]
    ways: Mapping[str, str]


def grades_of(
    value: TheoryOfChange, assessments: Mapping[UUID, LinkAssessment]
) -> dict[str, reading.GradeMark]:
    """Give the marks of the arrows by code."""
    return {
        link.code: reading.mark(row.grade, sensitive=row.sensitive)
        for link in value.links
        if (row := assessments.get(link.id)) is not None
    }


def shown(
    theory: Theory,
    value: TheoryOfChange,
    assessments: Mapping[UUID, LinkAssessment],
    language: LanguageCode,
    *,
    draft: bool = False,
) -> ShownTheory:
    """Make a text ready for a page."""
    grades = grades_of(value, assessments)
    panels = panels_of(theory, value)
    steps = {link.code: step_address(theory, link.id, draft=draft) for link in value.links}
    look = reading.Look(grades=grades, words=bool(grades), addresses=panels | steps)
    return ShownTheory(
        picture=reading.picture(value, language, look),
        outline=reading.outline(value, language, grades),
        links=tuple(shown_links(theory, value, assessments, language, draft=draft, panels=panels)),
        nodes=len(value.nodes),
        panels=panels,
        ways={steps[code]: panel for code, panel in panels.items() if code in steps},
    )


def evidence_on_draft(
    theory: Theory, value: TheoryOfChange
) -> tuple[dict[UUID, LinkAssessment], dict[str, str]]:
    """Give what was judged of the last version, and where its evidence stands, for a draft."""
    if theory.latest is None:
        return {}, {}
    text = published(theory.latest.content)
    known = {link.id for link in text.links} | {node.id for node in text.nodes}
    codes = {link.code for link in value.links if link.id in known}
    codes |= {node.code for node in value.nodes if node.id in known}
    panels = {code: way for code, way in panels_of(theory, value).items() if code in codes}
    return latest_assessments(theory.latest), panels


def shown_version(
    theory: Theory,
    version: Version,
    assessments: Mapping[UUID, LinkAssessment],
    language: LanguageCode,
) -> ShownTheory:
    """Make a version ready for a page; as versions stay, so may what was made of them."""
    marks = sorted((str(key), row.pk.hex) for key, row in assessments.items())
    key = f"theory-shown:{biotoop.__version__}:{version.pk}:{language}:{hash(tuple(marks))}"
    kept: ShownTheory | None = cache.get(key)
    if kept is None:
        kept = shown(theory, published(version.content), assessments, language)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def step_address(theory: Theory, link: UUID, *, draft: bool) -> str:
    """Give the page of a step; in the draft, the page where it is written."""
    name = "theories:link" if draft else "theories:step"
    return address_of(name, theory.pk, link)


def shown_links(
    theory: Theory,
    value: TheoryOfChange,
    assessments: Mapping[UUID, LinkAssessment],
    language: LanguageCode,
    *,
    draft: bool,
    panels: Mapping[str, str],
) -> list[ShownLink]:
    """Give the steps with their words and judgements."""
    labels = {node.code: node.label.get(language) for node in value.nodes}
    horizons = dict(reading.choice_words("horizon", ("weeks", "months", "years"), language))
    made = []
    for link in value.links:
        row = assessments.get(link.id)
        grade = row.grade if row else ""
        made.append(
            ShownLink(
                id=link.id,
                code=link.code,
                address=step_address(theory, link.id, draft=draft),
                kind=str(link.kind),
                start=labels.get(link.from_, link.from_),
                end=labels.get(link.to, link.to),
                if_=link.if_.get(language),
                then=link.then.get(language),
                because=link.because.get(language),
                assumptions=tuple(item.text.get(language) for item in link.assumptions),
                rivals=tuple(item.text.get(language) for item in link.rivals),
                conditions=tuple(item.get(language) for item in link.conditions),
                horizon=horizons.get(str(link.horizon), "") if link.horizon else "",
                grade=grade,
                grade_words=reading.words_of_grade(grade, language),
                badge=reading.badge_of_grade(grade),
                is_graded=row is not None or str(link.kind) == "cause",
                assessment=row,
                panel=panels.get(link.code, ""),
            )
        )
    return made
