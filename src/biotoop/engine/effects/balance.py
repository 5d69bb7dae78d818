"""How alike the groups are, before and after the adjustment."""

import numpy as np

from biotoop.engine.core.distributions import chi_square_tail
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.diagnostics import BalanceRow, Verdict
from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.sample import Sample, weighted_moments

ALIKE = 0.10
APART = 0.25


def judged(difference: float) -> Verdict:
    """Judge a standardised difference: held to 0.10, doubtful to 0.25, else failed.

    Conventions: Austin 2009 (0.10), Rubin 2001 and Stuart 2010 (0.25).
    """
    if abs(difference) <= ALIKE:
        return Verdict.HELD
    return Verdict.DOUBTFUL if abs(difference) <= APART else Verdict.FAILED


def balance_rows(sample: Sample, weights: Vector | None) -> tuple[BalanceRow, ...]:
    """Compare the sides on every covariate, raw and with the weights of an estimator.

    Parameters
    ----------
    sample
        The people.
    weights
        Weight of one row of each cell, shape (c,); none gives raw differences only.
    """
    columns, names = _plain(sample)
    return tuple(_row(sample, name, columns[:, place], weights) for place, name in enumerate(names))


def _plain(sample: Sample) -> tuple[Matrix, tuple[str, ...]]:
    """Give the covariates themselves, categories as indicators of every code that occurs."""
    parts: list[Vector] = []
    names: list[str] = []
    for name, values in sample.columns.items():
        labels = sample.categories.get(name)
        if labels is None:
            parts.append(values)
            names.append(name)
            continue
        present = np.unique(values).astype(int)
        for code in present[1:] if len(present) == 2 else present:
            parts.append(np.asarray(values == code, dtype=np.float64))
            names.append(f"{name}={labels[code]}")
    empty = np.empty((len(sample.n), 0))
    return (np.column_stack(parts) if parts else empty), tuple(names)


def _row(sample: Sample, name: str, values: Vector, weights: Vector | None) -> BalanceRow:
    sides = (sample.treated, ~sample.treated)
    raw = [weighted_moments(values, sample.people * side) for side in sides]
    scale = float(np.sqrt((raw[0][1] + raw[1][1]) / 2.0))
    difference = _standardised(raw[0][0] - raw[1][0], scale)
    if weights is None:
        return BalanceRow(
            covariate=name,
            treated_mean=raw[0][0],
            comparison_mean=raw[1][0],
            difference=difference,
            variance_ratio=_ratio(raw[0][1], raw[1][1]),
            verdict=judged(difference),
        )
    made = [weighted_moments(values, sample.people * weights * side) for side in sides]
    adjusted = _standardised(made[0][0] - made[1][0], scale)
    return BalanceRow(
        covariate=name,
        treated_mean=raw[0][0],
        comparison_mean=raw[1][0],
        adjusted_treated_mean=made[0][0],
        adjusted_comparison_mean=made[1][0],
        difference=difference,
        adjusted_difference=adjusted,
        variance_ratio=_ratio(raw[0][1], raw[1][1]),
        adjusted_variance_ratio=_ratio(made[0][1], made[1][1]),
        verdict=judged(adjusted),
    )


def _standardised(gap: float, scale: float) -> float:
    if scale > 0.0:
        return gap / scale
    return 0.0 if gap == 0.0 else float(np.copysign(np.inf, gap))


def _ratio(top: float, bottom: float) -> float | None:
    return top / bottom if bottom > 0.0 and top > 0.0 else None


def lot_p_value(sample: Sample) -> float:
    """Test whether covariates differ more between the sides than a fair lot makes likely.

    The chi-square test of Hansen & Bowers (2008), without strata: N times the share of the
    variance of being reached that the covariates explain.
    """
    rows = float(sample.n.sum())
    reached = np.asarray(sample.treated, dtype=np.float64)
    X = np.column_stack([np.ones(len(reached)), sample.X])
    fit = least_squares(X, n=sample.n, mean=reached, within=np.zeros(len(reached)))
    _, variance = weighted_moments(reached, sample.n)
    explained = 1.0 - float(fit.residual_squares.sum()) / (rows * variance)
    return chi_square_tail((rows - 1.0) * explained, len(fit.coefficients) - 1)
