"""Whether nodes agree with what residents experience, and which nodes they miss."""

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.evidence.bundle import Life


@attrs.frozen(kw_only=True)
class Recognition:
    """What people of one kind (or all, when ``life`` is None) say of a node, in people.

    ``hidden`` names the counts that readers may not see; each stands at nil here.
    """

    life: Life | None
    value: str | None
    recognised: int
    not_recognised: int
    means_other: int
    does_not_count: int
    people: int
    ranked: int
    median_rank: float | None
    hidden: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class NodeAssessment:
    """Whether a node agrees with what residents experience: counts, and never a K.

    Attributes
    ----------
    node, text_hash
        Code and hash of the text.
    all
        Counts over all people.
    for_whom
        The same for each age, place and role.
    not_recognised_by
        Codes of the claims that do not recognise it, give it another meaning or say that it does
        not count.
    changed_text
        Codes of claims that judged an earlier text.
    sentence
        "Herkend door 14 van 18".
    """

    node: str
    text_hash: str
    all: Recognition
    for_whom: tuple[Recognition, ...]
    not_recognised_by: tuple[str, ...]
    changed_text: tuple[str, ...]
    sentence: Note


@attrs.frozen(kw_only=True)
class ProposedNode:
    """A node that people miss.

    ``decide`` is True from three respondents out of two sources on: then a decision with a reason
    is asked (take in, refuse, park).
    """

    proposal: str
    people: int
    sources: int
    near: tuple[str, ...]
    claims: tuple[str, ...]
    decide: bool
