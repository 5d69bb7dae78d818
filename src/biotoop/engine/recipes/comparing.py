"""What changed from one study folder to another beside the theory: every document, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import file_hash
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.codebook import Dataset
from biotoop.engine.recipes.changes import told, told_translations
from biotoop.engine.recipes.folder import STUDY, StudyFolder
from biotoop.engine.recipes.freezing import fixed_in, scheme_of
from biotoop.engine.recipes.registration import differences, translated

Parts = Mapping[str, Mapping[str, Any]]


def changes_between(old: StudyFolder, new: StudyFolder) -> tuple[Note, ...]:
    """Tell every change beside the theory, in the words of a changed registration.

    Parameters
    ----------
    old, new
        Two studies without faults of form.

    Raises
    ------
    InvalidScheme
        The evidence scheme of one of them cannot be used.
    """
    then, now = _parts(old), _parts(new)
    found = [item for part in then for item in differences(part, then[part], now[part])]
    added = [item for part in then for item in translated(part, then[part], now[part])]
    return (
        *_scheme(old, new),
        *(told(item, "change") for item in found),
        *told_translations(added),
        *_files(old, new),
    )


def _parts(folder: StudyFolder) -> Parts:
    """Give all that stands in the documents as plain data, each thing under its own name."""
    fixed = fixed_in(folder)
    evidence = folder.evidence
    return {
        "study": {STUDY: to_plain(folder.study)},
        "plans": fixed["plans"],
        "measures": _by_id(folder.measures.measures),
        "data": fixed["data"],
        "instruments": fixed["instruments"],
        "tests": _by_id(evidence.tests),
        "claims": _by_id(evidence.claims),
        "literature": _by_id(evidence.literature),
        "judgements": _judgements(folder),
        "valuation": fixed["valuation"],
    }


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: to_plain(item) for item in items}


def _judgements(folder: StudyFolder) -> dict[str, Any]:
    """Give each list of judgements by what it judges; what stands by itself by its key."""
    found: dict[str, Any] = {}
    for kind, value in to_plain(folder.evidence.judgements).items():
        if isinstance(value, list):
            found.update({f"{kind} {each.get('target', each.get('node'))}": each for each in value})
        elif isinstance(value, Mapping):
            found[kind] = value
    return found


def _scheme(old: StudyFolder, new: StudyFolder) -> Iterator[Note]:
    then = scheme_of(old)
    if then.hash != scheme_of(new).hash:
        yield note("recipes.change.scheme", version=then.version)


def _files(old: StudyFolder, new: StudyFolder) -> Iterator[Note]:
    """Tell which files of data hold something else; what they hold is not told."""
    before = {dataset.id: _hash(old, dataset) for dataset in _datasets(old)}
    for dataset in _datasets(new):
        if dataset.id in before and before[dataset.id] != _hash(new, dataset):
            yield note("recipes.change.file", file=f"data/{dataset.file}")


def _datasets(folder: StudyFolder) -> tuple[Dataset, ...]:
    return () if folder.codebook is None else folder.codebook.datasets


def _hash(folder: StudyFolder, dataset: Dataset) -> str | None:
    path = folder.path / "data" / dataset.file
    return file_hash(path) if path.is_file() else None
