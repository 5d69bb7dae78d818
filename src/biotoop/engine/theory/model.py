"""The theory of change (redeneerlijn): nodes, links and what each link takes for granted."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

import attrs

from biotoop.engine.core.ids import texts_hash
from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text

CODE = "^[A-Za-z][A-Za-z0-9_-]{0,31}$"


class NodeKind(StrEnum):
    """Where a node stands between what is done and what society gains."""

    INTERVENTION = "intervention"
    RESULT = "result"
    OUTCOME = "outcome"
    IMPACT = "impact"
    CONTEXT = "context"


class LinkKind(StrEnum):
    """What a link says: it causes, it must be met, or it works back on something earlier."""

    CAUSE = "cause"
    CONDITION = "condition"
    FEEDBACK = "feedback"


class Horizon(StrEnum):
    """How long it takes before the "then" shows."""

    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@attrs.frozen(kw_only=True)
class Amount:
    """What was planned and what was delivered."""

    planned: float | None = field("Planned amount.", default=None, minimum=0)
    delivered: float | None = field("Delivered amount.", default=None, minimum=0)
    unit: Text | None = field("Unit, such as people or hours per person.", default=None)


@attrs.frozen(kw_only=True)
class Delivery:
    """How an intervention was planned and how it was delivered."""

    reach: Amount | None = field("People reached.", default=None)
    dose: Amount | None = field("How much each person received.", default=None)
    quality: Text | None = field("How well it was delivered, in words.", default=None)
    as_intended: bool | None = field(
        "Whether it was delivered well enough to test the theory; leave out when unknown.",
        default=None,
    )


@attrs.frozen(kw_only=True)
class Assumption:
    """Something that a link takes for granted."""

    code: str = field("Short code, unique within the link, such as A1.", pattern=CODE)
    text: Text = field("What is taken for granted.")


@attrs.frozen(kw_only=True)
class Rival:
    """Another explanation for the same change."""

    code: str = field("Short code, unique within the link, such as R1.", pattern=CODE)
    text: Text = field("What else could explain the change.")


@attrs.frozen(kw_only=True)
class Node:
    """One box in the drawing: what is done, or what changes for whom."""

    id: UUID = field("Identity (UUID); stays the same in every version.")
    code: str = field("Short code, unique in the theory, such as N1.", pattern=CODE)
    kind: NodeKind = field("Intervention, result, outcome, impact or context.")
    label: Text = field("The node in one short sentence with one verb.")
    whose: Text | None = field("For whom this is a change, and who sees it.", default=None)
    delivery: Delivery | None = field("For interventions: planned and delivered.", default=None)
    policy_goal: Text | None = field("Policy goal that this node serves.", default=None)

    @property
    def text_hash(self) -> str:
        """Hash of the words that evidence judges, in each language."""
        return texts_hash(self.label.versions().values())


@attrs.frozen(kw_only=True)
class Link:
    """One step (stap): if ... then ... because ..., with what it takes for granted."""

    id: UUID = field("Identity (UUID); changed ends make a new link with `replaces`.")
    code: str = field("Short code, unique in the theory, such as S1.", pattern=CODE)
    from_: str = field("Code of the node where the step starts.", pattern=CODE)
    to: str = field("Code of the node where the step ends.", pattern=CODE)
    kind: LinkKind = field("Cause, condition or feedback.", default=LinkKind.CAUSE)
    if_: Text = field("IF: who does or experiences what.")
    then: Text = field("THEN: what changes, for whom, when.")
    because: Text = field("BECAUSE: the mechanism; not the THEN once more.")
    assumptions: tuple[Assumption, ...] = field("What must hold for the step.", default=())
    rivals: tuple[Rival, ...] = field("Other explanations that were considered.", default=())
    conditions: tuple[Text, ...] = field("For whom and when the step holds.", default=())
    horizon: Horizon | None = field("How long until the THEN shows.", default=None)
    replaces: UUID | None = field("Identity of the link that this one replaces.", default=None)

    @property
    def text_hash(self) -> str:
        """Hash of the words that evidence judges, in each language: if, then and because.

        A language counts once all three parts are written in it.
        """
        written = [part.versions() for part in (self.if_, self.then, self.because)]
        whole = [key for key in written[0] if all(key in part for part in written)]
        spoken = [" | ".join(part[key] for part in written) for key in whole]
        return texts_hash(
            spoken or [" | ".join(str(part) for part in (self.if_, self.then, self.because))]
        )


@attrs.frozen(kw_only=True)
class TheoryOfChange:
    """A theory of change: the reasoning from what is done to what society gains."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    id: UUID = field("Identity (UUID) of the theory of change.")
    title: Text = field("Title.")
    version: str = field("Version of the text, such as 1 or 2.1.", default="1")
    programme: Text | None = field("Programme that the theory belongs to.", default=None)
    place: Text | None = field("Place for which this variant is written.", default=None)
    invented: bool = field("True marks the content as invented, on every export.", default=False)
    canvas: Mapping[str, Text] = field("Canvas fields (derived form), by name.", factory=dict)
    nodes: tuple[Node, ...] = field("The nodes.", minItems=1)
    links: tuple[Link, ...] = field("The links.", default=())

    def node(self, code: str) -> Node:
        """Give a node by its code.

        Raises
        ------
        KeyError
            No node has this code.
        """
        for node in self.nodes:
            if node.code == code:
                return node
        raise KeyError(code)

    def link(self, code: str) -> Link:
        """Give a link by its code.

        Raises
        ------
        KeyError
            No link has this code.
        """
        for link in self.links:
            if link.code == code:
                return link
        raise KeyError(code)
