"""Reading the evidence of a study folder, with every fault at once."""

import pytest

from biotoop.engine.core.problems import errors_in
from biotoop.engine.evidence.model import Judgements, Stance
from biotoop.engine.evidence.reading import read_evidence
from engine.plausibility.cases import theory

HEAD = "id;target;stance;respondent;method;round;organisation;interviewer\n"
ROWS = (
    "c1;S1;supports;p1;interview;r1;De Wilg;i1\n",
    "c2;S2;nuances;p2;interview;r1;De Wilg;i2\n",
)
GOOD = HEAD + "".join(ROWS)
TEST = """
tests:
  - id: t1
    target: {target}
    hypothesis: ze komen door de inloop
    rival: ze kwamen al
    test: straw
    expected: nieuwe namen
    found: true
    source: lijst
    family: registration
"""
ITEM = """
items:
  - id: l1
    target: S1
    source: Meta-analyse
    level: 4
    effect: 0.2
    se: 0.1
    population: ouderen
    setting: elders
    group: l1
"""
CERTAINTY = """
certainty:
  - target: {target}
    overall: moderate
    assessor: A
    date: 2026-02-01
    reason: gelezen
"""


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
        return tmp_path

    return write


def told(found):
    return [(each.file, each.line, each.note.code) for each in found.problems]


def test_all_four_files_are_read(folder):
    path = folder(
        claims_csv=GOOD,
        tests_yaml=TEST.format(target="S1"),
        literature_yaml=ITEM,
        judgements_yaml=CERTAINTY.format(target="S1"),
    )

    found = read_evidence(path, theory())

    assert found.problems == ()
    assert [claim.stance for claim in found.claims] == [Stance.SUPPORTS, Stance.NUANCES]
    assert ([each.id for each in found.tests], [each.id for each in found.literature]) == (
        ["t1"],
        ["l1"],
    )
    assert found.judgements.certainty[0].target == "S1"


def test_files_that_are_not_there_hold_nothing(tmp_path):
    found = read_evidence(tmp_path, theory())

    assert (found.claims, found.tests, found.literature) == ((), (), ())
    assert (found.judgements, found.problems) == (Judgements(), ())


def test_faults_of_form_and_of_meaning_are_told_together(folder):
    path = folder(
        claims_csv=GOOD + "c3;S1;maybe;p3;interview;r1;De Wilg;i1\n"
        "c1;S9;supports;p4;interview;r1;De Wilg;i2\n",
        tests_yaml=TEST.format(target="U1"),
        literature_yaml=ITEM.replace("level: 4", "level: 9"),
        judgements_yaml=CERTAINTY.format(target="Q7"),
    )

    found = read_evidence(path, theory(), shown="bewijs")

    assert told(found) == [
        ("bewijs/claims.csv", 4, "core.schema.enum"),
        ("bewijs/claims.csv", 5, "evidence.unknown_target"),
        ("bewijs/claims.csv", 5, "evidence.double_id"),
        ("bewijs/literature.yaml", 6, "core.schema.maximum"),
        ("bewijs/tests.yaml", 4, "evidence.record_on_node"),
        ("bewijs/judgements.yaml", 3, "evidence.unknown_target"),
    ]
    assert len(errors_in(found.problems)) == 6
    assert [claim.id for claim in found.claims] == ["c1", "c2", "c1"]


def test_a_theory_that_cannot_be_read_leaves_targets_unchecked(folder):
    path = folder(claims_csv=GOOD.replace("S1", "Q7"), tests_yaml=TEST.format(target="Q7"))

    assert read_evidence(path, None).problems == ()
