"""Small studies with a known truth, for tests of whole plans."""

import numpy as np

from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column, Dataset, Wave
from biotoop.engine.datasets.measures import Direction, Measure, Measures
from biotoop.engine.datasets.store import snapshot_from_columns
from biotoop.engine.effects.plan import Design, Plan, Specification
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.effects.run import run_plan

TEXT = Text.of("tekst")


def dataset_of(columns, waves=(), key=("person", "wave")):
    """Make a codebook: texts are categories, the rest numbers."""
    return Dataset(
        id="survey", file="survey.csv", label=TEXT, kind="invented", controller=TEXT,
        key=key, wave="wave" if waves else None,
        waves=tuple(Wave(id=wave, label=TEXT) for wave in waves),
        columns=tuple(Column(name=name, label=TEXT, type="number") for name in columns),
    )  # fmt: skip


def stored(columns, folder, waves=(), key=("person", "wave")):
    """Store columns as a snapshot with its codebook."""
    dataset = dataset_of(columns, waves, key)
    return snapshot_from_columns(columns, folder / "snapshots", dataset=dataset)


def measures(*, intended=Direction.DECREASE, sd=None):
    """Give one measure: loneliness, of which less is better."""
    return Measures(
        measures=(
            Measure(
                id="lonely", node="N3", label=TEXT, definition=TEXT, dataset="survey",
                column="loneliness", unit=Text.of("punten"), intended=intended,
                standard_deviation=sd,
            ),
        )
    )  # fmt: skip


def plan(design, **changes):
    """Give a plan on loneliness."""
    settings = {"treatment": "reached", **changes}
    return Plan(
        id="loneliness", title=TEXT, from_="N1", to="N3", outcome="lonely", dataset="survey",
        design=Design(design), **settings,
    )  # fmt: skip


def way(name, **changes):
    """Give a specification."""
    return Specification(id=name, label=TEXT, **changes)


def run(snapshot, the_plan, the_measures=None, **options):
    """Run a plan that was fixed beforehand."""
    settings = {"registration": RegistrationLabel.REGISTERED, **options}
    return run_plan(the_plan, {"survey": snapshot}, the_measures or measures(), **settings)


def people(rows=400, seed=4, effect=-0.8):
    """Give people of whom those who live alone are reached more often, and are lonelier."""
    rng = np.random.default_rng(seed)
    alone = (rng.random(rows) < 0.5).astype(float)
    age = rng.integers(20, 80, rows).astype(float)
    reached = (rng.random(rows) < 0.3 + 0.3 * alone).astype(float)
    earlier = 2 + alone + 0.01 * age + rng.normal(0, 1, rows)
    loneliness = 1 + 0.5 * earlier + 0.5 * alone + effect * reached + rng.normal(0, 1, rows)
    return {
        "reached": reached, "alone": alone, "age": age, "earlier": earlier,
        "loneliness": loneliness,
    }  # fmt: skip


def panel(rows=300, seed=6, waves=("w0", "w1"), effect=-0.7, drift=0.4):
    """Give people at several waves; those reached start lonelier, and change at the last."""
    rng = np.random.default_rng(seed)
    reached = (np.arange(rows) % 2).astype(float)
    level = 3 + 0.8 * reached + rng.normal(0, 1, rows)
    age = rng.integers(20, 80, rows).astype(float)
    parts = [
        {
            "person": np.array([f"p{i}" for i in range(rows)], dtype=object),
            "wave": np.array([wave] * rows, dtype=object),
            "reached": reached,
            "age": age,
            "loneliness": level + drift * time + effect * reached * (time == len(waves) - 1)
            + rng.normal(0, 0.5, rows),
        }
        for time, wave in enumerate(waves)
    ]  # fmt: skip
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
