"""ebal from PyPI. Its principal components leave some balance out, so they are switched off."""

import numpy as np
import pandas as pd
from ebal import ebal_bin

from bench.harness_worker import Order, Runner
from bench.tools.frames import design, frame, scaled


def balanced(data: pd.DataFrame, _order: Order) -> tuple[float, float]:
    """Balance the comparison to the reached; terms are scaled, else its steps run off."""
    X = scaled(design(data))
    d, y = data["d"].to_numpy(), data["y"].to_numpy()
    tool = ebal_bin(PCA=False, print_level=-1, constraint_tolerance=1e-9)
    found = tool.ebalance(d, X, y)
    if not found["converged"]:
        raise SystemExit(f"not converged: {found['maxdiff']:.1e}")
    return float(np.asarray(found["wls"].params)[1]), float(np.asarray(found["wls"].bse)[1])


BALANCED = Runner(load=frame, work=balanced)
