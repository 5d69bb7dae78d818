"""The catalogue that comes with the engine: whole, licensed and honest about its sources."""

import re
from importlib import resources

import pytest

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.schema import json_schema
from biotoop.engine.instruments.checks import check_instrument
from biotoop.engine.instruments.faults import UnknownInstrument
from biotoop.engine.instruments.loading import instrument, load_catalogue, shipped
from biotoop.engine.instruments.model import Better, Instrument, LicenceClass, Use, Verified

ASKED_FOR = {
    "DJG6", "DJG11", "CANTRIL", "WHO5", "MHI5", "SWEMWBS", "ICECAPA", "EQ5D5L", "ASCOT", "ZRM",
    "MPG", "ESSI", "MASTERY7", "GAD7", "PHQ9", "PHQ8", "SDQ", "KIDSCREEN10", "SOCCOH4", "RCADS47",
    "RCADS25",
}  # fmt: skip
CODES = sorted(shipped())


def test_the_catalogue_holds_the_instruments_of_dutch_social_work():
    assert set(CODES) >= ASKED_FOR


@pytest.mark.parametrize("code", CODES)
def test_every_file_follows_the_schema_and_the_rules_within_it(code):
    text = (
        resources.files("biotoop.engine.instruments") / "catalogue" / f"{code.lower()}.yaml"
    ).read_text("utf-8")

    document = parse_document(text, Instrument, file=f"{code}.yaml")

    assert [fault.text("en") for fault in document.problems] == []
    assert [fault.text("en") for fault in check_instrument(shipped()[code])] == []


@pytest.mark.parametrize("code", CODES)
def test_item_texts_are_shipped_only_where_the_licence_is_free(code):
    found = shipped()[code]

    with_text = [item.id for item in found.items if item.text is not None]

    assert found.licence.kind == LicenceClass.FREE or with_text == []
    assert found.licence.confirmed is None


@pytest.mark.parametrize("code", CODES)
def test_every_instrument_has_dutch_and_english_names_and_labels(code):
    found = shipped()[code]
    texts = [found.name, found.about, found.coding, found.licence.note]
    texts += [text for scale in found.scales for text in (scale.name, scale.more_of)]
    texts += [b.label for s in found.scales for cuts in s.cutoffs for b in cuts.bands]
    texts += [caution.text for caution in found.cautions]

    assert all(text.nl and text.en for text in texts)


@pytest.mark.parametrize("code", CODES)
def test_an_opened_source_names_where_it_was_read(code):
    found = shipped()[code]
    sources = [found.licence.source, *(scale.source for scale in found.scales)]
    sources += [cuts.source for scale in found.scales for cuts in scale.cutoffs]
    sources += [entry.source for s in found.scales for entry in (*s.norms, *s.retests)]
    traceable = re.compile(r"\.nl|\.net|\.org|\.uk|\.edu|doi|PMC|CBS|INSPQ|CORC|form|Mellon|sheet"
                           r"|Wikipedia|codebook|handbook|et al\. \(\d{4}\)")  # fmt: skip

    opened = [source.text for source in sources if source.verified == Verified.OPENED]

    assert [text for text in opened if not traceable.search(text)] == []


def test_the_depression_list_with_the_question_on_suicide_is_not_for_self_completion():
    long, short = instrument("PHQ9"), instrument("PHQ8")

    assert [caution.not_for for caution in long.cautions] == [Use.SELF_COMPLETION]
    assert "PHQ-8" in long.cautions[0].text.get("nl")
    assert [item.id for item in short.items] == [f"phq{n}" for n in range(1, 9)]


def test_the_conversation_web_may_not_measure_an_effect_and_the_matrix_has_no_total():
    assert Use.EFFECT_MEASURE in {caution.not_for for caution in instrument("MPG").cautions}
    assert len(instrument("ZRM").scales) == 13
    assert all(len(scale.items) == 1 for scale in instrument("ZRM").scales)


def test_less_loneliness_is_better_and_more_wellbeing_is_better():
    assert instrument("DJG6").scale("total").better == Better.LOWER
    assert instrument("WHO5").scale("total").better == Better.HIGHER


def test_an_unknown_instrument_lists_what_there_is():
    with pytest.raises(UnknownInstrument, match=r"`UCLA` is not known. Known: ASCOT, CANTRIL"):
        instrument("UCLA")


def test_items_and_scales_are_found_by_their_code_only():
    djg = instrument("DJG6")

    assert djg.item("djg09").max == 3
    assert djg.scale("social").items == ("djg04", "djg07", "djg08")
    with pytest.raises(KeyError):
        djg.item("djg99")
    with pytest.raises(KeyError):
        djg.scale("total2")


def test_without_a_study_the_catalogue_is_what_is_shipped():
    assert list(load_catalogue().instruments) == CODES


def test_the_schema_of_an_instrument_file_names_every_field_with_its_meaning():
    schema = json_schema(Instrument, title="Instrument")

    assert set(schema["required"]) >= {"code", "licence", "items", "scales"}
    assert all("description" in part for part in schema["properties"].values())
