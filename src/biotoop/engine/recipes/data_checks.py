"""The data of a study, read as far as the codebook that describes them is sound."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.datasets.codebook import Codebook, Dataset
from biotoop.engine.datasets.codebook_checks import check_codebook
from biotoop.engine.datasets.reading import read_dataset
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.recipes.folder import CODEBOOK, PLANS, StudyFolder


def check_data(
    folder: StudyFolder,
    told: tuple[Problem, ...],
    store: Path | None,
    report: Callable[[Note], None],
) -> tuple[dict[str, Snapshot], tuple[Problem, ...]]:
    """Look the codebook through, and read every dataset that it describes without a fault.

    Parameters
    ----------
    folder
        The documents.
    told
        Faults that were found in reading them.
    store
        Folder for the tables as they are read; None leaves the data unread.
    report
        Is told of each step.
    """
    codebook = folder.codebook
    if codebook is None:
        planned = folder.plans.plans and CODEBOOK not in folder.unread
        fault = attrs.evolve(problem("recipes.no_effects_without_data"), file=PLANS)
        return {}, (fault,) if planned else ()
    unsound = folder.placed(CODEBOOK, (*check_codebook(codebook), *_outside(folder, codebook)))
    if store is None:
        return {}, unsound
    faulty = _faulty_datasets(folder, codebook, errors_in((*told, *unsound)))
    columns = _faulty_columns(folder, errors_in(told))
    snapshots: dict[str, Snapshot] = {}
    problems = list(unsound)
    for dataset in codebook.datasets:
        if dataset.id in faulty:
            continue
        report(note("recipes.step.data", dataset=dataset.label))
        path, name = folder.path / "data" / dataset.file, f"data/{dataset.file}"
        read = read_dataset(path, dataset, store, file=name)
        echoes = _in_file(dataset, columns)
        problems.extend(fault for fault in read.problems if not echoes.intersection(fault.where))
        if read.snapshot is not None:
            snapshots[dataset.id] = read.snapshot
    return snapshots, tuple(problems)


def _outside(folder: StudyFolder, codebook: Codebook) -> Iterator[Problem]:
    """Tell a data file that lies elsewhere: a study is one folder, and nothing of it is missed."""
    inside = (folder.path / "data").resolve()
    for place, dataset in enumerate(codebook.datasets):
        if not (inside / dataset.file).resolve().is_relative_to(inside):
            yield problem("recipes.data_outside", "datasets", place, "file", file=dataset.file)


def _faulty_datasets(
    folder: StudyFolder, codebook: Codebook, errors: tuple[Problem, ...]
) -> frozenset[object]:
    """Give the names of datasets that are described wrongly: reading them says nothing more."""
    names = Counter(dataset.id for dataset in codebook.datasets)
    found: set[object] = {name for name, times in names.items() if times > 1}
    for fault in errors:
        match fault.where:
            case ("datasets", int(), "columns", int(), *_) if fault.note.code.startswith("core."):
                continue  # the other columns can still be looked at
            case ("datasets", int(place), *_) if fault.file == CODEBOOK:
                found.add(_plain(folder)[place].get("id"))
    return frozenset(found)


def _faulty_columns(folder: StudyFolder, errors: tuple[Problem, ...]) -> frozenset[tuple[str, str]]:
    """Give dataset and name of each column whose description has a fault of form.

    Something else stands in for the fault, so that what is found in the data is no news.
    """
    found: set[tuple[str, str]] = set()
    for fault in errors:
        match fault.where:
            case ("datasets", int(place), "columns", int(number), *_) if fault.file == CODEBOOK:
                dataset = _plain(folder)[place]
                column = dataset["columns"][number]
                name = column.get("name") if isinstance(column, dict) else None
                found.add((str(dataset.get("id")), str(name)))
    return frozenset(found)


def _plain(folder: StudyFolder) -> Any:  # noqa: ANN401 - what stands in the file
    source: Any = folder.sources[CODEBOOK].value
    return source["datasets"]


def _in_file(dataset: Dataset, columns: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Give the names that faulty columns have in the file, at every wave."""
    suffixes = ("", *(wave.suffix for wave in dataset.waves if wave.suffix is not None))
    return frozenset(
        name + suffix for owner, name in columns if owner == dataset.id for suffix in suffixes
    )
