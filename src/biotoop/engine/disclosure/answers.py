"""What a mean and a spread tell of an outcome with few values: how many people gave each answer.

Number, sum and sum of squares are three equations. With two values a mean tells both counts, with
three a mean and a spread tell all; with a few more, whole numbers from 0 up can leave one way only.
"""

import math
from collections.abc import Sequence

import attrs
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.figures import Figure, Refusal, Rule
from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy

FEW = 7
_CLOSE = 1e-6
_NODES = 2_000
_TWO, _THREE = 2, 3
_LIMIT_REACHED = 1


def answers_told(mean: float, sd: float, n: int, values: Sequence[float]) -> tuple[int, ...] | None:
    """Give how many people gave each of two or three answers; None where they cannot be solved.

    Parameters
    ----------
    mean, sd
        Of the answers; the standard deviation (n - 1) is not needed for two.
    n
        People.
    values
        The answers that there are, lowest first.
    """
    if n < 1 or math.isnan(mean):
        return None
    if len(values) == _TWO:
        top = n * (mean - values[0]) / (values[1] - values[0])
        return _whole((n - top, top), n)
    if len(values) == _THREE:
        spread = 0.0 if math.isnan(sd) else sd**2 * (n - 1) / n
        powers = np.vander(np.array(values), _THREE, increasing=True).T
        return _whole(n * np.linalg.solve(powers, [1.0, mean, spread + mean**2]), n)
    return None


def _whole(counts: Sequence[float] | np.ndarray, n: int) -> tuple[int, ...] | None:
    found = tuple(round(float(count)) for count in counts)
    far = max(abs(float(count) - whole) for count, whole in zip(counts, found, strict=True))
    if far > _CLOSE * max(n, 1) or min(found) < 0 or sum(found) != n:
        return None
    return found


def _grid(values: Sequence[float]) -> np.ndarray | None:
    """Give the values as whole steps from the lowest; None where they lie on no grid."""
    off = np.array(values) - values[0]
    steps = off / np.diff(off).min()
    for parts in (1, 2, 3, 4, 5, 6, 10):
        if np.abs(steps * parts - np.round(steps * parts)).max() < _CLOSE:
            return np.asarray(np.round(steps * parts))
    return None


@attrs.frozen(kw_only=True)
class AnswersFigure(Figure):
    """A mean, or a mean with its spread, of an outcome with few values.

    Attributes
    ----------
    n, mean, sd
        What is printed; without a spread None.
    values
        The answers that there are, lowest first.
    """

    n: int
    mean: float
    sd: float | None
    values: tuple[float, ...]

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Refuse what tells for sure that few people, or nearly all, gave one answer.

        The counts of two answers are cells of the linked tables, and asked about there; where they
        are no whole numbers, the mean is of other people than were counted, and is refused.
        """
        solved = self._solved()
        survey = policy.survey
        if len(self.values) <= _TWO:
            told = solved is None
        elif solved is not None:
            small = any(count < survey.minimum_cell for count in solved)
            told = small or max(solved) > survey.group_share * self.n
        else:
            told = self._surely(survey)
        return (Rule.RECOVERY, note("disclosure.answers_told")) if told else None

    def _solved(self) -> tuple[int, ...] | None:
        if len(self.values) == _THREE and self.sd is None:
            return None
        return answers_told(self.mean, self.sd or 0.0, self.n, self.values)

    def _surely(self, survey: SurveyPolicy) -> bool:
        """Try for each answer whether it could be that of enough people, or of none for sure."""
        lines = self._lines()
        if lines is None:
            return False
        for place in range(len(self.values)):
            most = _end(lines, place, -1.0, self.n)
            if most < survey.minimum_cell:
                least = _end(lines, place, 1.0, self.n)
                if least >= 1 or most < 1:
                    return True
            elif most > survey.group_share * self.n:
                least = _end(lines, place, 1.0, self.n)
                if least > survey.group_share * self.n:
                    return True
        return False

    def _lines(self) -> LinearConstraint | None:
        """Write number, sum and sum of squares as equations in the counts, in whole steps."""
        steps = _grid(self.values)
        if steps is None or math.isnan(self.mean):
            return None
        unit = (self.values[-1] - self.values[0]) / steps[-1]
        total = round(self.n * (self.mean - self.values[0]) / unit)
        rows, known = [np.ones_like(steps), steps], [self.n, total]
        if self.sd is not None and not math.isnan(self.sd):
            rows.append(steps**2)
            known.append(round((self.n - 1) * (self.sd / unit) ** 2 + total**2 / self.n))
        return LinearConstraint(np.array(rows), known, known)


def _end(lines: LinearConstraint, place: int, sign: float, n: int) -> float:
    """Find how few (+1) or how many (-1) people can have given an answer.

    Where that takes too long, or nothing fits, the answer that lets nothing through is given.
    """
    cost = np.zeros(lines.A.shape[1])
    cost[place] = sign
    found = milp(
        cost,
        integrality=np.ones_like(cost),
        bounds=Bounds(0, n),
        constraints=lines,
        options={"node_limit": _NODES},
    )
    if found.x is None or found.status == _LIMIT_REACHED:
        return 0.0 if sign < 0 else float(n)
    return float(round(found.x[place]))
