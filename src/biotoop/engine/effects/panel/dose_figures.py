"""From a fitted dose-response to its line, tests, and assumptions with what was found."""

from collections.abc import Sequence

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.store import DoseBin, DoseFigures, RowProducts, WithinProducts
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.cluster_errors import Errors
from biotoop.engine.effects.panel.dose_basis import Basis, Spline
from biotoop.engine.effects.panel.dose_result import DoseResponse, JointTest
from biotoop.engine.effects.panel.solved import Solved

_LEVEL = 0.95
_SINGULAR = 1e-10
_THIN = 20


@attrs.frozen(kw_only=True, eq=False)
class Fitted:
    """A regression on the columns of a dose, as it came out."""

    basis: Basis
    outcome: str
    dose: str
    effects: tuple[str, ...]
    cluster: str
    fit: Solved
    products: WithinProducts | RowProducts
    errors: Errors
    warnings: tuple[Note, ...]
    choice: Note

    @property
    def size(self) -> int:
        """Number of columns of the dose."""
        return len(self.basis.names)

    @property
    def beta(self) -> Vector:
        """What was estimated of them."""
        return self.fit.coefficients[self.fit.terms[: self.size]]

    @property
    def covariance(self) -> Matrix:
        """Their covariance."""
        return self.errors.covariance[: self.size, : self.size]

    @property
    def df(self) -> float:
        """Degrees of freedom of the error."""
        return float(self.errors.df[0])

    def estimate(self, weights: Vector) -> Estimate:
        """Give a weighted sum of the coefficients with its interval."""
        value = float(np.sum(weights * self.beta))
        se = float(np.sqrt(np.einsum("i,ij,j->", weights, self.covariance, weights)))
        reach = float(scipy.special.stdtrit(self.df, (1 + _LEVEL) / 2)) * se
        return Estimate(
            value=value,
            se=se,
            low=value - reach,
            high=value + reach,
            df=self.df,
            n=int(self.fit.n),
            missing=self.products.rows - self.products.used,
            method=note("panel.method.dose", dose=self.dose),
            interval=self.errors.convention,
        )


@attrs.frozen(kw_only=True, eq=False)
class DoseMeans:
    """Means of the columns, and of their slopes, over the rows with a dose."""

    values: Vector
    slopes: Vector | None


def joint(beta: Vector, V: Matrix, df: float) -> JointTest | None:
    """Test that all are 0: Wald, F with the degrees of freedom of the error."""
    if not len(beta) or not np.all(np.diag(V) > 0.0):
        return None
    scale = 1.0 / np.sqrt(np.diag(V))
    roots, vectors = np.linalg.eigh(V * scale[:, None] * scale)
    kept = roots > _SINGULAR * roots.max()
    turned = np.einsum("ij,i->j", vectors, beta * scale)
    rank = int(kept.sum())
    statistic = float(np.sum(turned[kept] ** 2 / roots[kept])) / rank
    p = float(scipy.special.fdtrc(rank, df, statistic))
    return JointTest(statistic=statistic, df=(float(rank), df), p=p)


def assembled(
    found: Fitted,
    figures: DoseFigures,
    means: DoseMeans,
    *,
    at: tuple[float, ...],
    support: tuple[DoseBin, ...],
    before: JointTest | None,
    reason: Note | None,
) -> DoseResponse:
    """Put line, tests and words together."""
    doses = np.array(at)
    shape = found.basis.values(doses)
    curve = tuple(found.estimate(row) for row in shape)
    smooth = found.basis if isinstance(found.basis, Spline) else None
    return DoseResponse(
        outcome=found.outcome,
        dose=found.dose,
        effects=found.effects,
        cluster=found.cluster,
        average=found.estimate(means.values),
        slope=None if means.slopes is None else found.estimate(means.slopes),
        at=at,
        curve=curve,
        slopes=() if smooth is None else tuple(found.estimate(row) for row in smooth.slopes(doses)),
        band=_band(found, curve),
        no_effect=joint(found.beta, found.covariance, found.df),
        no_matter_how_much=_contrasts(found, _apart(found.size, jump=smooth is not None)),
        straight=None if smooth is None else _contrasts(found, np.eye(found.size)[2:]),
        before=before,
        figures=figures,
        support=support,
        basis=found.basis,
        coefficients=found.beta,
        covariance=found.covariance,
        fit=found.fit,
        products=found.products,
        assumptions=_assumptions(found, figures, before, reason),
        warnings=(*found.warnings, *_warnings(found, figures, support)),
        choice=found.choice,
        engine=found.products.note,
    )


def _apart(size: int, *, jump: bool) -> Matrix:
    """Give the contrasts that are 0 when it does not matter how much."""
    return np.eye(size)[1:] if jump else np.eye(size)[1:] - np.eye(size)[0]


def _contrasts(found: Fitted, C: Matrix) -> JointTest | None:
    V = np.einsum("ai,ij,bj->ab", C, found.covariance, C)
    return joint(np.einsum("ai,i->a", C, found.beta), V, found.df)


def _band(found: Fitted, curve: Sequence[Estimate]) -> Matrix:
    """Give bounds that hold for every weighted sum of the coefficients at once (Scheffe 1953)."""
    size = found.size
    wide = float(np.sqrt(size * scipy.special.fdtri(size, found.df, _LEVEL)))
    values = np.array([item.value for item in curve])
    reach = wide * np.array([item.se or 0.0 for item in curve])
    return np.column_stack([values - reach, values + reach])


def _assumptions(
    found: Fitted, figures: DoseFigures, before: JointTest | None, reason: Note | None
) -> tuple[Note, ...]:
    dose = found.dose
    if before is not None:
        percent = round(100 * before.p, 1)
        first = note("panel.dose.parallel", dose=dose, percent=percent)
        if percent < 0.1:
            first = note("panel.dose.parallel_hardly", dose=dose)
    else:
        why = reason or note("panel.dose.before_nobody")
        first = note("panel.dose.parallel_untested", dose=dose, reason=why)
    return (
        first,
        note("panel.dose.strong", dose=dose),
        note(
            "panel.dose.none",
            dose=dose,
            never=figures.never,
            units=figures.units,
        ),
    )


def _warnings(found: Fitted, figures: DoseFigures, support: Sequence[DoseBin]) -> tuple[Note, ...]:
    dose, warned = found.dose, []
    if not figures.never:
        warned.append(note("panel.dose.no_never", dose=dose))
    if figures.always:
        warned.append(note("panel.dose.always", dose=dose, units=figures.always))
    if figures.changing:
        warned.append(note("panel.dose.changing", dose=dose, units=figures.changing))
    if figures.stopping:
        warned.append(note("panel.dose.stopping", dose=dose, units=figures.stopping))
    if figures.starts > 1:
        warned.append(note("panel.dose.staggered", dose=dose, starts=figures.starts))
    thin = tuple(f"{b.low:g}-{b.high:g} ({b.units})" for b in support if b.units < _THIN)
    if thin:
        warned.append(note("panel.dose.thin", parts=thin, most=_THIN))
    return tuple(warned)
