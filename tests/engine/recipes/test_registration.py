"""The plan comes first: what was registered is held against what is run."""

import datetime as dt
import re
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.effects.plan import Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.recipes.folder import StudyFolder, read_folder
from biotoop.engine.recipes.freezing import (
    registered_tests,
    registration_of,
    scheme_of,
    standing_of,
)
from biotoop.engine.recipes.registration import Registration, is_intact
from engine.recipes.conftest import edit

MOMENT = dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC)


def folder_of(path: Path) -> StudyFolder:
    folder = read_folder(path).folder
    assert folder is not None
    return folder


def registered(path: Path) -> Registration:
    return registration_of(folder_of(path), at=MOMENT, by="team")


def standing_after(path: Path, registration: Registration):
    folder = attrs.evolve(folder_of(path), registration=registration)
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
        "Plan loneliness was changed after registration: covariates."
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

    assert codes == ["recipes.deviation.plan_added", "recipes.deviation.plan_removed"]


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
    path.write_text(re.sub(r"found: (true|false), ", "", found), "utf-8")
    registration = registered(ontmoeten)
    path.write_text(found.replace("test: both, ", "test: both, p: 0.95, p_not: 0.1, "), "utf-8")

    folder = attrs.evolve(folder_of(ontmoeten), registration=registration)
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
        '      - {id: raw, label: "Zonder correctie"',
        '      - {id: late, label: "Later bedacht"}\n      - {id: raw, label: "Zonder correctie"',
    )
    folder = attrs.evolve(folder_of(ontmoeten), registration=registration)
    standing = standing_of(folder, scheme_of(folder))

    assert standing.of_plan(plan_of(folder, "step"))[0] is RegistrationLabel.SELF_DECLARED
    assert standing.later_ways(plan_of(folder, "step")) == {"late"}


def test_a_registered_way_that_is_taken_out_costs_the_plan_its_label(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(
        ontmoeten / "effects.yaml",
        '      - {id: raw, label: "Zonder correctie", adjustment: none}\n',
        "",
    )

    assert label_after(ontmoeten, registration, "step") is RegistrationLabel.EXPLORATORY


def test_data_that_are_described_otherwise_make_their_plans_explore(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "data" / "codebook.yaml", 'label: "Leeftijd", type', 'label: "Jaren", type')

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
    folder = attrs.evolve(folder_of(ontmoeten), registration=registration)

    tests = registered_tests(folder, standing_of(folder, scheme_of(folder)))

    assert {test.id: test.registered for test in tests} == {"T1": None, "T2": None, "T3": None}
