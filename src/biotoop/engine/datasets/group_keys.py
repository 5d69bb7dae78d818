"""Values of grouping columns as arrays: numbers as they are, words as places in their labels."""

import contextlib
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

_NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.BOOLEAN})


def known_labels(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    """Give the codes of each column in the order of the codebook."""
    if snapshot.dataset is None:
        return {}
    return {column.name: tuple(column.values) for column in snapshot.dataset.columns}


def keys_of(
    columns: Sequence[SnapshotColumn],
    table: pa.Table,
    known: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]]]:
    """Turn the key columns ``k0, k1, ..`` of a result into arrays and labels.

    Parameters
    ----------
    columns
        The grouping columns, in order.
    table
        The result, without missing keys.
    known
        Codes in the order of the codebook.

    Returns
    -------
    tuple
        Arrays by name (float64, or int64 places in the labels), and labels by name.
    """
    arrays: dict[str, np.ndarray] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for place, column in enumerate(columns):
        values = table[f"k{place}"]
        if column.type in _NUMBERS:
            arrays[column.name] = values.cast(pa.float64()).to_numpy() + 0.0  # no -0.0
        else:
            arrays[column.name], labels[column.name] = _coded(values, known.get(column.name, ()))
    return arrays, labels


def in_order(codes: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Order codes: those of the codebook first, then by number when all are numbers, else text."""
    found = set(codes)
    listed = [code for code in known if code in found]
    others = sorted(found.difference(listed))
    with contextlib.suppress(ValueError):
        others.sort(key=float)
    return (*listed, *others)


def _coded(values: pa.ChunkedArray, known: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    texts = pc.cast(values, pa.string()).combine_chunks()
    dictionary = pc.dictionary_encode(texts)
    found = dictionary.dictionary.to_pylist()
    labels = in_order(found, known)
    place = {label: index for index, label in enumerate(labels)}
    recoded = np.array([place[label] for label in found], dtype=np.int64)
    return recoded[dictionary.indices.to_numpy()], labels
