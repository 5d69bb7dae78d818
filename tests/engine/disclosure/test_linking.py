"""Tables that share cells, lie within one another, or were released before."""

import numpy as np
import pytest

from biotoop.engine.disclosure.faults import InconsistentTables
from biotoop.engine.disclosure.joint import Core, cyclic_core
from biotoop.engine.disclosure.linking import Nesting, link
from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.disclosure.primary import Ground
from biotoop.engine.disclosure.protection import audit, protect
from biotoop.engine.disclosure.tables import Dimension, Table, key
from engine.disclosure.tables_of_people import AGE, AREA, SEX, one_way, people, tabulate

TEN = SurveyPolicy()
SAID = Dimension(name="said", categories=("yes", "no"))


def test_the_same_table_with_one_filter_more_gives_nobody_away():
    data = {"area": np.repeat([0, 1], [40, 40]), "work": np.zeros(80, int)}
    data["work"][[0, 1, 2, 45]] = 1  # four people work, three of them in the first area
    area = Dimension(name="area", categories=("A", "B"))
    everyone = tabulate(data, area, name="all")
    jobless = tabulate(
        data, area, name="jobless", where=data["work"] == 0, population=(("work", "no"),)
    )

    alone = protect([everyone], TEN)
    both = protect([everyone, jobless], TEN)

    assert alone.tables[0].hidden == 0
    differences = [cell for cell in both.attack.cells if cell.ground is Ground.DIFFERENCE]
    assert len(differences) == 3
    assert both.attack.is_safe
    assert sum(table.hidden for table in both.tables) > 0
    for area_name in ("A", "B"):
        first, second = (table.value(area=area_name) for table in both.tables)
        assert first is None or second is None


def test_a_difference_with_an_earlier_release_is_guarded_too():
    earlier = protect([one_way(30, 40, name="area")], TEN).tables
    later = Table(
        name="later",
        dimensions=(Dimension(name="area", categories=("area1", "area2")),),
        counts=np.array([27, 40]),
        population=(("consent", "yes"),),
    )

    alone = protect([later], TEN)
    after = protect([later], TEN, earlier=earlier)

    assert alone.tables[0].hidden == 0
    assert after.tables[0].value(area="area1") is None
    assert after.attack.is_safe


def test_what_was_hidden_before_is_not_given_away_now():
    part = Dimension(name="age", categories=("young", "old"))
    first = Table(name="first", dimensions=(part,), counts=np.array([4, 60]))
    earlier = protect([first], TEN).tables
    assert earlier[0].values == (None, None, 64)
    second = Table(
        name="second",
        dimensions=(Dimension(name="sex", categories=("m", "f")), part),
        counts=np.array([[2, 30], [2, 30]]),
    )

    found = protect([second], TEN, earlier=earlier)

    assert found.tables[0].value(age="young") is None
    assert found.tables[0].value(age="old") is None
    assert found.tables[0].value() == 64
    assert found.attack.is_safe


def test_what_only_an_earlier_release_holds_is_guarded_without_knowing_it():
    part = Dimension(name="age", categories=("young", "old"))
    earlier = protect([Table(name="t", dimensions=(part,), counts=np.array([4, 60]))], TEN).tables
    old = Table(
        name="old", dimensions=(SAID,), counts=np.array([25, 35]), population=(("age", "old"),)
    )

    alone = protect([old], TEN)
    after = protect([old], TEN, earlier=earlier)

    assert alone.tables[0].values == (25, 35, 60)
    assert after.tables[0].value() is None  # 64 - 60 would tell the young
    assert [cell.ground for cell in after.attack.cells] == [Ground.EARLIER]
    assert after.attack.is_safe


def test_an_earlier_release_that_tells_all_leaves_nothing_to_protect():
    loose = SurveyPolicy(minimum_cell=3)
    table = one_way(4, 60)
    earlier = protect([table], loose).tables
    assert earlier[0].values == (4, 60, 64)

    found = protect([table], TEN, earlier=earlier)

    assert [str(cell.key) for cell in found.attack.recovered] == ["people: band=band1"]


def test_rounded_earlier_figures_count_for_the_range_they_tell():
    rounded = SurveyPolicy(rounding=5)
    earlier = protect([one_way(31, 42, name="area")], rounded).tables
    assert earlier[0].values == (30, 40, 75)
    later = Table(
        name="later",
        dimensions=(Dimension(name="area", categories=("area1", "area2")),),
        counts=np.array([29, 41]),
        population=(("consent", "yes"),),
    )

    found = protect([later], TEN, earlier=earlier)

    assert found.attack.is_safe
    assert found.tables[0].value(area="area1") is None  # 28..32 without 29 would be below ten


def test_a_small_neighbourhood_is_not_given_away_by_its_district():
    district = Table(
        name="district",
        dimensions=(Dimension(name="district", categories=("North", "South")),),
        counts=np.array([50, 60]),
    )
    hood = Table(
        name="hood",
        dimensions=(Dimension(name="hood", categories=("n1", "n2", "s1", "s2")),),
        counts=np.array([46, 4, 30, 30]),
    )
    parents = {"n1": "North", "n2": "North", "s1": "South", "s2": "South"}
    nesting = Nesting(fine="hood", coarse="district", parents=parents)

    unaware = protect([district, hood], TEN)
    aware = protect([district, hood], TEN, nestings=[nesting])

    before = audit([district, hood], unaware.tables, TEN, nestings=[nesting])
    assert [(cell.low, cell.high) for cell in before.recovered] == [(4, 4)]  # 50 - 46
    report = audit([district, hood], aware.tables, TEN, nestings=[nesting])
    assert report.is_safe
    assert aware.tables[1].value(hood="n2") is None


def test_a_neighbourhood_that_is_left_out_is_guarded_as_what_is_left():
    part = Dimension(name="district", categories=("North", "South"))
    district = Table(name="district", dimensions=(part,), counts=np.array([50, 60]))
    hoods = [
        Table(name=name, dimensions=(SAID,), counts=np.array(said), population=(("hood", name),))
        for name, said in (("n1", [20, 26]), ("s1", [30, 30]))
    ]
    nesting = Nesting(
        fine="hood", coarse="district", parents={"n1": "North", "n2": "North", "s1": "South"}
    )

    found = protect([district, *hoods], TEN, nestings=[nesting])

    assert found.attack.is_safe
    assert Ground.DIFFERENCE in {cell.ground for cell in found.attack.cells}
    shown = found.tables[0].value(district="North"), found.tables[1].value()
    assert None in shown  # 50 and 46 together would tell the 4 of n2


def test_figures_known_from_elsewhere_are_not_hidden_and_are_reckoned_with():
    table = one_way(5, 4, 30)
    total = key("people", ())

    found = protect([table], TEN, public=[total])

    assert found.tables[0].value() == 39
    assert found.attack.is_safe


def test_a_public_small_number_cannot_be_protected_any_more():
    table = one_way(5, 40)

    found = protect([table], TEN, public=[key("people", (("band", "band1"),))])

    assert not found.attack.is_safe


@pytest.mark.parametrize("values", [(30, 41), (20, 80)])
def test_tables_that_contradict_one_another_are_refused(values):
    with pytest.raises(InconsistentTables):
        link([one_way(30, 40), one_way(*values)])


def test_a_part_that_is_larger_than_its_whole_is_refused():
    part = Dimension(name="area", categories=("A", "B"))
    whole = Table(name="whole", dimensions=(part,), counts=np.array([30, 40]))
    larger = Table(
        name="part", dimensions=(part,), counts=np.array([31, 40]), population=(("sex", "f"),)
    )

    with pytest.raises(InconsistentTables, match="people: area=A"):
        link([whole, larger])


def test_an_earlier_value_that_changed_is_refused():
    earlier = protect([one_way(30, 40)], TEN).tables

    with pytest.raises(InconsistentTables):
        link([one_way(30, 41)], earlier)


@pytest.mark.parametrize(
    ("edges", "core"),
    [
        ([{"a", "b"}, {"b", "c"}], None),
        ([{"a", "b"}, {"b", "c"}, {"c", "d"}, {"b"}], None),
        ([{"a", "b", "c"}, {"a", "b"}, {"b", "c"}, {"a", "c"}], None),
        ([{"a", "b"}, {"b", "c"}, {"a", "c"}], ("a", "b", "c")),
        ([{"a", "b"}, {"b", "c"}, {"c", "d"}, {"d", "a"}, {"d", "e"}], ("a", "b", "c", "d")),
        ([set()], None),
    ],
)
def test_only_tables_that_go_round_in_a_circle_need_the_full_cross_table(edges, core):
    found = cyclic_core([frozenset(edge) for edge in edges])

    assert (found.names if found else None) == core


def test_a_table_that_covers_two_others_leaves_the_circle():
    found = cyclic_core([frozenset(e) for e in ({"a", "b", "x"}, {"b", "c"}, {"a", "c"})])

    assert found == Core(names=("a", "b", "c"), edges=(("a", "b"), ("a", "c"), ("b", "c")))


def test_the_full_cross_table_limits_what_margins_alone_would_allow():
    data = people(2, 150, (AREA, AGE, SEX))
    pairs = [tabulate(data, AREA, AGE), tabulate(data, AGE, SEX), tabulate(data, AREA, SEX)]

    tree, circle = link(pairs[:2]), link(pairs)

    assert not tree.joint.any()
    assert circle.joint.sum() == 6 * 4 * 3
    assert not circle.can_show[circle.joint].any()


def test_a_full_cross_table_that_is_too_large_is_named():
    parts = [Dimension(name=n, categories=tuple(map(str, range(17)))) for n in "abc"]
    data = people(1, 50, tuple(parts))
    pairs = [tabulate(data, parts[i], parts[j]) for i, j in ((0, 1), (1, 2), (0, 2))]

    system = link(pairs)

    assert system.too_large == (("a", "b", "c"),)
    assert not system.joint.any()
