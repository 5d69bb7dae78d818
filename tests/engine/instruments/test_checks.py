"""Faults inside an instrument file, one by one."""

import attrs
import pytest

from biotoop.engine.instruments.checks import check_instrument
from biotoop.engine.instruments.loading import instrument
from biotoop.engine.instruments.model import PointRule, ScoringRule


def with_scale(code, key, **changes):
    """Change one scale of a shipped instrument."""
    found = instrument(code)
    scales = tuple(attrs.evolve(s, **changes) if s.id == key else s for s in found.scales)
    return attrs.evolve(found, scales=scales)


def codes(changed):
    return [fault.note.code.split(".")[1] for fault in check_instrument(changed)]


DJG = instrument("DJG6")
CUTS = DJG.scale("total").cutoffs[0]
NO_MISSING = DJG.scale("social").missing


@pytest.mark.parametrize(
    ("key", "changes", "code"),
    [
        ("total", {"reversed": ("djg01",)}, "unknown_item"),
        ("total", {"missing": attrs.evolve(NO_MISSING, max_missing=6)}, "all_missing"),
        ("total", {"low": None}, "range_missing"),
        ("total", {"high": 7}, "range_differs"),
        ("total", {"low": -1}, "range_differs"),
        ("total", {"cutoffs": (attrs.evolve(CUTS, bands=CUTS.bands[::-1], border=None),)},
         "bands_out_of_order"),
        ("total", {"cutoffs": (attrs.evolve(CUTS, bands=CUTS.bands[1:], border="severe"),)},
         "bands_leave_gap"),
        ("total", {"cutoffs": (attrs.evolve(CUTS, border="not_lonely"),)}, "unknown_border"),
        ("total", {"cutoffs": (attrs.evolve(CUTS, bands=CUTS.bands * 2),)}, "double_key"),
        ("total", {"parts": ("social", "other")}, "unknown_part"),
        ("total", {"parts": ("social",)}, "parts_differ"),
        ("social", {"items": ("djg04", "djg07", "djg07")}, "double_key"),
        ("social", {"id": "emotional"}, "double_key"),
    ],
)  # fmt: skip
def test_each_rule_of_a_scale_is_kept(key, changes, code):
    assert code in codes(with_scale("DJG6", key, **changes))


def test_a_rule_for_points_may_not_name_a_reversed_item():
    rule = PointRule(items=("mhi3",), points=DJG.scale("social").points[0].points)

    assert "unknown_item" in codes(with_scale("MHI5", "total", points=(rule,)))


def test_a_mean_over_fewer_answers_must_be_called_prorated():
    missing = attrs.evolve(instrument("MHI5").scale("total").missing, prorate=False)

    assert codes(with_scale("MHI5", "total", missing=missing)) == ["mean_prorates"]


def test_a_mean_runs_over_the_codes_of_one_item():
    changed = with_scale("GAD7", "total", rule=ScoringRule.MEAN, high=3, cutoffs=())

    assert codes(changed) == []


def test_an_item_needs_a_range_and_a_code_of_its_own():
    first, second, *rest = DJG.items
    changed = attrs.evolve(DJG, items=(attrs.evolve(first, max=1), second, second, *rest))

    assert {"empty_range", "double_key"} <= set(codes(changed))


def test_parts_must_turn_the_same_items_as_the_whole():
    assert codes(with_scale("SDQ", "total", reversed=("sdq07",))) == ["parts_differ"]
