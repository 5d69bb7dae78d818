"""One place decides what may be shown, and gives rule and reason for each decision."""

import itertools

import numpy as np
import pytest

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.messages import sentences
from biotoop.engine.disclosure.figures import (
    EstimateFigure,
    ExtremeFigure,
    Figure,
    MeanFigure,
    PercentileFigure,
    PlaceFigure,
    Rule,
    ShareFigure,
    WorkerFigure,
)
from biotoop.engine.disclosure.masking import mask
from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy, VoicesPolicy
from biotoop.engine.disclosure.primary import Ground
from biotoop.engine.disclosure.protection import protect
from biotoop.engine.disclosure.release import Outcome, decide
from biotoop.engine.disclosure.tables import Dimension, Table, key
from biotoop.engine.disclosure.voices import Quote
from engine.disclosure.tables_of_people import one_way

POLICY = DisclosurePolicy()


@pytest.mark.parametrize(
    ("figure", "rule"),
    [
        (EstimateFigure(id="f", groups={"with": 120, "without": 80}, df=196.0), None),
        (EstimateFigure(id="f", groups={"with": 120, "without": 9}), Rule.MINIMUM),
        (EstimateFigure(id="f", groups={"all": 14}, df=9.0), Rule.DEGREES_OF_FREEDOM),
        (EstimateFigure(id="f", groups={"all": 14}, df=10.0), None),
        (MeanFigure(id="f", n=10, spread=1.2), None),
        (MeanFigure(id="f", n=9), Rule.MINIMUM),
        (MeanFigure(id="f", n=50, spread=0.0), Rule.NO_SPREAD),
        (MeanFigure(id="f", n=50, largest_share=0.51), Rule.DOMINANCE),
        (MeanFigure(id="f", n=50, largest_share=0.45, two_largest_share=0.86), Rule.DOMINANCE),
        (ShareFigure(id="f", count=20, n=60), None),
        (ShareFigure(id="f", count=60, n=60), Rule.ALL_OR_NONE),
        (ShareFigure(id="f", count=0, n=60), Rule.ALL_OR_NONE),
        (ShareFigure(id="f", count=9, n=60), Rule.MINIMUM),
        (ShareFigure(id="f", count=52, n=60), Rule.MINIMUM),
        (ShareFigure(id="f", count=4, n=8), Rule.MINIMUM),
        (PercentileFigure(id="f", n=20, share=0.5), None),
        (PercentileFigure(id="f", n=19, share=0.5), Rule.PERCENTILE),
        (PercentileFigure(id="f", n=100, share=0.9), None),
        (PercentileFigure(id="f", n=99, share=0.9), Rule.PERCENTILE),
        (ExtremeFigure(id="f"), Rule.EXTREME),
        (PlaceFigure(id="f", n=10, inhabitants=100), None),
        (PlaceFigure(id="f", n=10, inhabitants=99), Rule.NEIGHBOURHOOD),
        (PlaceFigure(id="f", n=10, inhabitants=None), Rule.NEIGHBOURHOOD),
        (PlaceFigure(id="f", n=9, inhabitants=900), Rule.MINIMUM),
        (WorkerFigure(id="f", workers=2), Rule.WORKERS),
        (WorkerFigure(id="f", workers=2, team_agrees=True), None),
        (WorkerFigure(id="f", workers=3), None),
    ],
)
def test_each_kind_of_figure_has_its_rule(figure, rule):
    release = decide(POLICY, figures=[figure])

    (decision,) = release.decisions
    assert (decision.outcome is Outcome.REFUSED) == (rule is not None)
    assert decision.rule == (rule or Rule.MINIMUM)
    assert release.is_shown("f") == (rule is None)
    assert decision.reason.text("nl") != decision.reason.text("en")


def test_a_kind_of_figure_cannot_be_made_without_a_rule():
    with pytest.raises(TypeError, match="abstract"):
        Figure(id="f")


def test_tables_are_shown_with_the_attack_that_they_withstood():
    release = decide(POLICY, tables=[one_way(20, 30, 4, 5, 60)])

    (table,) = release.tables
    assert release.is_shown("band")
    assert table.values == (20, 30, None, None, 60, 119) or table.hidden == 3
    assert release.attack.is_safe
    assert "haalt er geen terug" in release.decisions[0].reason.text("nl")


def test_a_table_of_which_little_remains_is_left_to_a_person():
    release = decide(POLICY, tables=[one_way(5, 10, 2)])

    assert release.outcome is Outcome.MANUAL
    assert release.decisions[0].rule is Rule.LITTLE_LEFT
    assert not release.is_shown("band")
    assert len(release.tables) == 1


def test_a_cross_table_too_large_to_attack_is_left_to_a_person():
    parts = [Dimension(name=n, categories=tuple(map(str, range(17)))) for n in "abc"]
    tables = [
        Table(name=x.name + y.name, dimensions=(x, y), counts=np.full((17, 17), 20))
        for x, y in itertools.combinations(parts, 2)
    ]

    release = decide(POLICY, tables=tables)

    assert release.outcome is Outcome.MANUAL
    assert release.decisions[0].reason.params["crossed"] == ("a x b x c",)
    assert release.tables[0].hidden == 0


def test_tables_that_earlier_releases_gave_away_are_refused_with_the_cell():
    loose = SurveyPolicy(minimum_cell=3)
    earlier = protect([one_way(4, 60, 70)], loose).tables

    release = decide(POLICY, tables=[one_way(4, 60, 70)], earlier=earlier)

    assert release.outcome is Outcome.REFUSED
    assert release.tables == ()
    assert release.decisions[0].reason.params["cells"] == ("people: band=band1",)


def test_tables_that_contradict_an_earlier_release_are_refused():
    earlier = protect([one_way(40, 60)], POLICY.survey).tables

    release = decide(POLICY, tables=[one_way(41, 60)], earlier=earlier)

    assert release.decisions[0].rule is Rule.CONSISTENCY
    assert (release.tables, release.attack) == ((), None)


def test_a_count_printed_beside_a_figure_is_known_to_the_attacker():
    total = key("people", ())
    cell = key("people", (("band", "band1"),))
    printed = MeanFigure(id="mean", n=20, prints=(cell, total))
    refused = MeanFigure(id="small", n=4, prints=(key("people", (("band", "band3"),)),))

    release = decide(POLICY, figures=[printed, refused], tables=[one_way(20, 30, 4, 5)])

    (table,) = release.tables
    assert (table.value(band="band1"), table.value()) == (20, 59)
    assert table.value(band="band3") is None
    assert release.attack.is_safe


def test_voices_are_counted_and_contradiction_is_said():
    release = decide(
        POLICY, voices={"S1": {"supports": 8, "contradicts": 2}, "S2": {"supports": 8}}
    )

    assert "ook tegenstemmen" in release.voices["S1"].words[1].text("nl")
    assert release.voices["S2"].total == 8
    assert [d.reason.code for d in release.decisions] == [
        "disclosure.counts_in_part", "disclosure.counts_whole",
    ]  # fmt: skip


def test_a_quote_needs_consent_and_a_reader_of_the_masked_words():
    words = mask("Wietske hielp mij.")
    read = words.approve("team", text="[name] hielp mij.")
    base = {"age_band": "65+", "role": "resident"}
    quotes = [
        Quote(id="unread", masked=words, consent=True, **base),
        Quote(id="no", masked=words.approve("team"), consent=False, **base),
        Quote(id="yes", masked=read, consent=True, **base),
    ]

    release = decide(POLICY, quotes=quotes)

    outcomes = {decision.subject: decision.outcome for decision in release.decisions}
    assert outcomes == {
        "unread": Outcome.MANUAL, "no": Outcome.REFUSED, "yes": Outcome.APPROVED,
    }  # fmt: skip
    assert [quote.text for quote in release.quotes] == ["[name] hielp mij."]


def test_nothing_asked_is_nothing_refused():
    release = decide(POLICY)

    assert (release.outcome, release.decisions, release.attack) == (Outcome.APPROVED, (), None)
    with pytest.raises(KeyError):
        release.is_shown("f")


def test_the_block_of_a_study_is_read_with_defaults_and_limits():
    document = parse_document("survey: {minimum_cell: 5}\n", DisclosurePolicy, file="study.yaml")
    faulty = parse_document(
        "survey: {minimum_cell: 2, tresh: 1}\n", DisclosurePolicy, file="s.yaml"
    )

    assert document.value.survey.minimum_cell == document.value.survey.width == 5
    assert document.value.voices == VoicesPolicy()
    assert len(faulty.problems) == 2


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("group", "words"), [("rule", Rule), ("outcome", Outcome), ("ground", Ground)]
)
def test_every_rule_outcome_and_ground_has_a_word(language, group, words):
    assert all(f"disclosure.{group}.{word.value}" in sentences(language) for word in words)
