"""Why a grade is what it is: every rule that played a part, held or not, in a sentence."""

import math
from collections.abc import Iterator, Sequence

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.labels import in_both, phrase, word_of
from biotoop.engine.evidence.model import Certainty, Family
from biotoop.engine.plausibility.grading import (
    Facts,
    band,
    certain_enough,
    enough,
    harmful,
    self_report_alone,
)
from biotoop.engine.plausibility.link_result import Reason, Rule, Sensitivity
from biotoop.engine.plausibility.one_person import OnePerson
from biotoop.engine.plausibility.scheme_model import Scheme

_BAND_NAMES = ("contradicted", "disputed", "open", "plausible", "very_plausible")


def reasons_of(facts: Facts, person: OnePerson, scheme: Scheme) -> tuple[Reason, ...]:
    """Give every rule that played a part in the grade, in the order in which they are asked."""
    return tuple(_reasons(facts, person, scheme))


def _reasons(facts: Facts, person: OnePerson, scheme: Scheme) -> Iterator[Reason]:
    borders, floors = scheme.grades, scheme.floors
    yield _weight(facts, scheme)
    yield _enough(facts, scheme)
    if facts.given.log_harm is not None:
        harm = harmful(facts.given.log_harm, borders)
        ratio = math.exp(facts.given.log_harm)
        yield _reason(Rule.HARM, not harm, ratio=ratio, border=borders.harm)
    place = band(facts.log_k, borders)
    if place >= _BAND_NAMES.index("plausible"):
        yield from _conditions(facts, scheme)
    if place == _BAND_NAMES.index("very_plausible"):
        judged = facts.given.certainty
        yield _reason(
            Rule.CERTAINTY,
            certain_enough(facts, floors),
            judged=_certainty_word(judged),
            needed=word_of("evidence.certainty", floors.certainty),
        )
    yield _reason(Rule.RIVAL, facts.given.rival)
    if person.deciding:
        yield _reason(
            Rule.ONE_PERSON,
            held=False,
            people=person.deciding,
            grade=word_of("plausibility.grade", person.grade),
        )


def _reason(rule: Rule, held: bool, **params: float | Text) -> Reason:  # noqa: FBT001 - read as a sentence
    code = f"plausibility.why.{rule.value}_{'held' if held else 'failed'}"
    return Reason(rule=rule, held=held, note=Note(code=code, params=params))


def _certainty_word(judged: Certainty | None) -> Text:
    if judged is None:
        return phrase("evidence.certainty.unjudged")
    return word_of("evidence.certainty", judged)


def _weight(facts: Facts, scheme: Scheme) -> Reason:
    borders = scheme.grades
    name = _BAND_NAMES[band(facts.log_k, borders)]
    return Reason(
        rule=Rule.WEIGHT,
        held=True,
        note=note(
            f"plausibility.why.weight_{name}",
            k=math.exp(facts.log_k),
            high=borders.very_plausible,
            border=borders.plausible,
            below=borders.disputed_one_in,
            low=borders.contradicted_one_in,
        ),
    )


def _enough(facts: Facts, scheme: Scheme) -> Reason:
    floors = scheme.floors
    if facts.given.comparison:
        code = note("plausibility.why.enough_comparison", level=floors.comparison_level)
        return Reason(rule=Rule.ENOUGH, held=True, note=code)
    return _reason(
        Rule.ENOUGH,
        enough(facts, floors, scheme.grades.tolerance),
        groups=facts.groups,
        n_eff=facts.n_eff,
        needed_groups=floors.groups,
        needed=floors.n_eff,
    )


def _conditions(facts: Facts, scheme: Scheme) -> Iterator[Reason]:
    """Give what K alone is not enough for."""
    floors = scheme.floors
    yield _reason(
        Rule.TWO_FAMILIES,
        len(facts.supporting) >= floors.families,
        count=len(facts.supporting),
        names=_named(facts.supporting),
        needed=floors.families,
    )
    yield _reason(
        Rule.RESPONDENTS,
        facts.given.respondents >= floors.respondents,
        people=facts.given.respondents,
        needed=floors.respondents,
    )
    yield _reason(Rule.COMPARISON, facts.given.comparison, level=floors.comparison_level)
    if self_report_alone(facts):
        yield _reason(Rule.SELF_REPORT_ALONE, held=False)


def _named(families: Sequence[Family]) -> Text:
    words = [word_of("evidence.family", family) for family in families]
    return Text(
        nl=", ".join(word.get("nl") for word in words),
        en=", ".join(word.get("en") for word in words),
    )


def sentence_of(log_k: float, what: Text, sensitivity: Sensitivity, scheme: Scheme) -> Note:
    """Say K in the words of the scheme, with the group that matters most left out.

    Below 1 the sentence turns around, so that a reader never sees "0.2 times as well".
    """
    side = "for" if log_k >= 0 else "against"
    sign = 1 if log_k >= 0 else -1
    k = math.exp(sign * log_k)
    rows = [row for row in sensitivity.rows if row.group is not None]
    if not rows:
        return note("plausibility.sentence.nothing", what=what)
    if len(rows) == 1:
        code = f"plausibility.sentence.{side}_one_group"
        return note(code, k=k, what=what, version=scheme.version)
    most = max(rows, key=lambda row: abs(row.log_k - log_k))
    return note(
        f"plausibility.sentence.{side}",
        k=k,
        what=what,
        group=in_both(most.label),
        without=math.exp(sign * most.log_k),
        version=scheme.version,
    )
