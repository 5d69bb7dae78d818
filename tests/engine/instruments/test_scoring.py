"""Scores of known answers, worked out by hand from the published rules."""

import numpy as np
import pytest

from biotoop.engine.instruments.faults import (
    ConversionNeeded,
    FaultyAnswers,
    UnknownCutOffs,
)
from biotoop.engine.instruments.loading import instrument
from biotoop.engine.instruments.scoring import score

NAN = np.nan


def scored(code, scale, rows, **options):
    """Score rows of answers given in the order of the scale's items."""
    found = instrument(code)
    items = found.scale(scale).items
    columns = dict(zip(items, np.array(rows, float).T, strict=True))
    return score(found, found.scale(scale), columns, **options)


def test_loneliness_gives_a_point_for_more_or_less_on_either_side():
    # djg03, 04, 07, 08, 09, 10: negative 3, 9, 10; positive 4, 7, 8
    none = [1, 3, 3, 3, 1, 1]
    unsure = [2, 2, 2, 2, 2, 2]
    all_lonely = [3, 1, 1, 1, 3, 3]

    found = scored("DJG6", "total", [none, unsure, all_lonely])

    assert found.values.tolist() == [0, 6, 6]
    assert [found.bands[place] for place in found.band] == ["not_lonely", "severe", "severe"]


def test_loneliness_counts_on_with_one_answer_missing_and_stops_with_two():
    one, two = [3, 1, 1, NAN, 1, 1], [3, NAN, 1, NAN, 1, 1]

    found = scored("DJG6", "total", [one, two])

    assert found.values[0] == 3
    assert np.isnan(found.values[1])
    assert (found.n, found.scored, found.too_many_missing) == (2, 1, 1)
    assert found.band.tolist() == [1, -1]
    assert [item.code for item in found.notes] == [
        "instruments.partly_answered", "instruments.caution",
    ]  # fmt: skip


@pytest.mark.parametrize("scale", ["emotional", "social"])
def test_a_part_of_the_loneliness_scale_needs_every_answer(scale):
    found = scored("DJG6", scale, [[1, 3, NAN], [2, 2, 2]])

    assert np.isnan(found.values[0])
    assert found.values[1] == 3


def test_the_eleven_items_sum_to_their_two_parts():
    rng = np.random.default_rng(7)
    djg = instrument("DJG11")
    columns = {item.id: rng.integers(1, 4, 200) for item in djg.items}

    total, emotional, social = (
        score(djg, djg.scale(key), columns).values for key in ("total", "emotional", "social")
    )

    assert (total == emotional + social).all()
    assert total.max() <= 11


def test_wellbeing_is_the_sum_times_four_and_low_up_to_fifty():
    found = scored("WHO5", "total", [[5] * 5, [0] * 5, [3, 3, 2, 2, 3], [2, 3, 2, 3, 2.0]])

    assert found.values.tolist() == [100, 0, 52, 48]
    assert found.in_band("low") == 2


def test_mental_health_turns_the_two_positive_questions():
    # 1 = all of the time: worst on nervous, best on calm and happy
    best, worst = [6, 6, 1, 6, 1], [1, 1, 6, 1, 6]

    found = scored("MHI5", "total", [best, worst, [4, 4, 3, 4, 3]])

    assert found.values.tolist() == [100, 0, 60]


@pytest.mark.parametrize(("cutoffs", "unhealthy"), [("cbs", 0), ("gezondheidsmonitor", 1)])
def test_a_score_of_sixty_is_healthy_for_cbs_and_not_for_the_health_monitor(cutoffs, unhealthy):
    found = scored("MHI5", "total", [[4, 4, 3, 4, 3]], cutoffs=cutoffs)

    assert found.in_band("unhealthy") == unhealthy


def test_mental_health_uses_the_mean_when_at_least_half_is_answered():
    found = scored("MHI5", "total", [[6, 6, 1, NAN, NAN], [6, 6, NAN, NAN, NAN]])

    assert found.values[0] == 100
    assert np.isnan(found.values[1])
    assert found.notes[0].code == "instruments.prorated"


def test_mastery_turns_five_of_seven_and_prorates_two_missing():
    # items 1, 2, 3, 5, 7 reversed: disagreeing (1) with them is most mastery (4 points)
    most = [1, 1, 1, 4, 1, 4, 1]
    partly = [1, 1, 1, 4, 1, NAN, NAN]
    too_few = [1, 1, 1, 4, NAN, NAN, NAN]

    found = scored("MASTERY7", "total", [most, partly, too_few])

    assert found.values[:2].tolist() == [28, 28]
    assert np.isnan(found.values[2])


def test_the_published_example_of_a_prorated_difficulties_score_is_met():
    # SDQ scoring sheet (2014): 4 from three answers scales up to 7 (6.67 rounded up)
    found = scored("SDQ", "emotional", [[2, 2, 0, NAN, NAN]])

    assert found.values.tolist() == [7]


def test_total_difficulties_is_missing_when_one_part_is_missing():
    sdq = instrument("SDQ")
    columns = {item.id: np.array([1.0, 1.0]) for item in sdq.items}
    for key in sdq.scale("peers").items[:3]:
        columns[key] = np.array([1.0, NAN])

    found = score(sdq, sdq.scale("total"), columns)

    assert found.values[0] == 20
    assert np.isnan(found.values[1])
    assert found.too_many_missing == 1


def test_total_difficulties_adds_parts_that_were_prorated_apart():
    sdq = instrument("SDQ")
    columns = {item.id: np.array([0.0]) for item in sdq.items}
    columns |= {key: np.array([2.0]) for key in ("sdq07", "sdq11", "sdq14", "sdq21", "sdq25")}
    columns |= {"sdq03": np.array([2.0]), "sdq08": np.array([NAN]), "sdq13": np.array([NAN])}

    found = score(sdq, sdq.scale("total"), columns)

    assert found.values.tolist() == [3]  # 2 * 5 / 3 = 3.33, rounded within the part


def test_having_a_partner_counts_four_points_and_not_having_one_two():
    found = scored("ESSI", "total", [[5] * 6 + [1], [1] * 6 + [0]])

    assert found.values.tolist() == [34, 8]


def test_social_cohesion_is_the_mean_of_rescaled_answers():
    # (x - 1) * 2.5 after turning the first: 5, 7.5, 7.5, 10 -> 7.5
    found = scored("SOCCOH4", "total", [[3, 4, 4, 5], [5, 4, NAN, 5]])

    assert found.values[0] == pytest.approx(7.5)
    assert found.values[1] == pytest.approx((0 + 7.5 + 10) / 3)


def test_an_answer_out_of_range_is_refused_with_item_row_and_allowed_codes():
    who = instrument("WHO5")
    columns = {item.id: np.array([1.0, 2.0, 3.0]) for item in who.items}
    columns["who2"] = np.array([1.0, -9.0, 6.0])
    columns["who4"] = np.array([1.0, 2.5, 3.0])

    with pytest.raises(FaultyAnswers) as caught:
        score(who, who.scale("total"), columns)

    assert [fault.where for fault in caught.value.problems] == [("who2",), ("who4",)]
    first = caught.value.problems[0]
    assert first.note.params["row"] == 2
    assert first.note.params["count"] == 2
    assert "Toegestaan: 0 tot en met 5" in first.text("nl")


def test_missing_and_unequal_columns_are_all_told_at_once():
    who = instrument("WHO5")
    columns = {"who1": np.zeros(3), "who2": np.zeros(2), "who3": np.zeros(3), "who4": np.zeros(3)}

    with pytest.raises(FaultyAnswers) as caught:
        score(who, who.scale("total"), columns)

    codes = [fault.note.code for fault in caught.value.problems]
    assert codes == ["instruments.missing_column", "instruments.unequal_columns"]


def test_cut_offs_that_do_not_exist_are_refused_with_the_ones_that_do():
    with pytest.raises(UnknownCutOffs, match="Choose from: cbs, gezondheidsmonitor"):
        scored("MHI5", "total", [[1] * 5], cutoffs="rivm")


def test_a_scale_with_a_licensed_table_asks_for_that_table():
    with pytest.raises(ConversionNeeded, match="SWEMWBS, scale total"):
        scored("SWEMWBS", "total", [[3] * 7])


def test_cut_offs_from_memory_are_marked_with_the_scores():
    found = scored("DJG11", "total", [[1] * 11])

    assert "instruments.cutoffs_from_memory" in [item.code for item in found.notes]


def test_one_question_is_its_own_score_and_has_no_bands():
    found = scored("CANTRIL", "total", [[7], [NAN]])

    assert found.values[0] == 7
    assert (found.cutoffs, found.bands, found.band.tolist()) == (None, (), [-1, -1])
