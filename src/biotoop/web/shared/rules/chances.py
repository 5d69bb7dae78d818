"""Places in which somebody can work on a step, told by the apps that keep them.

Apps on one floor know nothing of each other: they meet in this list.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import attrs

from biotoop.web.shared.rules.readers import Reader


@attrs.frozen(kw_only=True)
class Chance:
    """A place in which somebody can work on a step, how many are free, and who leads there."""

    title: str
    language: str
    address: str
    free: int
    led_by: str


Chances = Mapping[UUID, Sequence[Chance]]
# Where places are offered on steps of theories, told by the apps that keep them.
OFFERED_ON: list[Callable[[Reader, Sequence[UUID]], Chances]] = []


def offered_on(reader: Reader, steps: Sequence[UUID]) -> dict[UUID, list[Chance]]:
    """List the places that a reader sees on each of these steps."""
    found: dict[UUID, list[Chance]] = {step: [] for step in steps}
    for told in OFFERED_ON:
        for step, chances in told(reader, steps).items():
            found[step].extend(chances)
    return found
