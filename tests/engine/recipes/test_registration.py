"""The plan comes first: what was registered is held against what is run."""

import datetime as dt
import re
from importlib import resources
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.effects.plan import Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.recipes.freezing import (
    registered_tests,
    registration_of,
    scheme_of,
    standing_of,
)
from biotoop.engine.recipes.registration import Registration, is_intact
from engine.recipes.conftest import edit
from engine.recipes.registering import MOMENT, folder_of, registered

LABEL = '{nl: "Zonder correctie", en: "Without adjustment"}'
RAW = f"      - {{id: raw, label: {LABEL}, adjustment: none}}\n"
RAW_IN_DUTCH = '      - {id: raw, label: "Zonder correctie", adjustment: none}\n'


def standing_after(path: Path, registration: Registration):
    folder = attrs.evolve(folder_of(path), registration=registration, earlier=())
    return standing_of(folder, scheme_of(folder))


def plan_of(folder: StudyFolder, name: str) -> Plan:
    (plan,) = [plan for plan in folder.plans.plans if plan.id == name]
    return plan


def label_after(path: Path, registration: Registration, name: str) -> RegistrationLabel:
    plan = plan_of(folder_of(path), name)
    return standing_after(path, registration).of_plan(plan)[0]


def test_an_unchanged_plan_keeps_its_registration(ontmoeten: Path) -> None:
    standing = standing_after(ontmoeten, registered(ontmoeten))

    assert standing.view.deviations == ()
    plan = plan_of(folder_of(ontmoeten), "loneliness")
    assert standing.of_plan(plan) == (RegistrationLabel.SELF_DECLARED, ())


def test_comments_and_layout_do_not_touch_the_registration(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "effects.yaml", "plans:\n", "# een opmerking\nplans:\n")

    assert standing_after(ontmoeten, registration).view.deviations == ()


def test_a_changed_plan_is_exploratory_and_says_what_changed(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "effects.yaml", "covariates: [age]\n", "covariates: [age, alone]\n")

    plan = plan_of(folder_of(ontmoeten), "loneliness")
    label, notes = standing_after(ontmoeten, registration).of_plan(plan)

    assert label is RegistrationLabel.EXPLORATORY
    assert [item.text("en") for item in notes] == [
        'Plan loneliness: changed after registration: `covariates` was age, is now "age, alone".'
    ]


def test_a_changed_measure_makes_its_plans_exploratory(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "measures.yaml", "intended: decrease", "intended: increase")

    assert label_after(ontmoeten, registration, "loneliness") is RegistrationLabel.EXPLORATORY
    assert label_after(ontmoeten, registration, "visits") is RegistrationLabel.SELF_DECLARED


def test_a_plan_that_comes_later_is_exploratory(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "effects.yaml", "  - id: step\n", "  - id: later\n")

    codes = [item.code for item in standing_after(ontmoeten, registration).view.deviations]

    assert codes == ["recipes.deviation.added", "recipes.deviation.removed"]


def test_without_registration_everything_explores(starter: Path) -> None:
    folder = folder_of(starter)

    standing = standing_of(folder, scheme_of(folder))

    assert standing.of_plan(plan_of(folder, "change"))[0] is RegistrationLabel.EXPLORATORY


def test_a_registration_that_was_written_over_does_not_count(ontmoeten: Path) -> None:
    forged = attrs.evolve(registered(ontmoeten), fixed={"plans": {}})

    assert not is_intact(forged)
    standing = standing_after(ontmoeten, forged)
    assert [item.code for item in standing.view.deviations] == ["recipes.deviation.broken"]


def test_looking_does_not_change_a_registered_test_but_new_odds_do(ontmoeten: Path) -> None:
    path = ontmoeten / "evidence" / "tests.yaml"
    found = path.read_text("utf-8")
    path.write_text(re.sub(r" +found: (true|false)\n", "", found), "utf-8")
    registration = registered(ontmoeten)
    path.write_text(
        found.replace("test: both\n", "test: both\n    p: 0.95\n    p_not: 0.1\n"), "utf-8"
    )

    folder = attrs.evolve(folder_of(ontmoeten), registration=registration, earlier=())
    tests = registered_tests(folder, standing_of(folder, scheme_of(folder)))

    assert {test.id: test.registered for test in tests} == {
        "T1": MOMENT.date(),
        "T2": None,
        "T3": MOMENT.date(),
    }


def test_a_registration_on_disk_reads_back_as_it_was_made(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    written = canonical_json(to_plain(registration))
    (ontmoeten / "registration.json").write_bytes(written)

    assert folder_of(ontmoeten).registration == registration


def test_a_way_that_is_added_later_explores_and_the_plan_keeps_its_label(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(
        ontmoeten / "effects.yaml",
        RAW,
        f'      - {{id: late, label: "Later bedacht"}}\n{RAW}',
    )
    folder = attrs.evolve(folder_of(ontmoeten), registration=registration)
    standing = standing_of(folder, scheme_of(folder))

    assert standing.of_plan(plan_of(folder, "step"))[0] is RegistrationLabel.SELF_DECLARED
    assert standing.later_ways(plan_of(folder, "step")) == {"late"}


def test_a_registered_way_that_is_taken_out_costs_the_plan_its_label(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(
        ontmoeten / "effects.yaml",
        RAW,
        "",
    )

    assert label_after(ontmoeten, registration, "step") is RegistrationLabel.EXPLORATORY


def test_data_that_are_described_otherwise_make_their_plans_explore(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "data" / "codebook.yaml", 'nl: "Leeftijd", en', 'nl: "Jaren", en')

    assert label_after(ontmoeten, registration, "step") is RegistrationLabel.EXPLORATORY
    assert label_after(ontmoeten, registration, "visits") is RegistrationLabel.SELF_DECLARED


@pytest.mark.parametrize(
    "forged",
    [
        {"label": RegistrationLabel.REGISTERED},
        {"registered_by": "Rijksregister"},
        {"registered_at": dt.datetime(2019, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_who_when_and_label_cannot_be_written_over(ontmoeten: Path, forged: dict) -> None:
    assert not is_intact(attrs.evolve(registered(ontmoeten), **forged))


def test_a_test_that_was_carried_out_before_registration_came_too_late(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    folder = attrs.evolve(folder_of(ontmoeten), registration=registration, earlier=())

    tests = registered_tests(folder, standing_of(folder, scheme_of(folder)))

    assert {test.id: test.registered for test in tests} == {"T1": None, "T2": None, "T3": None}


def test_a_changed_price_is_told_with_both_figures_and_leaves_the_effects(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "valuation.yaml", "price_year: 2025\n", "price_year: 2024\n")

    standing = standing_after(ontmoeten, registration)

    assert [item.text("en") for item in standing.of_euros()] == [
        "Conventions for the euros: changed after registration: `price_year` was 2025, is now 2024."
    ]
    assert label_after(ontmoeten, registration, "loneliness") is RegistrationLabel.SELF_DECLARED


def test_other_words_at_the_end_of_a_route_make_its_plan_explore(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "theory.yaml", "Bezoekers voelen zich minder eenzaam", "Bezoekers zijn blij")

    assert label_after(ontmoeten, registration, "loneliness") is RegistrationLabel.EXPLORATORY
    assert label_after(ontmoeten, registration, "visits") is RegistrationLabel.SELF_DECLARED
    told = standing_after(ontmoeten, registration).view.deviations
    assert "Bezoekers zijn blij" in told[0].text("nl")


def test_an_added_translation_is_no_change(ontmoeten: Path) -> None:
    path = ontmoeten / "theory.yaml"
    both = (
        '{nl: "Hoger welbevinden en grip op het leven", en: "More well-being and a grip on life"}'
    )
    edit(path, both, '"Hoger welbevinden en grip op het leven"')
    edit(ontmoeten / "effects.yaml", RAW, RAW_IN_DUTCH)
    alone = registered(ontmoeten)
    edit(path, '"Hoger welbevinden en grip op het leven"', both)
    edit(ontmoeten / "effects.yaml", RAW_IN_DUTCH, RAW)

    assert standing_after(ontmoeten, alone).view.deviations == ()
    assert label_after(ontmoeten, alone, "step") is RegistrationLabel.SELF_DECLARED


def test_an_own_instrument_that_changes_makes_its_plans_explore(ontmoeten: Path) -> None:
    shipped = resources.files("biotoop.engine.instruments") / "catalogue" / "who5.yaml"
    own = ontmoeten / "instruments" / "who5.yaml"
    own.parent.mkdir()
    own.write_text(shipped.read_text("utf-8"), "utf-8")
    registration = registered(ontmoeten)
    edit(own, "version:", "# gewijzigd\nversion:")
    unchanged = label_after(ontmoeten, registration, "wellbeing")
    own.write_text(re.sub(r"minutes: .*", "minutes: 7", own.read_text("utf-8")), "utf-8")

    assert unchanged is RegistrationLabel.SELF_DECLARED
    assert label_after(ontmoeten, registration, "wellbeing") is RegistrationLabel.EXPLORATORY
    assert label_after(ontmoeten, registration, "visits") is RegistrationLabel.SELF_DECLARED


def test_a_test_stays_registered_through_a_later_registration(ontmoeten: Path) -> None:
    path = ontmoeten / "evidence" / "tests.yaml"
    found = path.read_text("utf-8")
    path.write_text(re.sub(r" +found: (true|false)\n", "", found), "utf-8")
    first = registered(ontmoeten)
    path.write_text(found, "utf-8")
    folder = attrs.evolve(folder_of(ontmoeten), registration=first, earlier=())
    later = registration_of(folder, at=MOMENT + dt.timedelta(days=90), by="team")
    folder = attrs.evolve(folder, registration=later, earlier=(first,))

    tests = registered_tests(folder, standing_of(folder, scheme_of(folder)))

    assert {test.registered for test in tests} == {MOMENT.date()}


def test_an_estimate_judges_the_text_that_was_registered(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    before = folder_of(ontmoeten)
    edit(ontmoeten / "theory.yaml", "ze persoonlijk ontvangen worden", "er koffie is")
    standing = standing_after(ontmoeten, registration)
    target = Targets(folder_of(ontmoeten).theory).find("S1")
    assert target is not None

    assert standing.text_hash(target) == before.theory.link("S1").text_hash
    assert standing.text_hash(target) != target.text_hash


def test_a_changed_range_says_which_end_moved(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "valuation.yaml", "mid: 220000, high: 260000", "mid: 220000, high: 300000")

    (told,) = standing_after(ontmoeten, registration).of_euros()

    assert told.text("nl") == (
        "Bedrag programma: na de registratie veranderd: `amount.high` was 260.000, is nu 300.000."
    )
