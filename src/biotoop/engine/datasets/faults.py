"""Faults in data: the first few of a kind are shown, the others are counted."""

from collections.abc import Sequence

import attrs

from biotoop.engine.core.problems import Problem, problem

SHOWN = 5


def capped(faults: Sequence[Problem], count: int, *, file: str) -> tuple[Problem, ...]:
    """Give the faults that are shown, and one line for those that are not.

    Parameters
    ----------
    faults
        The first faults of one kind, at most five.
    count
        How many there are.
    file
        Name for messages.
    """
    left = count - len(faults)
    if left <= 0:
        return tuple(faults)
    more = problem("datasets.more_rows", *faults[-1].where, count=left)
    more = attrs.evolve(more, severity=faults[-1].severity, file=file)
    return (*faults, more)
