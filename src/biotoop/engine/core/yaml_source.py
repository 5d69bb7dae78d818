"""YAML with a line for every value, double keys refused, and only the scalars of YAML 1.2.

So ``no`` stays the word "no", a date stays text until a field asks for a date, and a fault can be
told with its line.
"""

import re
from collections.abc import Mapping
from typing import Any

import attrs
import yaml

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import of_yaml

Where = tuple[str | int, ...]
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 40
_MOST_NODES = 2_000_000
_MOST_REPEATS = 20_000


@attrs.frozen(kw_only=True)
class YamlSource:
    """A parsed document with the place of every value.

    Attributes
    ----------
    value
        Plain data: dict, list, str, int, float, bool or None.
    lines
        Line (from 1) of every value, by its path.
    problems
        Faults of the notation itself: syntax, double keys, too deep.
    """

    value: object
    lines: Mapping[Where, int]
    problems: tuple[Problem, ...]

    def line(self, where: Where) -> int | None:
        """Give the line of a value, or of the nearest thing around it."""
        for end in range(len(where), -1, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return None


NOTHING = YamlSource(value=None, lines={}, problems=())


def parse_yaml(text: str) -> YamlSource:
    """Parse YAML; faults of notation come back as problems, never as an exception."""
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        written = "".join(text.splitlines()[line - 1 : line]) if line else ""
        reason = of_yaml(str(getattr(error, "problem", None) or error), line=written)
        fault = attrs.evolve(problem("core.yaml_syntax", reason=reason), line=line)
        return YamlSource(value=None, lines={}, problems=(fault,))
    reader = _Reader()
    value = None if root is None else reader.read(root, ())
    return YamlSource(value=value, lines=reader.lines, problems=tuple(reader.problems))


class _Reader:
    """Walks the node tree once, noting lines and faults on the way."""

    def __init__(self) -> None:
        self.lines: dict[Where, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()
        self.repeats = 0
        self.gave_up = False

    def read(self, node: yaml.Node, where: Where) -> object:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if self.gave_up:
            return None
        if self._is_too_much(node, where):
            self.gave_up = True  # aliases within aliases would go on for ever
            self._fault("core.yaml_too_large", node, where)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*where, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _is_too_much(self, node: yaml.Node, where: Where) -> bool:
        """Tell whether the document is too deep or too large, what aliases repeat included."""
        self.repeats += id(node) in self.seen
        self.seen.add(id(node))
        too_large = len(self.lines) > _MOST_NODES or self.repeats > _MOST_REPEATS
        return too_large or len(where) > _DEEPEST

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self._fault("core.yaml_double_key", key_node, (*where, key), key=key)
                continue
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            found[key] = self.read(value_node, (*where, key))
        return found

    def _fault(self, code: str, node: yaml.Node, where: Where, key: str = "") -> None:
        fault = problem(code, *where, key=key)
        self.problems.append(attrs.evolve(fault, line=node.start_mark.line + 1))


def _scalar(node: Any) -> object:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
