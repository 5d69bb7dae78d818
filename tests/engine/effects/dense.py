"""Errors of least squares written out on rows with whole matrices, straight from the papers."""

import numpy as np


def by_row(X, y, place, kind, weights=None):
    """MacKinnon & White 1985, and the textbook error, for one coefficient."""
    w = np.ones(len(y)) if weights is None else weights
    Z, v = X * np.sqrt(w)[:, None], y * np.sqrt(w)
    bread = np.linalg.inv(Z.T @ Z)
    hat = Z @ bread @ Z.T
    e, h, (rows, k) = v - hat @ v, np.diag(hat), X.shape
    omega = {
        "classical": np.full(rows, e @ e / (rows - k)),
        "hc1": e**2 * rows / (rows - k),
        "hc2": e**2 / (1 - h),
        "hc3": e**2 / (1 - h) ** 2,
    }[kind]
    return np.sqrt((bread @ Z.T @ np.diag(omega) @ Z @ bread)[place, place])


def by_cluster(X, y, groups, place):
    """Liang & Zeger 1986 with the factor of Stata and fixest, for one coefficient."""
    bread = np.linalg.inv(X.T @ X)
    e = y - X @ bread @ X.T @ y
    names = np.unique(groups)
    scores = np.array([X[groups == name].T @ e[groups == name] for name in names])
    G, (rows, k) = len(names), X.shape
    factor = G / (G - 1) * (rows - 1) / (rows - k)
    return np.sqrt(factor * (bread @ scores.T @ scores @ bread)[place, place])


def _power(matrix, power):
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    raised = np.where(values > 1e-10, np.abs(values) ** power, 0.0)
    return vectors @ np.diag(raised) @ vectors.T


def bell_mccaffrey(X, y, groups, place):
    """CR2 with Satterthwaite degrees of freedom (Bell & McCaffrey 2002), for one coefficient."""
    bread = np.linalg.inv(X.T @ X)
    maker = np.eye(len(y)) - X @ bread @ X.T
    residuals = maker @ y
    total, vectors = 0.0, []
    for group in np.unique(groups):
        inside = groups == group
        adjust = _power(maker[np.ix_(inside, inside)], -0.5)
        weights = adjust @ X[inside] @ bread[:, place]
        total += (weights @ residuals[inside]) ** 2
        vectors.append(maker[:, inside] @ weights)
    P = np.array([[p @ q for p in vectors] for q in vectors])
    return np.sqrt(total), np.trace(P) ** 2 / np.sum(P**2)
