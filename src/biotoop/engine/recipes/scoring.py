"""Scores of instruments become a column of the table, so that plans can use them as outcomes."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from biotoop.engine.core.messages import Note
from biotoop.engine.datasets.codebook import Column, ColumnType, Dataset
from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.datasets.measures import Measure
from biotoop.engine.datasets.snapshot_files import About, write_snapshot
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.instruments.loading import Catalogue
from biotoop.engine.instruments.reliability import ScaleReliability, reliability
from biotoop.engine.instruments.scoring import score
from biotoop.engine.recipes.instrument_use import scale_of


@attrs.frozen(kw_only=True, eq=False)
class Scored:
    """A dataset with its scores, and how reliable they are at each wave.

    Attributes
    ----------
    snapshot
        The table with one more column for each measure by an instrument.
    reliability
        By measure and wave (None without waves).
    notes
        By measure: what a reader must know of the scoring.
    """

    snapshot: Snapshot
    reliability: Mapping[tuple[str, str | None], ScaleReliability]
    notes: Mapping[str, tuple[Note, ...]]


def with_scores(
    snapshot: Snapshot,
    measures: tuple[Measure, ...],
    catalogue: Catalogue,
    *,
    wave: str | None,
    seed: int,
) -> Scored:
    """Score every measure by an instrument and put the scores beside the answers.

    Parameters
    ----------
    snapshot
        The table; its item columns are read into memory.
    measures
        The measures of this dataset; those by a column are passed over.
    catalogue
        The instruments.
    wave
        Column with the wave, None without.
    seed
        For the intervals of reliability.
    """
    by_instrument = [measure for measure in measures if measure.instrument is not None]
    if not by_instrument:
        return Scored(snapshot=snapshot, reliability={}, notes={})
    table = pq.read_table(snapshot.path)
    moments = _moments(table, wave)
    found: dict[tuple[str, str | None], ScaleReliability] = {}
    notes: dict[str, tuple[Note, ...]] = {}
    for measure in by_instrument:
        instrument = catalogue.instrument(str(measure.instrument))
        scale = scale_of(measure, instrument)
        if scale is None:
            raise KeyError(measure.scale)
        columns = {item: _numbers(table, name) for item, name in measure.items.items()}
        table_of = catalogue.conversion(instrument.code, scale.id)
        scores = score(instrument, scale, columns, conversion=table_of)
        notes[measure.id] = scores.notes
        table = table.append_column(measure.id, pa.array(scores.values, from_pandas=True))
        for moment, rows in moments.items():
            chosen = {item: values[rows] for item, values in columns.items()}
            found[measure.id, moment] = reliability(instrument, scale, chosen, seed=seed)
    return Scored(snapshot=_written(snapshot, table, by_instrument), reliability=found, notes=notes)


def score_all(
    measures: tuple[Measure, ...],
    snapshots: Mapping[str, Snapshot],
    catalogue: Catalogue,
    *,
    seed: int,
) -> dict[str, Scored]:
    """Score every dataset; see ``with_scores``."""
    found: dict[str, Scored] = {}
    for name, snapshot in snapshots.items():
        dataset = snapshot.dataset
        waves = dataset is not None and bool(dataset.waves)
        found[name] = with_scores(
            snapshot,
            tuple(measure for measure in measures if measure.dataset == name),
            catalogue,
            wave=(dataset.wave or "wave") if dataset is not None and waves else None,
            seed=seed,
        )
    return found


def _moments(table: pa.Table, wave: str | None) -> dict[str | None, np.ndarray]:
    if wave is None:
        return {None: np.ones(table.num_rows, dtype=bool)}
    values = table[wave].to_numpy(zero_copy_only=False).astype(str)
    return {str(moment): values == moment for moment in sorted(set(values.tolist()))}


def _numbers(table: pa.Table, name: str) -> np.ndarray:
    doubles = pc.cast(table[name], pa.float64())
    return np.asarray(doubles.to_numpy(zero_copy_only=False), dtype=np.float64)


def _written(snapshot: Snapshot, table: pa.Table, measures: list[Measure]) -> Snapshot:
    types = {column.name: column.type for column in snapshot.columns}
    types.update(dict.fromkeys((measure.id for measure in measures), ColumnType.NUMBER))
    folder: Path = snapshot.path.parent
    dataset = _with_columns(snapshot.dataset, measures)
    reasons = {c.name: c.reasons for c in snapshot.columns if c.reasons is not None}
    about = About(dataset=dataset, exclusions=snapshot.exclusions, reasons=reasons)
    with tempfile.TemporaryDirectory(dir=folder) as scratch, DuckEngine().open() as session:
        raw = Path(scratch) / "scored.parquet"
        pq.write_table(table.select([*types, *dict.fromkeys(reasons.values())]), raw)
        order = dataset.key if dataset else ()
        return write_snapshot(
            session, session.rows_of(raw), types, folder, order=order, about=about
        )


def _with_columns(dataset: Dataset | None, measures: list[Measure]) -> Dataset | None:
    """Put the scores into the codebook, so that an export explains them."""
    if dataset is None:
        return None
    made = tuple(
        Column(name=m.id, label=m.label, type=ColumnType.NUMBER, unit=m.unit) for m in measures
    )
    return attrs.evolve(dataset, columns=(*dataset.columns, *made))
