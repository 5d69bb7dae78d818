"""Scores by tables that a licence keeps with the user; all numbers here are invented."""

import numpy as np
import pytest

from biotoop.engine.core.documents import parse_document
from biotoop.engine.instruments.conversion import AnswerValue, Conversion, TotalRow
from biotoop.engine.instruments.faults import WrongConversion
from biotoop.engine.instruments.loading import instrument
from biotoop.engine.instruments.model import Source, Verified
from biotoop.engine.instruments.scoring import score

INVENTED = Source(text="invented for this test", verified=Verified.OWN_RULE)


def table(code, scale, **parts):
    return Conversion(instrument=code, scale=scale, source=INVENTED, **parts)


def test_a_raw_total_is_looked_up_and_a_total_outside_the_table_gives_no_score():
    swem = instrument("SWEMWBS")
    rows = tuple(TotalRow(total=t, score=7 + t / 2) for t in range(7, 30))
    columns = {item.id: np.array([1.0, 3.0, 5.0]) for item in swem.items}

    found = score(
        swem, swem.scale("total"), columns, conversion=table("SWEMWBS", "total", totals=rows)
    )

    assert found.values[:2].tolist() == [10.5, 17.5]
    assert np.isnan(found.values[2])
    assert (found.outside_table, found.too_many_missing, found.scored) == (1, 0, 2)


def test_a_table_apart_for_groups_gives_each_group_its_own_score():
    rcads = instrument("RCADS47")
    scale = rcads.scale("t_panic")
    rows = (TotalRow(total=9, score=60, group="girl"), TotalRow(total=9, score=66, group="boy"))
    columns = {item.id: np.array([1.0, 1.0, 1.0]) for item in rcads.items}
    conversion = table("RCADS47", "t_panic", totals=rows)

    grouped = score(rcads, scale, columns, conversion=conversion, groups=["girl", "boy", "unknown"])
    alone = score(rcads, scale, columns, conversion=conversion)

    assert grouped.values[:2].tolist() == [60, 66]
    assert grouped.bands[grouped.band[1]] == "borderline"
    assert grouped.outside_table == 1
    assert alone.outside_table == 3


def test_a_tariff_adds_the_value_of_each_answer_and_the_step_for_any_problem():
    eq = instrument("EQ5D5L")
    values = tuple(
        AnswerValue(item=f"eq{n}", answer=level, value=-0.05 * (level - 1))
        for n in range(1, 6)
        for level in range(1, 6)
    )
    tariff = table("EQ5D5L", "index", constant=1.0, deviation=-0.04, values=values)
    columns = {f"eq{n}": np.array([1.0, 2.0, 5.0, np.nan]) for n in range(1, 6)}

    found = score(eq, eq.scale("index"), columns, conversion=tariff)

    assert found.values[:3] == pytest.approx([1.0, 1 - 0.04 - 0.25, 1 - 0.04 - 1.0])
    assert found.too_many_missing == 1


def test_an_answer_without_a_value_in_the_tariff_gives_no_score():
    icecap = instrument("ICECAPA")
    values = tuple(AnswerValue(item=f"icecap{n}", answer=4, value=0.2) for n in range(1, 6))
    columns = {item.id: np.array([4.0, 3.0]) for item in icecap.items}
    tariff = table("ICECAPA", "index", values=values)

    found = score(icecap, icecap.scale("index"), columns, conversion=tariff)

    assert found.values[0] == pytest.approx(1.0)
    assert found.outside_table == 1


@pytest.mark.parametrize(
    ("code", "scale", "parts"),
    [
        ("SWEMWBS", "other", {"totals": (TotalRow(total=7, score=7),)}),
        ("KIDSCREEN10", "total", {"totals": (TotalRow(total=7, score=7),)}),
        ("SWEMWBS", "total", {"values": (AnswerValue(item="swem1", answer=1, value=1),)}),
    ],
)
def test_a_table_of_another_scale_or_kind_is_refused(code, scale, parts):
    swem = instrument("SWEMWBS")
    columns = {item.id: np.array([1.0]) for item in swem.items}

    with pytest.raises(WrongConversion, match="Load the table of this scale"):
        score(swem, swem.scale("total"), columns, conversion=table(code, scale, **parts))


def test_a_conversion_file_of_a_study_is_read_as_a_document():
    text = """
instrument: SWEMWBS
scale: total
source: {text: licence letter, verified: opened}
licence: {by: research office, reference: W-1}
totals:
  - {total: 7, score: 7.0}
"""
    document = parse_document(text, Conversion, file="instruments/swemwbs.conversion.yaml")

    assert document.problems == ()
    assert document.value.totals[0].score == 7.0
