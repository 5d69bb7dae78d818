"""The compressed store: the one door through which estimators see data.

Open a snapshot, ask how far it compresses, take cells or cross-products. Nothing above this
door reads rows.
"""

from biotoop.engine.datasets.cells import Cells, SquaredWeights, compress
from biotoop.engine.datasets.cohort_pass import CohortSums, cohort_pass
from biotoop.engine.datasets.counted_estimate import CountedEstimate, counted_estimate
from biotoop.engine.datasets.cross_products import CrossProducts, cross_products
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.doses import (
    BEFORE,
    DoseBin,
    DoseFigures,
    DosePanel,
    before_the_dose,
    dose_bins,
    dose_figures,
)
from biotoop.engine.datasets.ibis_engine import IbisEngine, IbisTable, is_ibis
from biotoop.engine.datasets.made_columns import (
    Factor,
    Term,
    is_stored,
    term_columns,
    with_columns,
)
from biotoop.engine.datasets.panel_pass import MOST_PERIODS
from biotoop.engine.datasets.projections import KeptRows
from biotoop.engine.datasets.row_pass import RowPass, RowProducts, count_values, row_pass
from biotoop.engine.datasets.row_selection import RowFilter, Where
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns
from biotoop.engine.datasets.snapshots import Exclusion, Snapshot, SnapshotColumn
from biotoop.engine.datasets.unit_blocks import Panel
from biotoop.engine.datasets.unit_pass import WithinProducts, unit_pass
from biotoop.engine.datasets.unit_scores import PanelScores, unit_scores
from biotoop.engine.datasets.unit_table import UnitTable, unit_table

__all__ = [
    "BEFORE",
    "MOST_PERIODS",
    "Cells",
    "CohortSums",
    "CountedEstimate",
    "CrossProducts",
    "DataEngine",
    "DoseBin",
    "DoseFigures",
    "DosePanel",
    "DuckEngine",
    "Exclusion",
    "Factor",
    "IbisEngine",
    "IbisTable",
    "KeptRows",
    "Panel",
    "PanelScores",
    "RowFilter",
    "RowPass",
    "RowProducts",
    "Snapshot",
    "SnapshotColumn",
    "SquaredWeights",
    "Term",
    "UnitTable",
    "Where",
    "WithinProducts",
    "before_the_dose",
    "cohort_pass",
    "compress",
    "count_values",
    "counted_estimate",
    "cross_products",
    "dose_bins",
    "dose_figures",
    "is_ibis",
    "is_stored",
    "open_snapshot",
    "row_pass",
    "snapshot_from_columns",
    "term_columns",
    "unit_pass",
    "unit_scores",
    "unit_table",
    "with_columns",
]
