"""Published figures come back from public data; the page shows what the code finds."""

from pathlib import Path

import pytest
from bench.replications import markdown, replications

PAGE = Path(__file__).parents[3] / "docs" / "replications" / "effects.md"
UNEXPLAINED = {"placebo_entropy"}


@pytest.fixture(scope="module")
def rows():
    return replications()


def test_published_effects_and_errors_come_back_within_their_rounding(rows):
    apart = {item.published.run for item in rows if not item.equal}

    assert apart == UNEXPLAINED
    assert len(rows) == 36


def test_what_is_not_explained_differs_by_little_and_is_said(rows):
    (apart,) = [item for item in rows if not item.equal]

    assert abs(apart.ours - apart.published.value) < 0.01 * apart.ours_se
    assert "not explained" in markdown([apart])


def test_the_page_shows_what_the_code_finds(rows):
    assert markdown(rows) in PAGE.read_text("utf-8")
