"""Words in the texts of a theory: what checks and writing rules look at."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.core.texts import Text

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SHORTEST_STEM = 3
_VOWELS = "aeiou"


@attrs.frozen(kw_only=True)
class Lexicon:
    """What the writing rules know of one language (see ``words.toml``).

    Attributes
    ----------
    stop
        Words without content.
    verbs, also_nouns
        Finite verb forms; verbs that are as often a noun.
    conjunctions, pronouns, prepositions
        Words around a second verb.
    people, people_endings
        Words, and endings of words, that name whose change it is.
    change
        Words that say in which direction something changes.
    vague
        Patterns of words that promise without saying what.
    together, together_allowed, unwanted
        Patterns of "and" and of unwanted effects, and fixed phrases with "and".
    """

    stop: frozenset[str]
    verbs: frozenset[str]
    also_nouns: frozenset[str]
    conjunctions: frozenset[str]
    pronouns: frozenset[str]
    prepositions: frozenset[str]
    people: frozenset[str]
    people_endings: tuple[str, ...]
    change: frozenset[str]
    vague: tuple[re.Pattern[str], ...]
    together: re.Pattern[str]
    together_allowed: tuple[str, ...]
    unwanted: re.Pattern[str]


@cache
def _data() -> dict[str, dict[str, Any]]:
    file = resources.files("biotoop.engine.theory") / "words.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def lexicon(language: Language) -> Lexicon:
    """Read the lexicon of a language."""
    data = _data()[language]
    singulars = [singular(verb, language) for verb in data["verbs"]]
    return Lexicon(
        stop=frozenset(data["stop"]),
        verbs=frozenset([*data["verbs"], *data["forms"], *singulars]),
        also_nouns=frozenset(data["also_nouns"]),
        conjunctions=frozenset(data["conjunctions"]),
        pronouns=frozenset(data["pronouns"]),
        prepositions=frozenset(data["prepositions"]),
        people=frozenset(data["people"]),
        people_endings=tuple(data["people_endings"]),
        change=frozenset(data["change"]),
        vague=tuple(re.compile(pattern, re.IGNORECASE) for pattern in data["vague"]),
        together=re.compile(data["together"], re.IGNORECASE),
        together_allowed=tuple(data["together_allowed"]),
        unwanted=re.compile(data["unwanted"], re.IGNORECASE),
    )


def canvas_fields_on_unwanted_effects() -> frozenset[str]:
    """Give the names of canvas fields in which unwanted effects are considered."""
    return frozenset(_data()["canvas"]["unwanted"])


def singular(verb: str, language: Language) -> str:
    """Derive the third person singular of a regular verb: "spreken" gives "spreekt".

    Dutch spelling: final v and z become f and s, a double consonant becomes single, and a long
    vowel that stood in an open syllable is doubled. Irregular verbs come out wrong and harmless;
    their true forms stand in the lexicon.
    """
    if language == "en":
        return verb + ("es" if verb.endswith(("o", "s", "sh", "ch", "x")) else "s")
    if not verb.endswith("en") or len(verb) < _SHORTEST_STEM + 2:
        return verb
    stem = verb[:-2]
    if stem[-1] == stem[-2]:
        stem = stem[:-1]
    elif stem[-1] not in _VOWELS and stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        stem = stem[:-2] + stem[-2] * 2 + stem[-1]
    stem = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return stem if stem.endswith("t") else stem + "t"


def spoken(text: Text, language: Language) -> tuple[str, Language]:
    """Give a text with the language in which it is truly written."""
    other: Language = "en" if language == "nl" else "nl"
    return text.get(language), other if text.falls_back(language) else language


def words_in(text: str) -> tuple[str, ...]:
    """Split a text into words, in lower case; numbers count as words."""
    return tuple(match.group().casefold() for match in _WORD.finditer(text))


def content_words(text: str, language: Language | None = None) -> tuple[str, ...]:
    """Give the words that carry content; without a language, by the stop words of both."""
    languages: Iterable[Language] = ("nl", "en") if language is None else (language,)
    stop = frozenset[str]().union(*(lexicon(item).stop for item in languages))
    return tuple(word for word in words_in(text) if word not in stop)


def names_people(words: Iterable[str], language: Language) -> bool:
    """Tell whether one of the words names people."""
    known = lexicon(language)
    return any(word in known.people or word.endswith(known.people_endings) for word in words)
