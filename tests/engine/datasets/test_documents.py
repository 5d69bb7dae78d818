"""Datasets and measures are found by their short names; the store has one door."""

import pytest

from biotoop.engine.core.convert import from_plain
from biotoop.engine.datasets import store
from biotoop.engine.datasets.cells import compress
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.measures import Direction, Measures
from engine.datasets.codebooks import PERSON, codebook

LONELY = {
    "id": "lonely",
    "node": "U1",
    "label": "Loneliness",
    "definition": "0 to 11",
    "dataset": "survey",
    "column": "lonely",
    "unit": "points",
    "intended": "decrease",
}


def test_a_measure_and_a_dataset_are_found_by_their_short_name_or_not_at_all():
    measures = from_plain({"measures": [LONELY]}, Measures)
    assert measures.measure("lonely").intended is Direction.DECREASE
    described = Codebook(datasets=(codebook(PERSON),))
    assert described.dataset("survey").key == ("person",)
    for find in (measures.measure, described.dataset):
        with pytest.raises(KeyError, match="nowhere"):
            find("nowhere")


def test_everything_that_the_store_promises_is_there():
    assert store.compress is compress
    assert all(hasattr(store, name) for name in store.__all__)
