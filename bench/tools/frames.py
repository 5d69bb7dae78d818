"""The table as the peers want it."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bench.harness_worker import Order


def frame(table: Path, order: Order) -> pd.DataFrame:
    """Read the columns that the task uses."""
    return pd.read_parquet(table, columns=list(order.columns))


def design(data: pd.DataFrame) -> NDArray[np.float64]:
    """Make the terms of the adjustment tasks, without intercept."""
    parts = [data["age"], data["age"] ** 2, data["sex"], data["income"]]
    parts += [data["household"] == level for level in range(1, 5)]
    parts += [data["prior"] == level for level in range(1, 5)]
    return np.column_stack(parts).astype(np.float64)


def scaled(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give terms mean 0 and standard deviation 1; the weights do not change by it."""
    return (terms - terms.mean(axis=0)) / terms.std(axis=0)
