"""The compressed store: the one door through which estimators see data.

Open a snapshot, ask how far it compresses, take cells or cross-products. Nothing above this
door reads rows.
"""

from biotoop.engine.datasets.cells import Cells, SquaredWeights, compress
from biotoop.engine.datasets.counted_estimate import CountedEstimate, counted_estimate
from biotoop.engine.datasets.cross_products import CrossProducts, cross_products
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.panel_queries import Panel
from biotoop.engine.datasets.row_selection import RowFilter, Where
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns
from biotoop.engine.datasets.snapshots import Exclusion, Snapshot, SnapshotColumn
from biotoop.engine.datasets.unit_pass import WithinProducts, unit_pass

__all__ = [
    "Cells",
    "CountedEstimate",
    "CrossProducts",
    "DataEngine",
    "DuckEngine",
    "Exclusion",
    "Panel",
    "RowFilter",
    "Snapshot",
    "SnapshotColumn",
    "SquaredWeights",
    "Where",
    "WithinProducts",
    "compress",
    "counted_estimate",
    "cross_products",
    "open_snapshot",
    "snapshot_from_columns",
    "unit_pass",
]
