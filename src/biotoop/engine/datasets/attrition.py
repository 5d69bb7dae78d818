"""Who is there in each wave: who stayed, who left for good, who joined."""

import math
from collections.abc import Sequence

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.row_selection import RowFilter, usable
from biotoop.engine.datasets.snapshots import Snapshot


@attrs.frozen(kw_only=True)
class Attrition:
    """Who is there in a wave, of those who were there in the first.

    Attributes
    ----------
    wave
        The wave.
    people
        People with a row in it.
    from_first
        Of these, those with a row in the first wave.
    retention
        ``from_first`` as a share of the people in the first wave.
    lost
        People of the first wave who have no row in this wave nor in any later one.
    new
        People whose first row is in this wave.
    """

    wave: str
    people: int
    from_first: int
    retention: float
    lost: int
    new: int


def attrition(
    snapshot: Snapshot, *, where: Sequence[RowFilter] = (), engine: DataEngine | None = None
) -> tuple[Attrition, ...]:
    """Count who came, stayed, left and joined over the waves.

    Parameters
    ----------
    snapshot
        A table with waves, whose codebook names wave and key.
    where
        Filters; a row takes part when it passes all.
    engine
        The data engine; DuckDB when not given.

    Returns
    -------
    tuple of Attrition
        A row for each wave, in the order of the codebook.

    Raises
    ------
    InvalidData
        The table has no waves.
    """
    dataset = snapshot.dataset
    if dataset is None or dataset.wave is None or not dataset.waves:
        raise InvalidData(file=snapshot.path.name, reason=note("datasets.reason.no_waves"))
    waves = [wave.id for wave in dataset.waves]
    people = [name for name in dataset.key if name != dataset.wave]
    patterns = _patterns(snapshot, people, dataset.wave, waves, where, engine or DuckEngine())
    return tuple(_of_wave(waves, place, patterns) for place in range(len(waves)))


def _patterns(
    snapshot: Snapshot,
    people: Sequence[str],
    wave: str,
    waves: Sequence[str],
    where: Sequence[RowFilter],
    engine: DataEngine,
) -> list[tuple[tuple[bool, ...], int]]:
    """Count the people of each pattern of presence."""
    chosen = usable(snapshot, people, where)
    marks = [f"w{place}" for place in range(len(waves))]
    present = ", ".join(
        f"bool_or(CAST({quoted(wave)} AS VARCHAR) = ${mark}) AS {mark}" for mark in marks
    )
    groups = ", ".join(quoted(snapshot.column(name).name) for name in people)
    with engine.open() as session:
        found = session.table(
            f"SELECT {', '.join(marks)}, count(*) AS n FROM (SELECT {present}"
            f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql} GROUP BY {groups})"
            f" GROUP BY ALL ORDER BY ALL",
            {**chosen.params, **dict(zip(marks, waves, strict=True))},
        )
    return [(tuple(bool(row[mark]) for mark in marks), row["n"]) for row in found.to_pylist()]


def _of_wave(
    waves: Sequence[str], place: int, patterns: Sequence[tuple[tuple[bool, ...], int]]
) -> Attrition:
    first = sum(n for pattern, n in patterns if pattern[0])
    stayed = sum(n for pattern, n in patterns if pattern[0] and pattern[place])
    return Attrition(
        wave=waves[place],
        people=sum(n for pattern, n in patterns if pattern[place]),
        from_first=stayed,
        retention=stayed / first if first else math.nan,
        lost=sum(n for pattern, n in patterns if pattern[0] and not any(pattern[place:])),
        new=sum(n for pattern, n in patterns if pattern[place] and not any(pattern[:place])),
    )
