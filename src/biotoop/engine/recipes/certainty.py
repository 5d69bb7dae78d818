"""How sure it is, in sentences: grades, which are sensitive, and scales that measure badly."""

import math
from collections.abc import Iterable, Iterator

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.quantities import Fixed
from biotoop.engine.effects.result import EffectSet
from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.result import LinkAssessment, Plausibility
from biotoop.engine.recipes.findings import MeasureSummary
from biotoop.engine.recipes.worth import AGAINST
from biotoop.engine.theory.model import TheoryOfChange

GRADES_AS_SHOWN = (Grade.ADVERSE, *(grade for grade in Grade if grade is not Grade.ADVERSE))
_BELOW_FLOOR = "instruments.below_group_floor"


def certainty_in_words(
    theory: TheoryOfChange,
    measures: tuple[MeasureSummary, ...],
    effects: tuple[EffectSet, ...],
    plausibility: Plausibility,
) -> Iterator[Note]:
    """Say what speaks against, count the grades, and tell how firm they and the measures are."""
    against = tuple(
        note(
            "recipes.answer.against",
            step=link.target,
            then=theory.link(link.target).then,
            grade=graded(link),
        )
        for link in plausibility.links
        if link.grade in AGAINST and link.grade is not Grade.ADVERSE  # that stands on top
    )
    if against:
        yield note("recipes.answer.mind", steps=against)
    yield from _unreliable(measures, effects)
    yield note(
        "recipes.answer.steps",
        total=len(plausibility.links),
        counted=tuple(_counted(plausibility.links)),
    )
    routes = tuple(
        note(
            "recipes.answer.route",
            last=theory.node(route.target.partition(">")[2]).label,
            grade=graded(route),
        )
        for route in plausibility.routes_as_whole
    )
    if routes:
        yield note("recipes.answer.routes", routes=routes)
    if any(
        item.sensitivity.sensitive for item in (*plausibility.links, *plausibility.routes_as_whole)
    ):
        yield note("recipes.answer.what_sensitive")


def graded(found: LinkAssessment) -> Note:
    """Give the grade in words, with whether it is sensitive."""
    grade = note(f"plausibility.grade.{found.grade.value}")
    return (
        note("recipes.answer.sensitive_grade", grade=grade)
        if found.sensitivity.sensitive
        else grade
    )


def _counted(links: Iterable[LinkAssessment]) -> Iterator[Note]:
    """Count the grades, and how many of each are sensitive."""
    known = tuple(links)
    for grade in GRADES_AS_SHOWN:
        these = [link for link in known if link.grade is grade]
        if these:
            sensitive = sum(link.sensitivity.sensitive for link in these)
            said = "" if not sensitive else "_sensitive" if sensitive == len(these) else "_partly"
            word = note(f"plausibility.grade.{grade.value}")
            yield note(
                f"recipes.answer.graded{said}", count=len(these), grade=word, sensitive=sensitive
            )


def unreliable(measure: MeasureSummary) -> tuple[float, float] | None:
    """Give the lowest reliability of a measure over its moments and the floor that it misses.

    In two places, downwards: in the text it never seems to reach the floor.
    """
    missed = [
        (_below(found.value, floor), floor)
        for moment in measure.moments
        for remark in moment.remarks
        if remark.code == _BELOW_FLOOR
        if (found := moment.omega or moment.alpha) is not None
        for floor in [float(str(remark.params["floor"]))]
    ]
    return min(missed) if missed else None


def _below(value: float, floor: float) -> float:
    return min(math.floor(round(value * 100, 6)) / 100, round(floor - 0.01, 2))


def _unreliable(
    measures: tuple[MeasureSummary, ...], effects: tuple[EffectSet, ...]
) -> Iterator[Note]:
    """Say of which main outcome the scale is not reliable enough to compare groups."""
    main = {item.primary.outcome for item in effects if item.primary_outcome}
    for measure in measures:
        missed = unreliable(measure) if measure.id in main else None
        if missed is not None:
            lowest, floor = missed
            yield note(
                "recipes.answer.unreliable",
                measure=measure.label,
                value=Fixed(lowest, 2),
                floor=Fixed(floor, 2),
            )
