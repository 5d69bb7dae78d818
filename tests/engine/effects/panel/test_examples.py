"""Every example in the pages about effects runs, from top to bottom, as a reader would."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

PAGES = Path(__file__).parents[4] / "docs" / "explanation"
PEOPLE, MONTHS, PLACES = 400, 6, 24


def register():
    """People in municipalities that start support in some month or never."""
    rng = np.random.default_rng(3)
    person, month = np.divmod(np.arange(PEOPLE * MONTHS), MONTHS)
    town = (np.arange(PEOPLE) % PLACES)[person]
    start = np.resize([2, 4, 99], PLACES)[town]
    reached = (month >= start).astype(int)
    support = np.where(reached > 0, rng.integers(1, 9, PEOPLE)[person], 0)
    age = rng.integers(18, 90, PEOPLE)[person]
    hours = rng.gamma(2.0, 3.0, person.size)
    lonely = rng.normal(size=PEOPLE)[person] - 0.1 * support + 0.05 * hours
    return pd.DataFrame(
        {
            "person": person,
            "month": month + 1,
            "municipality": [f"M{code:02}" for code in town],
            "reached": reached,
            "support": support.astype(float),
            "hours": hours,
            "age": age,
            "weight": rng.uniform(0.5, 2.0, PEOPLE)[person],
            "income": rng.choice(["low", "middle", "high"], person.size),
            "household": rng.choice(["alone", "parent", "couple"], PEOPLE)[person],
            "employer": (employer := rng.integers(30, size=person.size)),
            "sector": employer % 8,
            "wage": 12 + 0.1 * hours + rng.normal(size=person.size),
            "lonely": lonely + rng.normal(size=person.size),
        }
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    table = register()
    for name in ("register", "jobs"):
        table.to_parquet(tmp_path / f"{name}.parquet", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_examples_of_the_page_about_population_scale_run(capsys):
    page = (PAGES / "population-scale.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}

    for block in blocks:
        exec(compile(block, "population-scale.md", "exec"), names)  # noqa: S102 - our own page

    assert len(blocks) >= 5
    assert "95 % interval" in capsys.readouterr().out
