"""Rows folded into cells, for tests that compare with estimators on rows."""

import numpy as np

from biotoop.engine.effects.sample import Sample


def fold(y, treated, covariates=None, clusters=None, categories=None):
    """Fold rows that share everything but the outcome."""
    covariates = covariates or {}
    columns = [np.asarray(values, dtype=float) for values in covariates.values()]
    groups = np.zeros(len(y)) if clusters is None else np.asarray(clusters, dtype=float)
    keys = np.column_stack([np.asarray(treated, dtype=float), groups, *columns])
    cells, place = np.unique(keys, axis=0, return_inverse=True)
    n = np.bincount(place).astype(float)
    mean = np.bincount(place, weights=y) / n
    within = np.bincount(place, weights=(y - mean[place]) ** 2)
    X = cells[:, 2:]
    return Sample(
        n=n,
        mean=mean,
        within=within,
        treated=cells[:, 0] > 0,
        X=X,
        names=tuple(covariates),
        columns={name: X[:, place] for place, name in enumerate(covariates)},
        categories=categories or {},
        clusters=None
        if clusters is None
        else np.unique(cells[:, 1], return_inverse=True)[1].astype(np.int64),
    )
