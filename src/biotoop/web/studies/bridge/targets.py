"""What evidence can be about: the steps and nodes of a theory, in words, with their text hash."""

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from biotoop.engine.core.ids import still_says
from biotoop.engine.evidence.claim_checks import allowed_stances
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.theory.model import Link, LinkKind, TheoryOfChange
from biotoop.web.theories.bridge.documents import LanguageCode, published

Kind = Literal["link", "node", "route"]


@attrs.frozen(kw_only=True)
class TargetWords:
    """A step, node or route as people read it.

    ``words`` is one line; ``stances`` are those that a claim about it may take.
    """

    code: str
    kind: Kind
    words: str
    text_hash: str
    stances: tuple[str, ...]

    def has_changed(self, judged: str) -> bool:
        """Tell whether a text that was judged is no longer there; a translation may be added."""
        return bool(judged) and not still_says(judged, self.text_hash)


class TheoryWords:
    """All that evidence on one version of a theory can be about."""

    def __init__(self, content: Mapping[str, Any], language: LanguageCode) -> None:
        self._theory: TheoryOfChange = published(content)
        self._targets = Targets(self._theory)
        self._language = language
        self._found: dict[str, TargetWords | None] = {}

    def steps(self) -> tuple[TargetWords, ...]:
        """List the steps and conditions, in the order of the theory."""
        known = [link for link in self._theory.links if link.kind is not LinkKind.FEEDBACK]
        return tuple(found for link in known if (found := self.find(link.code)))

    def nodes(self) -> tuple[TargetWords, ...]:
        """List the nodes, in the order of the theory."""
        return tuple(found for node in self._theory.nodes if (found := self.find(node.code)))

    def find(self, code: str) -> TargetWords | None:
        """Give what a code stands for; nothing when the theory has no such thing."""
        if code not in self._found:
            self._found[code] = self._look_for(code)
        return self._found[code]

    def _look_for(self, code: str) -> TargetWords | None:
        target = self._targets.find(code)
        if target is None:
            return None
        return TargetWords(
            code=target.code,
            kind=target.kind.value,
            words=self._words(target.code),
            text_hash=target.text_hash,
            stances=tuple(stance.value for stance in allowed_stances(target)),
        )

    def near(self, code: str) -> str | None:
        """Give the code that was probably meant."""
        return self._targets.near(code)

    def _words(self, code: str) -> str:
        if link := self._targets.links.get(code):
            return self._step(link)
        if node := self._targets.nodes.get(code):
            return node.label.get(self._language)
        start, _, end = code.partition(">")
        return f"{self._words(start)} → {self._words(end)}"

    def _step(self, link: Link) -> str:
        ends = (
            self._targets.nodes[code].label.get(self._language) for code in (link.from_, link.to)
        )
        return " → ".join(ends)
