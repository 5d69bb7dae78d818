"""Which euros rest on which grade: a reading aid, never a probability on euros."""

from collections.abc import Mapping

import attrs

from biotoop.engine.core.messages import LANGUAGES, note, word
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import Grade
from biotoop.engine.valuation.flows import weights
from biotoop.engine.valuation.model import SOCIETY, Direction
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.result import RestsOn

NOT_ASSESSED = "not_assessed"


@attrs.frozen(kw_only=True)
class RouteGrade:
    """The grade of the route that an item rests on.

    Attributes
    ----------
    grade
        Grade of the weakest step; None when a step is unassessed.
    weakest
        Codes of the steps with that grade, or of the unassessed ones.
    """

    grade: Grade | None
    weakest: tuple[str, ...]


def rests_on(seen: Outlook, routes: Mapping[str, RouteGrade]) -> tuple[RestsOn, ...]:
    """Add up the mean benefits by the grade of the weakest step on their route.

    Parameters
    ----------
    seen
        Present values.
    routes
        Grade of the route of each item; an item without one is not assessed.

    Returns
    -------
    tuple of RestsOn
        Largest amount first.
    """
    weight = weights(seen.model.posts, SOCIETY).benefit
    mean = seen.present.mean(axis=0) * weight
    groups: dict[str, list[int]] = {}
    for place, post in enumerate(seen.model.posts):
        if post.direction is Direction.BENEFIT and weight[place]:
            route = routes.get(post.id)
            grade = NOT_ASSESSED if route is None or route.grade is None else route.grade.value
            groups.setdefault(grade, []).append(place)
    whole = float(mean.sum())
    rows = [_row(seen, grade, places, float(mean[places].sum()), whole, routes)
            for grade, places in groups.items()]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -row.amount))


def _row(
    seen: Outlook, grade: str, places: list[int], amount: float, whole: float,
    routes: Mapping[str, RouteGrade],
) -> RestsOn:  # fmt: skip
    items = tuple(seen.model.posts[place].id for place in places)
    weakest = dict.fromkeys(
        code for item in items if item in routes for code in routes[item].weakest
    )
    said = Text(**{lang: word("plausibility.grade", grade, lang) for lang in LANGUAGES})
    assessed = grade != NOT_ASSESSED
    code = "valuation.rests_on_grade" if assessed else "valuation.rests_on_unassessed"
    return RestsOn(
        grade=grade,
        amount=amount,
        share=amount / whole if whole > 0 else 0.0,
        items=items,
        weakest=tuple(weakest),
        note=note(code, amount=rounded_euros(amount), grade=said),
    )
