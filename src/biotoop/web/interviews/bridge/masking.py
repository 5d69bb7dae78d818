"""What in somebody's words could point at a person: what must go, and what a reader must judge."""

import attrs

from biotoop.engine.disclosure.masking import Kind, mask

NEVER = frozenset({Kind.EMAIL, Kind.WEB, Kind.PHONE, Kind.BANK, Kind.CITIZEN_NUMBER, Kind.ADDRESS})


@attrs.frozen(kw_only=True)
class Hints:
    """What was found in a text.

    ``masked`` is the text with everything masked; ``never`` are the words that may not be kept,
    ``perhaps`` those that a person has to judge.
    """

    masked: str
    never: tuple[str, ...]
    perhaps: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found at all."""
        return not self.never and not self.perhaps


def look_through(text: str) -> Hints:
    """Find phone numbers, addresses, citizen service numbers, names and the like."""
    found = mask(text)
    return Hints(
        masked=found.text,
        never=tuple(span.text for span in found.masked if span.kind in NEVER),
        perhaps=tuple(
            span.text for span in (*found.masked, *found.doubtful) if span.kind not in NEVER
        )
        + tuple(span.text for span in found.doubtful if span.kind in NEVER),
    )
