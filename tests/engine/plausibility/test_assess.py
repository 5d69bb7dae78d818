"""The scheme applied to a whole theory: what counts where, and what is told beside the grade."""

import datetime as dt
from math import exp, log

import attrs
import pytest

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import InvalidTheory, InvalidValue
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import (
    Asked,
    Certainty,
    CertaintyJudgement,
    Family,
    Grade,
    Judgements,
    Method,
    Override,
    Stance,
)
from biotoop.engine.evidence.targets import TargetKind
from biotoop.engine.plausibility.assess import assess
from biotoop.engine.plausibility.result import Plausibility, Rule
from engine.plausibility.cases import (
    SCHEME,
    claim,
    estimate,
    judge,
    link,
    publication,
    theory,
    tried,
    voices,
    whole,
    without_rivals,
)

SAID = {"assessor": "A", "date": dt.date(2026, 2, 1), "reason": Text.of("gelezen")}
SURE = CertaintyJudgement(target="S1", overall=Certainty.HIGH, **SAID)
TWO_FAMILIES = [
    *voices("a", 10, asked=Asked.UNPROMPTED, explicit=True),
    *voices("o", 10, asked=Asked.UNPROMPTED, explicit=True, method=Method.OBSERVATION),
]


def test_without_evidence_a_step_is_unassessed():
    found = judge()

    assert (found.k, found.grade, found.assessed) == (1, Grade.TOO_LITTLE, False)
    assert found.sentence.text("nl") == "Over deze stap is nog geen bewijs verzameld."


def test_families_add_up_to_k():
    found = judge(*voices("a", 10), tried(), estimate(), publication())

    parts = {family.family: family.log_ratio for family in found.families}
    assert parts[Family.SELF_REPORT] == pytest.approx(0.909384, abs=5e-7)
    assert parts[Family.REGISTRATION] == pytest.approx(log(1.5))
    assert exp(parts[Family.EFFECT_DESIGN]) == pytest.approx(7.7879, abs=5e-5)
    assert parts[Family.LITERATURE] == pytest.approx(log(3))
    assert found.log_k == pytest.approx(sum(parts.values()))
    assert found.n_eff == pytest.approx(2.7027 + 1 + 1 + 1, abs=5e-5)


def test_very_plausible_when_everything_holds():
    found = judge(*TWO_FAMILIES, judgements=Judgements(certainty=(SURE,)))

    assert (found.computed, found.grade) == (Grade.VERY_PLAUSIBLE, Grade.VERY_PLAUSIBLE)
    assert found.certainty.judgement == SURE


def test_unjudged_certainty_keeps_it_at_plausible():
    found = judge(*TWO_FAMILIES)

    assert found.grade is Grade.PLAUSIBLE
    (why,) = [each for each in found.why if each.rule is Rule.CERTAINTY]
    assert not why.held
    assert "niet beoordeeld" in why.note.text("nl")


def test_without_a_rival_never_above_plausible():
    judged = Judgements(certainty=(SURE,))
    found = judge(*TWO_FAMILIES, on=without_rivals(theory()), judgements=judged)

    assert found.grade is Grade.PLAUSIBLE
    (why,) = [each for each in found.why if each.rule is Rule.RIVAL]
    assert why.note.text("nl").startswith("Er is geen andere verklaring bekeken.")


def test_a_test_against_a_rival_considers_one():
    judged = Judgements(certainty=(SURE,))
    bare = without_rivals(theory())

    assert judge(*TWO_FAMILIES, tried(), on=bare, judgements=judged).grade is Grade.VERY_PLAUSIBLE
    unsearched = tried(searched=False, found=None)
    found = judge(*TWO_FAMILIES, unsearched, on=bare, judgements=judged)
    assert found.grade is Grade.PLAUSIBLE


def test_of_two_judgements_the_latest_holds():
    later = attrs.evolve(SURE, overall=Certainty.LOW, date=dt.date(2026, 3, 1))

    found = judge(*TWO_FAMILIES, judgements=Judgements(certainty=(later, SURE)))

    assert found.certainty.judgement == later


def test_an_override_stands_beside_the_grade_and_never_instead_of_it():
    override = Override(target="S1", grade=Grade.DISPUTED, **SAID)

    found = judge(*TWO_FAMILIES, judgements=Judgements(overrides=(override,)))

    assert found.override == override
    assert found.grade is Grade.PLAUSIBLE


def test_two_harmful_comparisons_are_adverse():
    found = judge(*(estimate(f"e{n}", effect=-0.3, se=0.1, level=4) for n in (1, 2)))

    assert found.grade is Grade.ADVERSE
    assert found.harm == pytest.approx(11.6531**2, rel=1e-4)
    assert found.warnings == ()


def test_harm_on_a_step_that_is_studied_too_little_is_a_warning():
    weak = estimate(effect=-0.9, se=0.05, level=2)

    found = judge(weak)

    assert found.grade is Grade.TOO_LITTLE
    assert found.warnings[0].code == "plausibility.warning.harm"


def test_harm_in_an_estimate_that_does_not_count_is_a_warning():
    side = estimate("e2", group="e1", primary=False, effect=-0.9, se=0.05)

    assert [each.code for each in judge(estimate("e1"), side).warnings] == [
        "plausibility.warning.harm_shown"
    ]


def test_an_estimate_from_end_to_end_of_a_link_is_evidence_on_that_link():
    assert judge(estimate(target="I1>R1")).log_k == judge(estimate()).log_k


def test_an_estimate_over_more_steps_is_a_route_of_its_own():
    found = whole(estimate(target="I1>U1"))

    (route,) = found.routes_as_whole
    assert (route.target, route.kind, route.grade) == ("I1>U1", TargetKind.ROUTE, Grade.PLAUSIBLE)
    assert [each.k for each in found.links] == [1, 1, 1, 1]
    assert found.link("S1").estimates == ()
    assert "'deze route werkt'" in route.sentence.text("nl")


def test_a_route_has_a_rival_when_every_step_has_one():
    bare = theory(link("S1", "I1", "R1"), link("S2", "R1", "U1", rivals=()))

    def considered(on):
        (route,) = whole(estimate(target="I1>U1"), on=on).routes_as_whole
        return [each.held for each in route.why if each.rule is Rule.RIVAL]

    assert considered(theory()) == [True]
    assert considered(bare) == [False]


def test_a_step_between_two_results_counts_as_before_after():
    found = whole(estimate(target="S2", level=5)).link("S2")

    assert found.estimates[0].level_used == 2
    assert found.estimates[0].mediation is not None
    assert found.grade is Grade.TOO_LITTLE


def test_an_estimate_on_a_link_with_a_detour_says_so():
    on = theory(link("S1", "I1", "U1"), link("S2", "I1", "R1"), link("S3", "R1", "U1"))

    found = judge(estimate(), on=on)

    assert found.warnings[-1].code == "plausibility.warning.detour"


def test_two_links_with_the_same_ends_leave_an_estimate_to_the_route():
    on = theory(link("S1", "I1", "U1"), link("S2", "I1", "U1"))

    found = whole(estimate(target="I1>U1"), on=on)

    assert [each.target for each in found.routes_as_whole] == ["I1>U1"]


def test_a_contradiction_with_a_condition_counts_and_proposes_that_condition():
    day = {"stance": Stance.CONTRADICTS, "condition": "werkt overdag", "life_age": "30-40"}

    found = judge(*voices("a", 5), claim("x1", **day), claim("x2", **day, life_role="ouder"))

    (proposed,) = found.proposed_conditions
    assert (proposed.condition, proposed.people) == ("werkt overdag", 2)
    assert proposed.for_whom == ("30-40", "ouder")
    assert found.k < judge(*voices("a", 5)).k


def test_evidence_about_an_earlier_text_asks_to_judge_again():
    old = {"text_hash": "0" * 16}
    current = theory().link("S1").text_hash

    found = judge(
        claim("c1", **old), claim("c2", text_hash=current), tried(**old), estimate(), publication()
    )

    assert found.changed_text == ("c1", "t1")
    assert "herbeoordelen" in found.warnings[-1].text("nl")


def test_the_sentence_of_the_scheme_with_the_group_that_matters_most():
    found = judge(*voices("a", 10), *voices("b", 3, round="round2"))

    assert found.sentence.text("nl") == (
        "Het bewijs past 2,62 keer zo goed bij 'deze stap werkt' als bij 'hij werkt niet'. "
        "Zonder interview, ronde round1 (De Wilg): 1,88 keer. "
        "De weging is een afspraak (versie 1), geen meting."
    )


def test_below_one_the_sentence_turns_around():
    found = judge(*voices("a", 10, stance=Stance.CONTRADICTS))

    assert found.k == pytest.approx(0.1536, abs=5e-5)
    assert found.sentence.text("en").startswith(
        "The evidence fits 'this step does not work' 6.51 times as well as 'it works'."
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (claim(target="S9"), "c1: target: S9"),
        (claim(target="M1>I1"), "c1: target: M1>I1"),
        (claim(target="R1"), "c1: stance: supports"),
        (claim(stance=Stance.RECOGNISED), "c1: stance: recognised"),
        (estimate(target="R1"), "e1: target: R1"),
        (tried(target="nee"), "t1: target: nee"),
    ],
)
def test_a_record_that_does_not_fit_the_theory_is_refused(record, told):
    with pytest.raises(InvalidValue, match=told):
        whole(record)


def test_the_same_code_twice_is_refused():
    with pytest.raises(InvalidValue, match="claim: id: c1"):
        whole(claim("c1"), claim("c1"))


def test_a_theory_in_a_circle_is_refused():
    on = theory(link("S1", "I1", "R1"), link("S2", "R1", "U1"), link("S3", "U1", "R1"))

    with pytest.raises(InvalidTheory, match="R1 > U1 > R1"):
        whole(on=on)


def test_the_result_names_scheme_and_theory():
    own = attrs.evolve(SCHEME, version="wilg-2", reason=Text.of("strenger"))

    found = assess(theory(), scheme=own)

    assert (found.scheme_version, found.scheme_hash) == ("wilg-2", own.hash)
    assert found.links[0].scheme_hash == own.hash
    assert found.warnings[0].text("nl") == (
        "Gewogen volgens een eigen afspraak (versie wilg-2): strenger"
    )


def test_an_assessment_reads_back_as_it_was_written():
    judged = Judgements(certainty=(SURE,))
    found = whole(*TWO_FAMILIES, tried(), estimate(), publication(), judgements=judged)

    assert from_plain(to_plain(found), Plausibility) == found


def test_grades_by_code_for_the_drawing():
    found = whole(estimate())

    assert found.grades()["S1"] is Grade.PLAUSIBLE
    assert found.grades()["S2"] is Grade.TOO_LITTLE
    with pytest.raises(KeyError):
        found.link("S9")
