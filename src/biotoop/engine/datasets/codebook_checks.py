"""What a codebook must hold beyond its schema: names, keys, waves, codes and limits that fit."""

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.codebook import Codebook, Column, Dataset

_WAVE = "wave"


def check_codebook(codebook: Codebook) -> tuple[Problem, ...]:
    """Look a codebook through; give every fault with its path in the document."""
    found = [
        problem("datasets.double_dataset", "datasets", dataset=name)
        for name in _doubles(dataset.id for dataset in codebook.datasets)
    ]
    for place, dataset in enumerate(codebook.datasets):
        found += [
            attrs.evolve(fault, where=("datasets", place, *fault.where))
            for fault in check_dataset(dataset)
        ]
    return tuple(found)


def check_dataset(dataset: Dataset) -> tuple[Problem, ...]:
    """Look the description of one file through; paths start at the dataset."""
    return (*_names(dataset), *_waves(dataset), *_columns(dataset))


def _doubles(names: Iterable[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def _names(dataset: Dataset) -> Iterator[Problem]:
    """Names are told apart without capitals, since data engines do not see these."""
    for name in _doubles(column.name.lower() for column in dataset.columns):
        yield problem("datasets.double_column", "columns", column=name)
    known = tuple(column.name for column in dataset.columns)
    for place, name in enumerate(dataset.key):
        if name not in known and name != dataset.wave:
            yield problem("datasets.key_unknown", "key", place, column=name, allowed=known)


def _waves(dataset: Dataset) -> Iterator[Problem]:
    suffixes = [wave.suffix for wave in dataset.waves if wave.suffix is not None]
    for name in _doubles(wave.id for wave in dataset.waves):
        yield problem("datasets.double_wave", "waves", wave=name)
    for name in _doubles(suffixes):
        yield problem("datasets.double_suffix", "waves", suffix=name)
    made = dataset.wave or _WAVE
    if suffixes and made.lower() in [column.name.lower() for column in dataset.columns]:
        yield problem("datasets.wave_name_taken", "waves", column=made)


def _columns(dataset: Dataset) -> Iterator[Problem]:
    for place, column in enumerate(dataset.columns):
        for fault in _column(column):
            yield attrs.evolve(fault, where=("columns", place, *fault.where))


def _column(column: Column) -> Iterator[Problem]:
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and low > high:
        yield problem(
            "datasets.limits_crossed", "minimum", column=column.name, minimum=low, maximum=high
        )
    for code in sorted(set(column.values) & set(column.missing)):
        yield problem("datasets.code_both", "missing", column=column.name, value=code)
