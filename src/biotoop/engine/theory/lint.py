"""The writing rules of a theory of change: what makes a step unclear, told as warnings.

Every rule is a convention that helps people to write testable steps. A rule that is not sure
stays silent; none stops publishing. The rules stand in ``docs/reference/theory-lint.md``.
"""

from collections.abc import Callable, Iterator

from biotoop.engine.core.messages import Language, note
from biotoop.engine.core.problems import Problem, warning
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import Delivery, Link, LinkKind, Node, NodeKind, TheoryOfChange
from biotoop.engine.theory.wording import (
    Lexicon,
    canvas_fields_on_unwanted_effects,
    lexicon,
    names_people,
    spoken,
    words_in,
)

MOST_WORDS = 30
MOST_CORE_OUTCOMES = 5
_SENTENCE = (("if_", "if"), ("then", "then"), ("because", "because"))

Rule = Callable[[TheoryOfChange, Language], Iterator[Problem]]


def lint_theory(theory: TheoryOfChange, language: Language) -> tuple[Problem, ...]:
    """Hold the texts of a theory of change against the writing rules.

    Parameters
    ----------
    theory
        The theory of change, also when it is still a draft.
    language
        The version of the texts that is read. A text that exists in the other language only is
        judged by the rules of that language.

    Returns
    -------
    tuple of Problem
        Warnings, rule by rule and then in document order, each with its path inside the document.
    """
    return tuple(finding for rule in _RULES for finding in rule(theory, language))


def _one_verb(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    for index, node in enumerate(theory.nodes):
        text, tongue = spoken(node.label, language)
        if ";" in text or _second_verb(words_in(text), lexicon(tongue)):
            yield warning("theory.lint.one_verb", "nodes", index, "label", node=node.code)


def _second_verb(words: tuple[str, ...], known: Lexicon) -> bool:
    """Tell whether a second finite verb follows "and" or "or" after a first one."""
    any_verb = known.verbs | known.also_nouns
    first = next((place for place, word in enumerate(words) if word in any_verb), len(words))
    for place, word in enumerate(words):
        if place <= first or word not in known.conjunctions:
            continue
        after = words[place + 1 : place + 3]
        if after and after[0] in known.pronouns:
            after = after[1:]
        if after and after[0] in known.verbs and not _is_nominal(words[:place], known):
            return True
    return False


def _is_nominal(before: tuple[str, ...], known: Lexicon) -> bool:
    """Tell whether the conjunction joins verbs used as nouns: "met koken en opbouwen"."""
    if len(before) < 2:
        return False
    return before[-1] in known.verbs | known.also_nouns and before[-2] in known.prepositions


def _outcome_says_who_and_what(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    for index, node in enumerate(theory.nodes):
        if node.kind != NodeKind.OUTCOME:
            continue
        text, tongue = spoken(node.label, language)
        words = words_in(text)
        known = lexicon(tongue)
        if node.whose is None and not names_people(words, tongue):
            yield warning("theory.lint.outcome_who", "nodes", index, "label", node=node.code)
        if len(words) < 4 and not known.change.union(known.verbs, known.also_nouns) & set(words):
            yield warning("theory.lint.outcome_what", "nodes", index, "label", node=node.code)


def _and_in_then(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    for index, link in enumerate(theory.links):
        text, tongue = spoken(link.then, language)
        known = lexicon(tongue)
        lowered = text.casefold()
        for phrase in known.together_allowed:
            lowered = lowered.replace(phrase, "")
        if known.together.search(lowered):
            yield warning("theory.lint.and_in_then", "links", index, "then", step=link.code)


def _vague(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    for index, node in enumerate(theory.nodes):
        yield from _vague_text(node.label, language, ("nodes", index, "label"), node.code)
    for index, link in enumerate(theory.links):
        for name, key in _SENTENCE:
            where = ("links", index, key)
            yield from _vague_text(getattr(link, name), language, where, link.code)


def _vague_text(
    text: Text, language: Language, where: tuple[str | int, ...], code: str
) -> Iterator[Problem]:
    said, tongue = spoken(text, language)
    known = lexicon(tongue)
    for pattern in known.vague:
        match = pattern.search(said)
        if match is None:
            continue
        after = words_in(said[match.end() :])
        if not any(word in known.change or word[0].isdigit() for word in after):
            yield warning("theory.lint.vague", *where, item=code, words=match.group())
            return


def _too_long(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    for index, node in enumerate(theory.nodes):
        count = len(words_in(spoken(node.label, language)[0]))
        if count > MOST_WORDS:
            yield _long("nodes", index, "label", item=node.code, count=count)
    for index, link in enumerate(theory.links):
        parts = (spoken(getattr(link, name), language)[0] for name, _ in _SENTENCE)
        count = sum(len(words_in(part)) for part in parts)
        if count > MOST_WORDS:
            yield _long("links", index, "if", item=link.code, count=count)


def _long(*where: str | int, item: str, count: int) -> Problem:
    return warning("theory.lint.too_long", *where, item=item, count=count, most=MOST_WORDS)


def _missing_parts(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    del language  # what is missing is missing in every language
    for index, link in enumerate(theory.links):
        for part in _missing_in(link):
            yield warning(f"theory.lint.no_{part}", "links", index, step=link.code)


def _missing_in(link: Link) -> Iterator[str]:
    if link.kind == LinkKind.FEEDBACK:
        return
    if not link.assumptions:
        yield "assumption"
    if not link.rivals:
        yield "rival"
    if link.horizon is None and link.kind == LinkKind.CAUSE:
        yield "horizon"


def _no_delivery(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    del language
    for index, node in enumerate(theory.nodes):
        if node.kind == NodeKind.INTERVENTION:
            missing = _missing_delivery(node)
            if missing:
                parts = tuple(note(f"theory.delivery.{part}") for part in missing)
                yield warning(
                    "theory.lint.no_delivery", "nodes", index, node=node.code, missing=parts
                )


def _missing_delivery(node: Node) -> tuple[str, ...]:
    delivery = node.delivery or Delivery()
    parts = {"reach": delivery.reach, "dose": delivery.dose, "quality": delivery.quality}
    return tuple(name for name, value in parts.items() if value is None)


def _too_many_outcomes(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    del language
    count = sum(node.kind == NodeKind.OUTCOME for node in theory.nodes)
    if count > MOST_CORE_OUTCOMES:
        yield warning("theory.lint.many_outcomes", "nodes", count=count, most=MOST_CORE_OUTCOMES)


def _unwanted_effects(theory: TheoryOfChange, language: Language) -> Iterator[Problem]:
    fields = canvas_fields_on_unwanted_effects()
    if any(str(text).strip() for name, text in theory.canvas.items() if name in fields):
        return
    if not any(_speaks_of_unwanted(text, language) for text in _all_texts(theory)):
        yield warning("theory.lint.no_unwanted_effect", "nodes")


def _speaks_of_unwanted(text: Text, language: Language) -> bool:
    said, tongue = spoken(text, language)
    return lexicon(tongue).unwanted.search(said) is not None


def _all_texts(theory: TheoryOfChange) -> Iterator[Text]:
    for node in theory.nodes:
        yield node.label
    for link in theory.links:
        yield from (link.if_, link.then, link.because, *link.conditions)
        yield from (item.text for item in link.assumptions)
        yield from (item.text for item in link.rivals)


_RULES: tuple[Rule, ...] = (
    _one_verb,
    _outcome_says_who_and_what,
    _and_in_then,
    _vague,
    _too_long,
    _missing_parts,
    _no_delivery,
    _too_many_outcomes,
    _unwanted_effects,
)
