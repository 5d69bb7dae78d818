"""Which cells may not be shown for their own sake, and how well each must stay hidden.

Four rules: too few people, too much of an amount from one or two contributors, a group that
almost wholly gives one sensitive answer, and what earlier releases hid. A requirement holds for
the interval [low, high] that a reader can work out from everything published together.
"""

from enum import StrEnum

import attrs
import numpy as np

from biotoop.engine.disclosure.linking import System
from biotoop.engine.disclosure.policy import SurveyPolicy, ZeroCells


class Ground(StrEnum):
    """Why a cell is hidden for its own sake."""

    FEW_PEOPLE = "few_people"
    EMPTY = "empty"
    DOMINANCE = "dominance"
    GROUP = "group"
    DIFFERENCE = "difference"
    EARLIER = "earlier"


@attrs.frozen(kw_only=True)
class Requirement:
    """How well a cell must stay hidden.

    Attributes
    ----------
    place
        Place of the cell in the system.
    ground
        Why.
    width
        ``high - low`` must be at least this.
    at_most
        ``low`` must be at most this.
    at_least
        ``high`` must be at least this.
    share
        ``low`` must be at most ``(1 - share) * high``.
    """

    place: int
    ground: Ground
    width: float = 0.0
    at_most: float = np.inf
    at_least: float = 0.0
    share: float = 0.0

    def is_met(self, low: float, high: float) -> bool:
        """Tell whether an interval is wide enough."""
        slack = 1e-6 * max(1.0, abs(self.at_least), abs(high) if np.isfinite(high) else 1.0)
        return bool(
            high - low >= self.width - slack
            and low <= self.at_most + slack
            and high >= self.at_least - slack
            and (np.isinf(high) or low <= (1 - self.share) * high + slack)
        )


def requirements(system: System, policy: SurveyPolicy) -> tuple[Requirement, ...]:
    """Apply the rules to every cell; one cell can fall under several.

    Parameters
    ----------
    system
        The linked cells.
    policy
        The rules.

    Returns
    -------
    tuple of Requirement
        In the order of the cells.
    """
    found: list[Requirement] = []
    for place in range(len(system.keys)):
        if not (system.public[place] and system.values[place] == 0):
            found.extend(_of_cell(system, policy, place))
    found.extend(_of_groups(system, policy))
    return tuple(sorted(found, key=lambda item: (item.place, item.ground)))


def _of_cell(system: System, policy: SurveyPolicy, place: int) -> list[Requirement]:
    found: list[Requirement] = []
    people, amount = float(system.people[place]), bool(system.is_amount[place])
    wide = {"share": policy.hidden_amount_share} if amount else {"width": float(policy.width)}
    if np.isnan(people):
        if system.guarded[place]:
            found.append(Requirement(place=place, ground=Ground.EARLIER, **wide))
        elif not (system.can_show[place] or system.joint[place] or amount):
            least = float(policy.minimum_cell)
            found.append(Requirement(place=place, ground=Ground.DIFFERENCE, at_least=least))
        return found
    if system.guarded[place]:
        found.append(Requirement(place=place, ground=Ground.EARLIER, **wide))
    empty = people == 0
    if empty and policy.zero_cells == ZeroCells.HIDE and system.can_show[place]:
        found.append(Requirement(place=place, ground=Ground.EMPTY, **wide))
    if 0 < people < policy.minimum_cell:
        ground = Ground.FEW_PEOPLE if system.can_show[place] else Ground.DIFFERENCE
        found.append(Requirement(place=place, ground=ground, **wide))
    if amount and not empty:
        least = _safe_amount(system, policy, place)
        if least > system.values[place]:
            found.append(Requirement(place=place, ground=Ground.DOMINANCE, at_least=least))
    return found


def _safe_amount(system: System, policy: SurveyPolicy, place: int) -> float:
    """Give the least amount in which the largest contributors would not stand out.

    A cell is safe when the largest is at most ``largest_share`` of it and the two largest
    together at most ``two_largest_share``; a reader who cannot rule out such an amount cannot
    put a close upper bound on a contributor.
    """
    largest, second = float(system.largest[place]), float(system.second[place])
    if np.isnan(largest):
        return 0.0
    return max(largest / policy.largest_share, (largest + second) / policy.two_largest_share)


def _of_groups(system: System, policy: SurveyPolicy) -> list[Requirement]:
    """Hide the answer that almost everybody in a group gives, and the answers beside it."""
    found: list[Requirement] = []
    for group in system.groups:
        whole = float(system.values[group.whole])
        shares = [float(system.values[place]) for place in group.answers]
        if whole < policy.minimum_cell or max(shares) <= policy.group_share * whole:
            continue
        width = float(policy.width)
        for place, people in zip(group.answers, shares, strict=True):
            if system.public[place] and people == 0:
                continue
            most = policy.group_share * whole if people == max(shares) else np.inf
            found.append(Requirement(place=place, ground=Ground.GROUP, width=width, at_most=most))
    return found
