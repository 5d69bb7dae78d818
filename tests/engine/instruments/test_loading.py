"""A study's own instruments and tables, beside the shipped ones."""

import pytest

from biotoop.engine.core.problems import Severity
from biotoop.engine.instruments.loading import load_catalogue

OWN = """\
code: {code}
name: Buurtcontact
version: "1"
about: Hoeveel buren iemand bij naam kent
licence:
  kind: {licence}
  note: Zelf geschreven
  source: {{text: eigen vraag, verified: own_rule}}
languages: [nl]
minutes: 1
coding: 0 = geen tot 4 = veel
items:
  - {{id: een, min: 0, max: 4, text: Hoeveel buren ken je?}}
  - {{id: twee, min: 0, max: 4}}
scales:
  - id: total
    name: Buurtcontact
    more_of: contact
    better: higher
    items: [een, {second}]
    rule: sum
    low: 0
    high: {high}
    missing: {{max_missing: 0, source: {{text: eigen regel, verified: own_rule}}}}
    source: {{text: eigen regel, verified: own_rule}}
"""


def own(code="BUURT", licence="free", second="twee", high=8):
    return OWN.format(code=code, licence=licence, second=second, high=high)


@pytest.fixture
def write(tmp_path):
    """Write files into the study's folder of instruments; give the loaded catalogue."""

    def put(**files):
        folder = tmp_path / "instruments"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name.replace('__', '.')}.yaml").write_text(text, "utf-8")
        return load_catalogue(tmp_path)

    return put


def test_an_own_instrument_joins_the_shipped_ones(write):
    found = write(buurt=own())

    assert found.own == ("BUURT",)
    assert found.problems == ()
    assert found.instrument("BUURT").scale("total").high == 8
    assert found.instrument("DJG6").code == "DJG6"
    assert list(found.instruments) == sorted(found.instruments)


def test_an_own_file_takes_the_place_of_a_shipped_one_and_says_so(write):
    found = write(who=own(code="WHO5"))

    assert len(found.instrument("WHO5").items) == 2
    (fault,) = found.problems
    assert fault.severity is Severity.WARNING
    assert "neemt" not in fault.text("en")
    assert fault.text("nl").startswith("instruments/who.yaml:1: WHO5: het bestand")


def test_the_same_code_in_two_files_is_a_fault_and_the_first_stays(write):
    found = write(a=own(), b=own(high=8))

    assert [fault.note.code for fault in found.problems] == ["instruments.given_twice"]
    assert found.own == ("BUURT",)


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ({"second": "drie"}, "instruments.unknown_item", 20),
        ({"high": 9}, "instruments.range_differs", 16),
        ({"licence": "reference"}, "instruments.text_without_licence", 13),
    ],
)
def test_a_faulty_file_is_left_out_and_its_fault_has_a_line(write, change, code, line):
    found = write(buurt=own(**change))

    (fault,) = found.problems
    assert (fault.note.code, fault.line) == (code, line)
    assert "BUURT" not in found.instruments


def test_texts_may_be_held_once_the_licence_is_confirmed(write):
    confirmed = own(licence="reference").replace(
        "languages:", "  confirmed: {by: M. de Wit, reference: L-2026-4}\nlanguages:"
    )

    assert write(buurt=confirmed).problems == ()


def test_a_file_that_breaks_the_schema_tells_every_fault_and_stops_nothing(write):
    found = write(broken="code: lower\nminutes: 0\n", buurt=own())

    assert len(found.problems) >= 3
    assert {fault.file for fault in found.problems} == {"instruments/broken.yaml"}
    assert found.own == ("BUURT",)


def test_conversion_tables_are_kept_apart_and_checked_against_their_scale(write):
    good = "instrument: SWEMWBS\nscale: total\nsource: {text: a, verified: own_rule}\n"
    found = write(
        a__conversion=good + "totals: [{total: 7, score: 7}]\n",
        b__conversion=good.replace("SWEMWBS", "NONE"),
        c__conversion=good.replace("total", "half"),
        d__conversion=good + "values: [{item: swem9, answer: 1, value: 0}]\n",
    )

    assert [fault.note.code.split(".")[1] for fault in found.problems] == [
        "unknown_instrument", "unknown_scale", "unknown_item",
    ]  # fmt: skip
    assert found.conversion("SWEMWBS", "total").totals[0].score == 7
    assert found.conversion("DJG6", "total") is None


def test_a_study_without_own_instruments_has_the_shipped_ones(tmp_path):
    assert load_catalogue(tmp_path).own == ()
