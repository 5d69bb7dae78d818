"""Whole areas that were chosen are never taken for persons who were chosen."""

import numpy as np
import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.effects.plan import Assignment
from engine.effects.studies import people, plan, run, stored

ARGUED = {"assignment": Assignment.PERSON, "assignment_reason": Text.of("Per persoon geloot")}


def with_areas(count, *, rows=400, shared=0.0, seed=3):
    """Give people of areas of which the even ones are reached, alike within an area."""
    rng = np.random.default_rng(seed)
    data = people(rows=rows, effect=0.0)
    place = np.arange(rows) % count
    data["area"] = np.array([f"a{i}" for i in place], dtype=object)
    data["reached"] = (place % 2 == 0).astype(float)
    data["loneliness"] = data["loneliness"] + shared * rng.normal(0, 1, count)[place]
    return data


def refusal(folder, data, **changes):
    found = run(stored(data, folder, key=("age",)), plan("comparison", **changes)).primary
    return None if found.refusal is None else found.refusal.code.rpartition(".")[2]


@pytest.mark.parametrize(("areas", "wanted"), [(8, "whole_areas"), (2, "one_each"), (200, None)])
def test_areas_that_are_wholly_reached_or_not_must_be_named(tmp_path, areas, wanted):
    """Of 200 areas with two people each, all on one side proves little."""
    assert refusal(tmp_path, with_areas(areas)) == wanted


def test_a_plan_that_names_its_areas_runs_and_one_against_one_stays_refused(tmp_path):
    assert refusal(tmp_path / "many", with_areas(8), clusters="area") is None
    assert refusal(tmp_path / "two", with_areas(2), clusters="area") == "one_area_each"


def test_persons_who_were_chosen_one_by_one_are_argued(tmp_path):
    assert refusal(tmp_path / "a", with_areas(8), **ARGUED) is None
    bare = {"assignment": Assignment.PERSON}
    assert refusal(tmp_path / "b", with_areas(8), **bare) == "persons_without_reason"


def test_a_plan_that_chose_areas_without_naming_them_is_refused(tmp_path):
    data = people()

    assert refusal(tmp_path, data, assignment=Assignment.AREA) == "areas_without_clusters"


def test_clusters_of_one_person_each_are_no_areas(tmp_path):
    data = with_areas(8)
    data["who"] = np.array([f"p{i}" for i in range(400)], dtype=object)
    named = {"assignment": Assignment.AREA}

    assert refusal(tmp_path / "a", data, clusters="who", **named) == "clusters_of_one"
    assert refusal(tmp_path / "b", data, clusters="area", **named) is None


def test_areas_with_many_people_on_both_sides_ask_for_nothing(tmp_path):
    data = with_areas(8)
    data["reached"][:32] = 1 - data["reached"][:32]

    assert refusal(tmp_path, data) is None


@pytest.mark.parametrize("moved", [1, 8, 20])
def test_a_few_people_who_moved_do_not_make_whole_areas_into_persons(tmp_path, moved):
    """One person on the other side switched the look-through off; a tenth of a side is few."""
    data = with_areas(8)
    data["reached"][:moved] = 1 - data["reached"][:moved]

    assert refusal(tmp_path, data) == "nearly_whole_areas"


def test_a_column_of_two_values_that_some_did_not_follow_is_no_pair_of_areas(tmp_path):
    """Who was invited and did not come stays an invited person."""
    data = with_areas(2)
    data["reached"][:8] = 1 - data["reached"][:8]

    assert refusal(tmp_path, data) is None


def test_a_rare_service_that_a_few_per_area_use_is_not_taken_for_areas(tmp_path):
    data = with_areas(8)
    data["reached"] = (np.arange(400) % 23 == 0).astype(float)

    assert refusal(tmp_path, data) is None


def in_homes(data, size):
    """Let people of one area live together, so many in a home."""
    order = np.argsort(data["area"], kind="stable")
    home = np.empty(len(order), dtype=object)
    for place, person in enumerate(order):
        home[person] = f"h{place // size}"
    return {**data, "home": home}


@pytest.mark.parametrize("size", [2, 5, 10])
@pytest.mark.parametrize("named", [{}, {"assignment": Assignment.AREA}])
def test_homes_within_the_areas_that_were_chosen_are_no_clusters(tmp_path, size, named):
    data = in_homes(with_areas(8), size)
    data["reached"][0] = 1 - data["reached"][0]

    assert refusal(tmp_path / "a", data, clusters="home", **named) == "finer_clusters"
    assert refusal(tmp_path / "b", data, clusters="area", **named) is None
    argued = {"assignment_reason": Text.of("Per huis geloot")}
    assert refusal(tmp_path / "c", data, clusters="home", **named, **argued) is None


def test_what_is_refused_is_the_interval_that_would_be_far_too_narrow(tmp_path):
    """With six areas and nothing going on, people taken as independent give false alarms."""
    alarms = {"persons": 0, "areas": 0}
    for seed in range(20):
        snapshot = stored(with_areas(6, shared=1.0, seed=seed), tmp_path / str(seed), key=("age",))
        for name, changes in (("persons", ARGUED), ("areas", {"clusters": "area"})):
            found = run(snapshot, plan("comparison", **changes)).primary.estimate
            alarms[name] += not found.low <= 0 <= found.high

    assert alarms["persons"] >= 10
    assert alarms["areas"] <= 3
