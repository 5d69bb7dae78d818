"""What evidence can bear on: nodes, links, and routes as a whole."""

import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.targets import TargetKind, Targets
from engine.plausibility.cases import link, theory

TARGETS = Targets(theory())


@pytest.mark.parametrize(
    ("code", "found", "kind"),
    [
        ("S1", "S1", TargetKind.LINK),
        ("U1", "U1", TargetKind.NODE),
        ("I1>U1", "I1>U1", TargetKind.ROUTE),
        ("I1>R1", "S1", TargetKind.LINK),
        ("C1>R1", "S4", TargetKind.LINK),
    ],
)
def test_a_code_leads_to_its_target(code, found, kind):
    target = TARGETS.find(code)

    assert (target.code, target.kind) == (found, kind)


@pytest.mark.parametrize("code", ["S9", "X1", "I1>X1", "U1>I1", "C1>M1", "I1>I1", "S1>S2"])
def test_what_cannot_be_walked_along_causes_is_no_target(code):
    assert TARGETS.find(code) is None


def test_the_hash_of_a_target_follows_its_words():
    changed = theory(link("S1", "I1", "R1", because=Text.of("dichtbij")), link("S2", "R1", "U1"))
    other = Targets(changed)

    assert other.find("S1").text_hash != TARGETS.find("S1").text_hash
    assert other.find("S2").text_hash == TARGETS.find("S2").text_hash
    assert other.find("I1>U1").text_hash == TARGETS.find("I1>U1").text_hash


def test_a_near_code_is_suggested():
    assert TARGETS.near("s1") == "S1"
    assert TARGETS.near("S11") == "S1"
    assert TARGETS.near("S9") is None


def test_a_detour_is_another_way_between_the_same_ends():
    around = Targets(theory(link("S1", "I1", "U1"), link("S2", "I1", "R1"), link("S3", "R1", "U1")))

    assert around.has_detour("S1")
    assert not around.has_detour("S2")
    assert not TARGETS.has_detour("S1")
