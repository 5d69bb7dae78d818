"""One filter more, or one person more: what is left between two tables is guarded too."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy
from biotoop.engine.disclosure.protection import audit, protect
from biotoop.engine.disclosure.release import Outcome, decide
from biotoop.engine.disclosure.tables import Dimension, Table, key

SIDE = Dimension(name="side", categories=("with", "without"))
POLICY = SurveyPolicy()


def sides(name, *counts, kept=None):
    flags = None if kept is None else np.array(kept)
    return Table(
        name=name,
        dimensions=(SIDE,),
        counts=np.array(counts),
        population=(("in", name),),
        kept=flags,
    )


def of(name, side=None):
    own = () if side is None else (("side", side),)
    return key("people", (("in", name), *own))


def pairs(first, second):
    return [(of(first, side), of(second, side)) for side in ("with", "without", None)]


def test_a_filter_that_takes_away_three_people_hides_one_of_the_two_analyses():
    tables = [sides("all", 103, 80), sides("some", 100, 80)]

    alone = protect(tables, POLICY)
    together = protect(tables, POLICY, within=pairs("all", "some"))

    assert alone.hidden_primary + alone.hidden_secondary == 0
    both = [table.value(side="with") for table in together.tables]
    assert None in both
    assert together.attack.is_safe


def test_a_filter_that_takes_away_many_people_hides_nothing():
    tables = [sides("all", 130, 80), sides("some", 100, 80)]

    together = protect(tables, POLICY, within=pairs("all", "some"))

    assert together.hidden_primary + together.hidden_secondary == 0


def test_a_table_that_gained_one_person_since_it_was_released_is_not_shown_again():
    before = protect([sides("before", 40, 60)], POLICY).tables

    release = decide(
        DisclosurePolicy(),
        tables=[sides("now", 41, 60)],
        earlier=before,
        within=pairs("now", "before"),
    )

    assert release.tables[0].value(side="with") is None
    assert release.tables[0].value() is None
    assert release.attack.is_safe


def test_a_table_from_which_one_person_withdrew_is_not_shown_again():
    before = protect([sides("before", 40, 60)], POLICY).tables

    release = decide(
        DisclosurePolicy(),
        tables=[sides("now", 39, 60)],
        earlier=before,
        within=pairs("now", "before"),
    )

    assert release.outcome is not Outcome.APPROVED
    assert release.tables[0].value(side="with") is None


def test_what_an_earlier_release_hid_limits_and_stays_hidden():
    before = protect([sides("before", 4, 60)], POLICY).tables

    release = decide(
        DisclosurePolicy(),
        tables=[sides("now", 24, 90)],
        earlier=before,
        within=pairs("now", "before"),
    )

    assert release.tables[0].value(side="with") == 24
    assert release.attack.is_safe


def test_a_cell_that_must_be_kept_is_hidden_whatever_its_number():
    found = protect([sides("all", 50, 60, kept=[True, False])], POLICY)

    assert found.tables[0].value(side="with") is None
    assert found.tables[0].hidden > 1


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(st.integers(0, 60), min_size=2, max_size=2),
    joined=st.lists(st.integers(0, 14), min_size=2, max_size=2),
)
def test_nobody_who_joined_between_two_releases_can_be_counted_apart(counts, joined):
    first = sides("before", *counts)
    before = protect([first], POLICY).tables
    second = sides("now", *(old + new for old, new in zip(counts, joined, strict=True)))
    linked = {"earlier": before, "within": pairs("now", "before")}

    now = protect([second], POLICY, **linked)

    if now.attack.is_safe:
        report = audit([second], now.tables, POLICY, **linked)
        small = [cell for cell in report.cells if str(cell.key).startswith("rest of")]
        assert all(cell.high - cell.low >= POLICY.minimum_cell - 1e-6 for cell in small)
        for side, new in zip(SIDE.categories, joined, strict=True):
            was, is_ = before[0].value(side=side), now.tables[0].value(side=side)
            if was is not None and is_ is not None:
                assert new == 0 or new >= POLICY.minimum_cell
