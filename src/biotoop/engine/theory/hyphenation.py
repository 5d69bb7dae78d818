"""Where a long word may be broken: Dutch syllables, parts of compounds, and English endings.

Only words that do not fit on a line of their own are broken, so that this need not be complete:
soft hyphens that a writer puts in a word always win.
"""

import itertools
import re
import tomllib
from functools import cache
from importlib import resources

from biotoop.engine.core.messages import Language

SOFT_HYPHEN = "\u00ad"
_LEAST_BEFORE = 2
_LEAST_AFTER = 3
_VOWELS = re.compile(
    "aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]"
)
_ONSET = re.compile(
    "[bcdfghjklmnprstvwz]|[bcdfgkptvw]r|[bcfgkpsv]l|[kps]n|[dkz]w|s[cjmpt]|sch|schr|sp[lr]|str"
)
_CLUSTER = re.compile("[bcdfgkptv]r|[bcfgkpv]l|s?ch")
_PREFIX = re.compile("(?:ver|her)(?=.{5})|(?:ge|be)(?=spr|str|sch)")
_ENGLISH_ENDINGS = ("ments", "ment", "ness", "tions", "tion", "ship", "hood", "less", "able", "ity")


def break_points(word: str, language: Language) -> tuple[int, ...]:
    """Give the places where a word may be broken with a hyphen.

    Parameters
    ----------
    word
        One word without spaces, perhaps with soft hyphens.
    language
        Language of the word.

    Returns
    -------
    tuple of int
        Numbers of letters before each break, counted without soft hyphens, in rising order.
    """
    if SOFT_HYPHEN in word:
        return _soft_points(word)
    lowered = word.casefold()
    if not lowered.isalpha() or len(lowered) != len(word):
        return ()
    points = (*_joints_of(lowered, language), *_within(lowered, language))
    return tuple(p for p in sorted(set(points)) if _LEAST_BEFORE <= p <= len(word) - _LEAST_AFTER)


def compound_points(word: str, language: Language) -> tuple[int, ...]:
    """Give the breaks where a word breaks best: between parts of a compound, before an ending."""
    if SOFT_HYPHEN in word:
        return _soft_points(word)
    return _joints_of(word.casefold(), language)


def _joints_of(word: str, language: Language) -> tuple[int, ...]:
    return _joints(word) if language == "nl" else _english(word)


def _within(word: str, language: Language) -> tuple[int, ...]:
    """Give the breaks between syllables, by Dutch rules for a text whose language is not sure."""
    joints = _joints_of(word, language)
    return tuple(
        start + point
        for start, end in zip((0, *joints), (*joints, len(word)), strict=True)
        for point in _syllables(word[start:end])
    )


def _soft_points(word: str) -> tuple[int, ...]:
    lengths = [len(part) for part in word.split(SOFT_HYPHEN)]
    return tuple(sum(lengths[:end]) for end in range(1, len(lengths)))


@cache
def _compounds() -> tuple[str, ...]:
    file = resources.files("biotoop.engine.theory") / "compounds.toml"
    parts = tomllib.loads(file.read_text("utf-8"))["parts"]
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _joints(word: str) -> tuple[int, ...]:
    """Take known parts off the front and the back of a word, longest first."""
    start, end = 0, len(word)
    found: set[int] = set()
    while part := next((p for p in _compounds() if word[start:end].startswith(p)), ""):
        if start + len(part) > end - _LEAST_AFTER:
            break
        start += len(part)
        found.add(start)
    while part := next((p for p in _compounds() if word[start:end].endswith(p)), ""):
        if end - len(part) < start + _LEAST_AFTER:
            break
        end -= len(part)
        found.add(end)
    return tuple(sorted(found))


def _syllables(word: str) -> tuple[int, ...]:
    """Break a part of a compound between its syllables.

    One consonant between vowels opens the next syllable; of more consonants the last ones that
    can open a Dutch syllable do, and at least one stays behind. A prefix stays whole.
    """
    prefix = _PREFIX.match(word)
    start = prefix.end() if prefix else 0
    found = [start] if start else []
    for left, right in itertools.pairwise(_VOWELS.finditer(word, start)):
        between = word[left.end() : right.start()]
        point = right.start() - _onset(between)
        if between and point >= _LEAST_BEFORE:
            found.append(point)
    return tuple(found)


def _onset(between: str) -> int:
    """Tell how many of the consonants between two vowels open the next syllable."""
    if len(between) <= 1 or _CLUSTER.fullmatch(between):
        return len(between)
    for length in range(len(between) - 1, 0, -1):
        if _ONSET.fullmatch(between[-length:]) and (len(between) > 2 or length == 1):
            return length
    return 0


def _english(word: str) -> tuple[int, ...]:
    return tuple(len(word) - len(ending) for ending in _ENGLISH_ENDINGS if word.endswith(ending))[
        :1
    ]
