"""What the data are: rows and people, and every measure at every moment."""

import math
from collections.abc import Mapping

import attrs
import numpy as np

from biotoop.engine.core.distributions import t_quantile
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Dataset
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.datasets.measures import Measure
from biotoop.engine.datasets.row_selection import present
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn
from biotoop.engine.datasets.store import Cells, compress, counted_estimate
from biotoop.engine.disclosure.answers import FEW
from biotoop.engine.recipes.findings import (
    DatasetSummary,
    MeasureMoment,
    MeasureSummary,
    WaveCount,
)
from biotoop.engine.recipes.scoring import Scored

LEVEL = 0.95


def describe_dataset(dataset: Dataset, snapshot: Snapshot) -> DatasetSummary:
    """Say how many rows, people and moments a dataset has, and what was left out."""
    people = tuple(name for name in dataset.key if name != dataset.wave)
    counted = counted_estimate(snapshot, people).cells if people else snapshot.rows
    return DatasetSummary(
        id=dataset.id,
        label=dataset.label,
        kind=dataset.kind,
        controller=dataset.controller,
        source=dataset.source,
        content_hash=snapshot.content_hash,
        rows=snapshot.rows,
        people=counted,
        waves=_waves(dataset, snapshot),
        remarks=_left_out(snapshot),
    )


def _waves(dataset: Dataset, snapshot: Snapshot) -> tuple[WaveCount, ...]:
    if not dataset.waves:
        return ()
    column = wave_column(dataset)
    cells = compress(snapshot, by=[column], outcomes=[])
    rows = dict(zip(_labels(cells, column), cells.n.tolist(), strict=True))
    return tuple(
        WaveCount(wave=wave.id, label=wave.label, date=wave.date, rows=int(rows.get(wave.id, 0)))
        for wave in dataset.waves
    )


def wave_column(dataset: Dataset) -> str:
    """Give the column that holds the wave: the one named, or the one made from suffixes."""
    return dataset.wave or "wave"


def _labels(cells: Cells, column: str) -> list[str]:
    if column in cells.labels:
        return [cells.labels[column][int(place)] for place in cells.by[column]]
    return [f"{value:g}" for value in cells.by[column]]


def _left_out(snapshot: Snapshot) -> tuple[Note, ...]:
    return tuple(
        note("recipes.left_out", column=item.column, count=item.count, reason=item.reason)
        for item in snapshot.exclusions
    )


@attrs.frozen(kw_only=True, eq=False)
class _Moments:
    n: np.ndarray
    observed: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    labels: tuple[str | None, ...]


def describe_measure(measure: Measure, dataset: Dataset, scored: Scored) -> MeasureSummary:
    """Say how a measure stood at each moment: people, missing, mean with interval, spread."""
    name = outcome_column(measure)
    moments = _moments(dataset, scored.snapshot, name)
    return MeasureSummary(
        id=measure.id,
        node=measure.node,
        label=measure.label,
        definition=measure.definition,
        unit=measure.unit,
        intended=measure.intended,
        dataset=measure.dataset,
        instrument=measure.instrument,
        percent=measure.percent,
        moments=tuple(
            _moment(measure, moments, place, scored) for place in range(len(moments.labels))
        ),
    )


def few_values(measure: Measure, scored: Mapping[str, Scored]) -> dict[str, tuple[float, ...]]:
    """Give all values that a measure has in each dataset, lowest first, where they are few."""
    name, found = outcome_column(measure), {}
    for dataset, item in scored.items():
        held = [column for column in item.snapshot.columns if column.name == name]
        values = distinct(item.snapshot, held[0]) if held and held[0].numeric else ()
        if values:
            found[dataset] = values
    return found


def distinct(snapshot: Snapshot, column: SnapshotColumn) -> tuple[float, ...]:
    """Give the numbers that a column holds, lowest first; none where they are more than a few."""
    with DuckEngine().open() as session:
        seen = session.table(
            f"SELECT DISTINCT {as_double(column)} AS v FROM {session.rows_of(snapshot.path)}"
            f" WHERE {present(column)} LIMIT {FEW + 1}"
        )["v"].to_pylist()
    values = tuple(sorted(float(value) for value in seen if value is not None))
    return values if len(values) <= FEW else ()


def outcome_column(measure: Measure) -> str:
    """Give the column of the analysis table that holds a measure."""
    return measure.id if measure.column is None else measure.column


def _moments(dataset: Dataset, snapshot: Snapshot, name: str) -> _Moments:
    by = [wave_column(dataset)] if dataset.waves else []
    cells = compress(snapshot, by=by, outcomes=[name], keep_missing_outcome=True)
    seen = cells.observed[name]
    with np.errstate(invalid="ignore", divide="ignore"):
        shift = cells.deviations[name] / seen
        spread = (cells.squares[name] - seen * shift**2) / (seen - 1)
    labels: tuple[str | None, ...] = tuple(_labels(cells, by[0])) if by else (None,)
    return _Moments(
        n=cells.n,
        observed=seen,
        mean=cells.centre[name] + shift,
        sd=np.sqrt(np.maximum(spread, 0.0)),
        labels=labels,
    )


def _moment(measure: Measure, moments: _Moments, place: int, scored: Scored) -> MeasureMoment:
    wave = moments.labels[place]
    n = int(moments.observed[place])
    mean, sd = float(moments.mean[place]), float(moments.sd[place])
    known = scored.reliability.get((measure.id, wave))
    return MeasureMoment(
        wave=wave,
        sd=sd,
        mean=_mean(mean, sd, n, int(moments.n[place]) - n, measure.unit),
        alpha=None if known is None else known.alpha,
        omega=None if known is None else known.omega,
        remarks=(*scored.notes.get(measure.id, ()), *(() if known is None else known.notes)),
    )


def _mean(mean: float, sd: float, n: int, missing: int, unit: Text) -> Estimate:
    if n < 2:  # one value has no spread
        return Estimate(value=mean, n=n, missing=missing, unit=unit, method=note("recipes.mean"))
    se = sd / math.sqrt(n)
    reach = t_quantile((1 + LEVEL) / 2, n - 1) * se
    return Estimate(
        value=mean,
        se=se,
        low=mean - reach,
        high=mean + reach,
        level=LEVEL,
        n=n,
        missing=missing,
        df=n - 1,
        unit=unit,
        method=note("recipes.mean"),
        interval=note("recipes.t_interval", df=n - 1),
    )
