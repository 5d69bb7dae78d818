"""Data files held against their codebook: taken as a snapshot, or refused with every fault."""

import tempfile
from pathlib import Path

import attrs

from biotoop.engine.core.documents import Document, parse_document
from biotoop.engine.core.problems import errors_in
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Codebook, Dataset
from biotoop.engine.datasets.reading import SUFFIXES, read_dataset
from biotoop.engine.recipes.folder import CODEBOOK
from biotoop.web.studies.bridge.documents import Fault, told
from biotoop.web.theories.bridge.documents import LanguageCode

KINDS = SUFFIXES


@attrs.frozen(kw_only=True)
class DatasetWords:
    """A data file as the codebook describes it."""

    id: str
    file: str
    label: str
    columns: int
    waves: tuple[tuple[str, str], ...]
    personal: tuple[str, ...]


@attrs.frozen(kw_only=True)
class DataReading:
    """What came of a data file: how much there is, or every fault."""

    rows: int = 0
    columns: int = 0
    ignored: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    sound: bool = False


def datasets_in(codebook: str, language: LanguageCode) -> tuple[DatasetWords, ...]:
    """List the data files that a codebook describes; none when it has faults."""
    value = parsed(codebook).value
    return () if value is None else tuple(words_of(each, language) for each in value.datasets)


def parsed(codebook: str) -> Document[Codebook]:
    """Read a codebook."""
    return parse_document(codebook, Codebook, file=CODEBOOK)


def words_of(dataset: Dataset, language: LanguageCode) -> DatasetWords:
    """Tell a reader what a data file holds."""
    label: Text = dataset.label
    return DatasetWords(
        id=dataset.id,
        file=dataset.file,
        label=label.get(language),
        columns=len(dataset.columns),
        waves=tuple((wave.id, wave.label.get(language)) for wave in dataset.waves),
        personal=tuple(column.name for column in dataset.columns if column.personal),
    )


def read_data(path: Path, codebook: str, dataset: str, language: LanguageCode) -> DataReading:
    """Hold a data file against its codebook; nothing of it is kept here."""
    value = parsed(codebook).value
    wanted = next((each for each in value.datasets if each.id == dataset), None) if value else None
    if wanted is None:
        return DataReading()
    name = f"data/{wanted.file}"
    with tempfile.TemporaryDirectory(prefix="biotoop-data-") as folder:
        reading = read_dataset(path, wanted, Path(folder), file=name)
    faults = tuple(told(fault, language) for fault in reading.problems)
    if reading.snapshot is None:
        return DataReading(faults=faults, ignored=reading.ignored)
    return DataReading(
        rows=reading.snapshot.rows,
        columns=len(reading.snapshot.columns),
        ignored=reading.ignored,
        faults=faults,
        sound=not errors_in(reading.problems),
    )
