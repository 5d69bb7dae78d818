"""Reading a data file by its codebook: taken whole as a snapshot, or refused with every fault."""

import tempfile
from pathlib import Path

import attrs

from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.reasons import of_system
from biotoop.engine.datasets.codebook import Dataset
from biotoop.engine.datasets.codebook_checks import check_dataset
from biotoop.engine.datasets.contract import faults_in
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, literal
from biotoop.engine.datasets.errors import InvalidData, QueryFailed
from biotoop.engine.datasets.harmonise import Canonical, canonical, exclusions_of
from biotoop.engine.datasets.layout import Layout, expected_names, layout_of
from biotoop.engine.datasets.raw_tables import RawTable
from biotoop.engine.datasets.read_csv import read_csv
from biotoop.engine.datasets.read_labelled import read_labelled
from biotoop.engine.datasets.read_parquet import read_parquet
from biotoop.engine.datasets.read_xlsx import read_xlsx
from biotoop.engine.datasets.snapshot_files import About, write_snapshot
from biotoop.engine.datasets.snapshots import Snapshot

SUFFIXES = (".csv", ".parquet", ".sav", ".dta", ".xlsx")
_COLUMN_MISSING = ("datasets.column_missing", "datasets.column_missing_near")


@attrs.frozen(kw_only=True)
class Reading:
    """What came of reading a data file.

    Attributes
    ----------
    snapshot
        The canonical table, or None when a fault stops it.
    problems
        Every fault, with file, line and column.
    ignored
        Columns of the file that the codebook does not name; they were not taken over.
    """

    snapshot: Snapshot | None
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()


def read_dataset(
    path: Path,
    dataset: Dataset,
    folder: Path,
    *,
    file: str | None = None,
    study_key: bytes | None = None,
    engine: DataEngine | None = None,
) -> Reading:
    """Read a data file, hold it against its codebook, and keep it as a snapshot.

    Parameters
    ----------
    path
        A csv, parquet, xlsx, SPSS .sav or Stata .dta file.
    dataset
        Its codebook.
    folder
        Where the snapshot goes. Nothing is written there when there is a fault.
    file
        Name for messages; the name of the file when not given.
    study_key
        Secret key of the study; with it a personal key becomes a pseudonym.
    engine
        The data engine; DuckDB when not given.

    Returns
    -------
    Reading
        The snapshot, long and typed, sorted by its key; or None with all faults. Faults of the
        codebook itself (``check_dataset``) come first and alone.
    """
    name = file or path.name
    unsound = tuple(attrs.evolve(fault, file=name) for fault in check_dataset(dataset))
    if unsound:
        return Reading(snapshot=None, problems=unsound)
    with (
        tempfile.TemporaryDirectory(prefix="biotoop-") as scratch,
        (engine or DuckEngine()).open() as session,
    ):
        table, faults = _raw(session, path, dataset, Path(scratch), name)
        if table is None:
            return Reading(snapshot=None, problems=faults)
        try:
            return _taken(session, table, dataset, Path(scratch), folder, name, study_key)
        except (InvalidData, QueryFailed) as error:
            fault = attrs.evolve(Problem(note=error.note), file=name)
            return Reading(snapshot=None, problems=(fault,))


def _taken(
    session: Session,
    table: RawTable,
    dataset: Dataset,
    scratch: Path,
    folder: Path,
    file: str,
    study_key: bytes | None,
) -> Reading:
    """Hold a staged file against its codebook, and keep it when nothing is wrong."""
    layout = layout_of(dataset, table)
    faults = tuple(
        attrs.evolve(fault, file=file)
        for fault in layout.problems
        if study_key is None or fault.note.code != "datasets.personal_key"
    )
    if layout.readings and _cells_tell(faults, layout, dataset):
        faults += faults_in(session, table, layout, dataset, file=file)
    used = {reading.raw.name for reading in layout.readings}
    ignored = tuple(sorted(set(table.columns) - used))
    if errors_in(faults):
        return Reading(snapshot=None, problems=faults, ignored=ignored)
    made = canonical(table, layout, dataset, study_key=study_key)
    snapshot = _keep(session, made, layout, scratch, folder)
    return Reading(snapshot=snapshot, problems=faults, ignored=ignored)


def _cells_tell(faults: tuple[Problem, ...], layout: Layout, dataset: Dataset) -> bool:
    """Tell whether the cells can be looked at: nothing but a column beside the key is missing."""
    errors = errors_in(faults)
    keys = {*layout.key, dataset.wave}
    return all(
        fault.note.code in _COLUMN_MISSING and keys.isdisjoint(fault.where) for fault in errors
    )


def _keep(
    session: Session, made: Canonical, layout: Layout, scratch: Path, folder: Path
) -> Snapshot:
    stage = scratch / "canonical.parquet"
    session.run(f"COPY ({made.query}) TO {literal(str(stage))} (FORMAT parquet)")
    source = session.rows_of(stage)
    about = About(
        dataset=made.dataset,
        reasons=made.reasons,
        exclusions=exclusions_of(session, source, made, layout),
    )
    return write_snapshot(session, source, made.types, folder, order=made.order, about=about)


def _raw(
    session: Session, path: Path, dataset: Dataset, scratch: Path, file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Stage the file by its kind."""
    fault = _refused(path)
    if fault is not None:
        return None, (attrs.evolve(fault, file=file),)
    suffix, expected = path.suffix.lower(), expected_names(dataset)
    if suffix == ".csv":
        return read_csv(session, path, scratch, expected=expected, file=file)
    if suffix == ".xlsx":
        return read_xlsx(path, scratch, sheet=dataset.sheet, file=file)
    if suffix == ".parquet":
        return read_parquet(path, file=file)
    return read_labelled(path, scratch, wanted=expected, file=file)


def _refused(path: Path) -> Problem | None:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return problem("datasets.unknown_kind", suffix=suffix or "-", allowed=SUFFIXES)
    try:
        empty = not path.stat().st_size
    except OSError as error:
        return problem("core.cannot_open", reason=of_system(error))
    return problem("datasets.empty_file") if empty else None
