"""The one message catalogue: sentences by code, in Dutch and English.

A code is ``<room>.<key>``; the sentence stands in ``catalogue/<language>/<room>.toml`` and may
name parameters in braces. Words that depend on a number stand behind a colon, for one and for
more, with # for the number: ``{count:# fout|# fouten}``. The engine, the command line and the
workplace all render from here.
"""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import attrs

from biotoop.engine.core.formats import euros, number
from biotoop.engine.core.quantities import Euro, Fixed
from biotoop.engine.core.texts import Text

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@attrs.frozen(kw_only=True)
class Note:
    """A sentence still free of language: a code and its parameters.

    Attributes
    ----------
    code
        Key in the message catalogue, ``<room>.<key>``.
    params
        Values for the braces in the sentence.
    """

    code: str
    params: "Mapping[str, Param]" = attrs.field(factory=dict)

    def text(self, language: Language) -> str:
        """Render the sentence in a language."""
        return render(self.code, language, self.params)


Param = str | int | float | Text | Euro | Fixed | Note | None | tuple[str | Note, ...]


def note(code: str, **params: Param) -> Note:
    """Make a note, shorter to write: ``note("effects.few_clusters", clusters=6)``."""
    return Note(code=code, params=params)


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Give all sentences of one language, by code."""
    found: dict[str, str] = {}
    folder = resources.files("biotoop.engine.core") / "catalogue" / language
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            room = entry.name.removesuffix(".toml")
            _flatten(tomllib.loads(entry.read_text("utf-8")), room, found)
    return found


def _flatten(table: Mapping[str, object], prefix: str, into: dict[str, str]) -> None:
    for key, value in table.items():
        code = f"{prefix}.{key}"
        if isinstance(value, dict):
            _flatten(value, code, into)
        else:
            into[code] = str(value)


def render(code: str, language: Language, params: Mapping[str, Param] | None = None) -> str:
    """Render the sentence of a code.

    Raises
    ------
    KeyError
        The catalogue has no such code, or the sentence names a parameter that is not given:
        a fault of the programmer, caught by the architecture tests.
    """
    template = sentences(language)[code]
    shown = {
        name: _Shown(text=_show(value, language), value=value)
        for name, value in (params or {}).items()
    }
    return string.Formatter().vformat(template, (), shown)


@attrs.frozen(kw_only=True)
class _Shown:
    """A parameter as it is shown, and its value, which may choose between one and more."""

    text: str
    value: Param

    def __format__(self, choice: str) -> str:
        return chosen(choice, self.value, self.text) if choice else self.text


def chosen(choice: str, value: object, shown: str) -> str:
    """Choose the words for one or for more: ``chosen("# fout|# fouten", 2, "2")``."""
    one, _, more = choice.partition("|")
    return (one if value == 1 else more).replace("#", shown)


def _show(value: Param, language: Language) -> str:
    match value:
        case None:
            shown = "-"
        case Text():
            shown = value.get(language)
        case Note():
            shown = value.text(language)
        case Euro():
            shown = euros(value.amount, language)
        case Fixed():
            shown = number(value.value, language, value.digits)
        case tuple():
            shown = ", ".join(_show(part, language) for part in value)
        case float():
            shown = number(value, language)
        case _:
            shown = str(value)
    return shown


def word(group: str, key: str, language: Language) -> str:
    """Give the word on screen for an enum value: ``word("plausibility.grade", "open", "nl")``."""
    return sentences(language)[f"{group}.{key}"]
