"""The sentences of the first page: when it was measured, who pays, and what stands on sand."""

import datetime as dt

import attrs
import pytest

from biotoop.engine.core.messages import note
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Wave
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.plan import Design
from biotoop.engine.evidence.model import Grade
from biotoop.engine.recipes.answering import answers_of, once
from biotoop.engine.recipes.findings import Findings, Question
from biotoop.engine.recipes.moments import moments_in_words
from biotoop.engine.recipes.worth import worth_in_words
from engine.reports.full_study import full_study

EUROS = full_study().valuation


def said(findings: Findings, question: Question, language="nl") -> list[str]:
    answers = answers_of(
        findings.study, findings.theory, findings.measures, findings.codebook, findings.effects,
        findings.plausibility, findings.valuation,
    )  # fmt: skip
    (answer,) = [item for item in answers if item.question is question]
    return [sentence.text(language) for sentence in answer.sentences]


def worth(**changes) -> list[str]:
    return [item.text("nl") for item in worth_in_words(attrs.evolve(EUROS, **changes))]


def test_an_effect_says_from_when_to_when_it_was_measured():
    full = full_study()
    waves = (
        Wave(id="w0", label=Text.of("voor"), date=dt.date(2025, 1, 20)),
        Wave(id="w1", label=Text.of("na"), date=dt.date(2026, 5, 18)),
    )
    (dataset,) = [each for each in full.codebook.datasets if each.id == "survey"]
    codebook = attrs.evolve(full.codebook, datasets=(attrs.evolve(dataset, waves=waves),))
    finding = attrs.evolve(full.effects[0].primary, waves=("w0", "w1"))
    once = attrs.evolve(finding, waves=("w1",), design=Design.COMPARISON)

    assert moments_in_words(full.study, codebook, finding).text("nl") == (
        "Van 20 januari 2025 tot 18 mei 2026."
    )
    assert moments_in_words(full.study, codebook, once).text("en") == "On 18 May 2026."
    bare = attrs.evolve(finding, waves=())
    assert moments_in_words(full.study, codebook, bare).text("nl").startswith("Periode: ")


def test_primary_outcomes_come_first_whatever_the_order_of_the_plans():
    full = full_study()
    less = tuple(attrs.evolve(item, intended=Direction.DECREASE) for item in full.measures)
    turned = attrs.evolve(full, effects=full.effects[::-1], measures=less)

    assert said(turned, Question.DIFFERENCE)[0].startswith('Hoofduitkomst "Eenzaamheid')


def test_many_people_are_counted_in_the_way_of_the_reader():
    full = full_study()
    first = full.effects[0]
    estimate = attrs.evolve(first.primary.estimate, n=16_177)
    many = attrs.evolve(first, primary=attrs.evolve(first.primary, estimate=estimate))
    findings = attrs.evolve(full, effects=(many,))

    assert "n = 16.177" in said(findings, Question.DIFFERENCE)[0]
    assert "n = 16,177" in said(findings, Question.DIFFERENCE, "en")[0]


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        (1.0, "In meer dan 99 van de 100 trekkingen"),
        (0.9951, "In meer dan 99 van de 100 trekkingen"),
        (0.123, "In 12 van de 100 trekkingen"),
        (0.0, "In minder dan 1 van de 100 trekkingen"),
    ],
)
def test_no_chance_from_draws_is_ever_certain(chance, shown):
    found = attrs.evolve(EUROS.chance_positive, value=chance)

    assert worth(chance_positive=found)[1].startswith(shown)


def test_benefits_on_a_contradicted_step_are_named_with_the_step():
    row = attrs.evolve(
        EUROS.rests_on[0], grade="contradicted", amount=61_740.0, weakest=("S3",),
        items=(EUROS.posts[0].id,),
    )  # fmt: skip
    sound = attrs.evolve(row, grade="plausible")
    label = EUROS.posts[0].label.get("nl")

    wanted = f"Let op: €\u00a061.700 van de baten ({label}) rust op een stap die tegengesproken is"
    assert any(sentence.startswith(wanted) for sentence in worth(rests_on=(row,)))
    assert not any("rust op een stap" in sentence for sentence in worth(rests_on=(sound,)))


def test_a_party_without_euros_is_shown_when_it_gives_its_hours():
    party = attrs.evolve(EUROS.parties[-1], party="buren", label=EUROS.posts[0].label)
    nothing = attrs.evolve(party.costs, mean=0.0, p5=0.0, mid=0.0, p95=0.0)
    party = attrs.evolve(party, costs=nothing, benefits=nothing, net=nothing)
    hours = attrs.evolve(EUROS.posts[0], direction="effort", payers=(("buren", 0.5),))
    told = worth(parties=(*EUROS.parties, party), apart=(hours,))

    label = EUROS.posts[0].label.get("nl")
    assert any(f"{label} €\u00a00." in sentence for sentence in told)
    assert any(sentence.startswith(f"{label}, buiten het totaal: ") for sentence in told)
    assert not any("buiten het totaal" in sentence for sentence in worth(apart=()))


def with_adverse_step(full):
    """Let the third step work the wrong way, and its effect run against what was intended."""
    links = full.plausibility.links
    turned = (*links[:2], attrs.evolve(links[2], grade=Grade.ADVERSE), *links[3:])
    last = full.effects[-1]
    wrong = attrs.evolve(last.primary.estimate, value=9.0, low=8.0, high=10.0)
    measures = tuple(
        attrs.evolve(item, intended=Direction.DECREASE) if item.id == last.primary.outcome else item
        for item in full.measures
    )
    effect = attrs.evolve(last, primary=attrs.evolve(last.primary, estimate=wrong))
    return attrs.evolve(
        full,
        measures=measures,
        effects=(*full.effects[:-1], effect),
        plausibility=attrs.evolve(full.plausibility, links=turned),
    )


def test_what_works_the_wrong_way_is_told_before_anything_else():
    told = said(with_adverse_step(full_study()), Question.DIFFERENCE)

    assert told[0].startswith("Averechts (het werkt de andere kant op): stap S3 (dan ")
    assert "Tegen de bedoeling in." in told[1]
    assert not any("Tegen de bedoeling" in sentence for sentence in told[2:])
    assert not any("verechts" in sentence for sentence in said(full_study(), Question.DIFFERENCE))


def test_adverse_steps_are_counted_before_all_others():
    (counted,) = [
        sentence
        for sentence in said(with_adverse_step(full_study()), Question.PLAUSIBILITY)
        if "in de redeneerlijn" in sentence
    ]

    assert "in de redeneerlijn: 1 averechts (gevoelig), " in counted


def test_sources_of_voices_and_uncertain_amounts_are_told_in_plain_words():
    voices = note("evidence.group_label", method="observatie", round="r2", organisation="De Wilg")
    worth = note("valuation.verdict_no_price", worth="€ 100", error="€ 3")

    assert voices.text("nl") == "observatie, ronde r2 (De Wilg)"
    assert voices.text("en") == "observatie, round r2 (De Wilg)"
    assert "± € 3 door toeval in het rekenen" in worth.text("nl")
    assert "rekenfout" not in worth.text("nl")


def test_the_first_page_says_which_grades_are_sensitive_and_what_that_means():
    told = said(full_study(), Question.PLAUSIBILITY)

    assert any("2 nog open (waarvan 1 gevoelig)" in sentence for sentence in told)
    assert any(sentence.startswith("Gevoelig: zonder één deel") for sentence in told)
    firm = full_study()
    links = tuple(
        attrs.evolve(link, sensitivity=attrs.evolve(link.sensitivity, sensitive=False))
        for link in firm.plausibility.links
    )
    routes = tuple(
        attrs.evolve(route, sensitivity=attrs.evolve(route.sensitivity, sensitive=False))
        for route in firm.plausibility.routes_as_whole
    )
    judged = attrs.evolve(firm.plausibility, links=links, routes_as_whole=routes)
    calm = said(attrs.evolve(firm, plausibility=judged), Question.PLAUSIBILITY)
    assert not any("evoelig" in sentence for sentence in calm)


def test_a_main_outcome_that_was_measured_unreliably_is_told_on_the_first_page():
    full = full_study()
    main = full.effects[0].primary.outcome
    low = note("instruments.below_group_floor", floor=0.70)
    measures = tuple(
        attrs.evolve(
            item,
            moments=tuple(
                attrs.evolve(
                    moment, omega=None, alpha=attrs.evolve(moment.mean, value=0.58), remarks=(low,)
                )
                for moment in item.moments
            ),
        )
        if item.id == main
        else item
        for item in full.measures
    )

    told = said(attrs.evolve(full, measures=measures), Question.PLAUSIBILITY)

    assert any("een betrouwbaarheid van 0,58; onder 0,70" in sentence for sentence in told)
    assert not any("betrouwbaarheid" in item for item in said(full, Question.PLAUSIBILITY))


def test_moments_are_given_in_full_once_and_after_that_called_the_same():
    period = note("recipes.answer.period", start="a", end="b")
    other = note("recipes.answer.measured_at", moment="c")
    told: list = []

    shown = [once(when, told).text("nl") for when in (period, period, other, other, period)]

    assert shown == [
        "Periode: a tot en met b.", "Zelfde periode.", "Op c.", "Zelfde momenten.",
        "Periode: a tot en met b.",
    ]  # fmt: skip
