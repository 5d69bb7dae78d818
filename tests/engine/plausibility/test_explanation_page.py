"""The page that explains the scheme says what the scheme says."""

from math import exp
from pathlib import Path

import pytest
from bench.scheme_simulations import run, table

from biotoop.engine.evidence.model import Family, Stance, TestKind
from biotoop.engine.plausibility.scheme import published_scheme

PAGE = (Path(__file__).parents[3] / "docs/explanation/evidence-scheme.md").read_text("utf-8")
SCHEME = published_scheme("1")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ")
]


def row(start: str) -> list[str]:
    """Give the cells of the row that starts with these words."""
    (found,) = [cells for cells in ROWS if cells[0].startswith(start)]
    return found


def test_the_page_names_the_hash_of_version_1():
    assert f"    {SCHEME.hash}\n" in PAGE


@pytest.mark.parametrize(
    ("start", "preset"),
    [
        ("asked by the own organisation", SCHEME.claims.asked_own),
        ("asked independently", SCHEME.claims.asked_independent),
        ("unprompted and explicit", SCHEME.claims.open_topic),
    ],
)
def test_the_page_gives_what_words_weigh(start, preset):
    cells = row(start)

    assert float(cells[3]) == pytest.approx(exp(preset.log_ratio(Stance.SUPPORTS)), abs=5e-4)
    against = float(cells[4].split()[0])
    assert against == pytest.approx(exp(preset.log_ratio(Stance.CONTRADICTS)), abs=5e-4)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("straw in the wind", TestKind.STRAW),
        ("necessary clue", TestKind.NECESSARY),
        ("strong clue", TestKind.STRONG),
        ("both", TestKind.BOTH),
    ],
)
def test_the_page_gives_what_tests_weigh(start, kind):
    odds = SCHEME.tests.of(kind)
    expected = [odds.p, odds.p_not, odds.p / odds.p_not, (1 - odds.p) / (1 - odds.p_not)]

    assert [float(cell) for cell in row(start)[1:5]] == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("start", "family"),
    [
        ("what people tell", Family.SELF_REPORT),
        ("observation", Family.OBSERVATION),
        ("registration and documents", Family.REGISTRATION),
        ("effect designs", Family.EFFECT_DESIGN),
        ("literature", Family.LITERATURE),
    ],
)
def test_the_page_gives_how_groups_of_a_family_correlate(start, family):
    (found,) = [cells for cells in ROWS if cells[0] == start]

    assert float(found[1]) == SCHEME.families.of(family)


def test_the_page_gives_bias_by_design_level():
    levels = ["1 after only", "2 before-after", "3 comparison", "4 strong", "5 randomised"]

    assert tuple(float(row(level)[1]) for level in levels) == SCHEME.estimates.bias_sd


def test_every_number_is_called_a_convention():
    head = PAGE.split("## What goes beside K")[0].split("## The numbers")[1]
    rows = [line for line in head.splitlines() if line.startswith("| ")]
    numbered = [line for line in rows if any(sign.isdigit() for sign in line)]

    assert len(numbered) > 30
    assert [line for line in numbered if not line.endswith("| convention |")] == []


@pytest.mark.slow
def test_the_page_gives_the_shares_that_the_simulations_find():
    assert table(run()) in PAGE
