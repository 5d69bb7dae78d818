"""Effects by cohort and period, each with its pull: how every unit moves it.

Callaway & Sant'Anna 2021 (doi 10.1016/j.jeconom.2020.12.001). Covariates enter as cells: within a
cell outcome regression, weighting and the doubly robust estimator are the same.

An effect is linear in the outcomes, so a unit of cohort h and cell x moves it by
``slope[h, x] . (Y - mean of h, x) + constant[h, x]``; sums of squares of that need only means and
products of outcomes by cohort and cell.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import attrs
import numpy as np

from biotoop.engine.datasets.store import CohortSums
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.refusals import Refused


class Control(StrEnum):
    """Who a cohort is compared with."""

    NEVER = "never"
    NOT_YET = "not_yet"


class Adjust(StrEnum):
    """How covariates enter."""

    CELLS = "cells"
    DOUBLY_ROBUST = "doubly_robust"


class Cohorts(Protocol):
    """Units by the period in which they start, as sums or one by one."""

    @property
    def periods(self) -> tuple[str, ...]:
        """Codes of the periods."""
        ...

    @property
    def cohorts(self) -> np.ndarray:
        """Places of the periods in which cohorts start; the number of periods for never."""
        ...

    @property
    def sizes(self) -> Vector:
        """Size of each cohort, by weight."""
        ...

    @property
    def n(self) -> Matrix:
        """Units by cohort and cell."""
        ...

    @property
    def cluster_n(self) -> Matrix:
        """Units by cluster, cohort and cell."""
        ...


class Moves(Protocol):
    """Figures, each with how every unit moves it."""

    @property
    def values(self) -> Vector:
        """The figures, shape (M,)."""
        ...

    def combined(self, weights: Matrix, extra: Matrix | None = None) -> "Moves":
        """Give weighted sums, and let units move them more, by cohort."""
        ...

    def one(self, place: int) -> "Moves":
        """Give one figure."""
        ...

    def covariance(self, *, clustered: bool) -> Matrix:
        """Give the covariance of the figures, by unit or by cluster (factor G/(G-1))."""
        ...


@attrs.frozen(kw_only=True, eq=False)
class Pulls:
    """Figures with the pull of every unit on them.

    Attributes
    ----------
    values
        Shape (M,).
    slope
        Of the outcomes off their mean, shape (M, C, X, T).
    constant
        Shape (M, C, X).
    sums
        What they came from.
    """

    values: Vector
    slope: Matrix
    constant: Matrix
    sums: CohortSums

    def combined(self, weights: Matrix, extra: Matrix | None = None) -> "Pulls":
        """Give weighted sums, with weights of shape (L, M), and more constant pull."""
        constant = np.einsum("lm,mcx->lcx", weights, self.constant)
        return Pulls(
            values=np.einsum("lm,m->l", weights, self.values),
            slope=np.einsum("lm,mcxt->lcxt", weights, self.slope),
            constant=constant if extra is None else constant + extra[:, :, None],
            sums=self.sums,
        )

    def one(self, place: int) -> "Pulls":
        """Give one figure."""
        return Pulls(
            values=self.values[[place]],
            slope=self.slope[[place]],
            constant=self.constant[[place]],
            sums=self.sums,
        )

    def covariance(self, *, clustered: bool) -> Matrix:
        """Give the covariance of the figures, by unit or by cluster (factor G/(G-1))."""
        return covariance(self.sums, self, clustered=clustered)


@attrs.frozen(kw_only=True)
class Cell:
    """One effect: of a cohort in a period, against a base period (places of the periods)."""

    cohort: int
    start: int
    period: int
    base: int

    @property
    def since(self) -> int:
        """Periods since the start; below 0 before it."""
        return self.period - self.start


def cells_of(sums: Cohorts, *, anticipation: int, universal: bool) -> tuple[Cell, ...]:
    """List the effects that can be asked for.

    Parameters
    ----------
    sums
        The sums.
    anticipation
        Periods before the start in which there may be an effect already.
    universal
        Compare periods before the start with the last of them, not each with the one before.
    """
    length = len(sums.periods)
    found = []
    for place, start in enumerate(sums.cohorts.tolist()):
        if start >= length:
            continue
        last = start - 1 - anticipation
        for period in range(length):
            after = period >= start - anticipation
            base = last if after or universal else period - 1
            if base >= 0 and base != period:
                found.append(Cell(cohort=place, start=start, period=period, base=base))
    return tuple(found)


def pulls_of(
    sums: CohortSums, cells: Sequence[Cell], control: Control, *, anticipation: int
) -> tuple[tuple[Cell, ...], Pulls]:
    """Estimate the effects; those for which there is nobody to compare with are left out.

    Raises
    ------
    Refused
        None is left, or units of a cell of covariates have nobody alike to compare with.
    """
    mean = sums.sums / np.maximum(sums.n, 1.0)[..., None]
    kept, values, slopes, constants = [], [], [], []
    for cell in cells:
        others = others_of(sums, cell, control, anticipation)
        if not others.any():
            continue
        value, slope, constant = _one(sums, mean, cell, others)
        kept.append(cell)
        values.append(value)
        slopes.append(slope)
        constants.append(constant)
    if not kept:
        raise Refused(f"panel.refused.no_{control.value}")
    return tuple(kept), Pulls(
        values=np.array(values), slope=np.array(slopes), constant=np.array(constants), sums=sums
    )


def others_of(sums: Cohorts, cell: Cell, control: Control, anticipation: int) -> Vector:
    """Give which cohorts a cohort is compared with, shape (C,)."""
    never = sums.cohorts >= len(sums.periods)
    if control is Control.NEVER:
        return np.asarray(never)
    later = sums.cohorts > max(cell.period, cell.base) + anticipation
    return np.asarray((later | never) & (sums.cohorts != cell.start))


def _one(
    sums: CohortSums, mean: Matrix, cell: Cell, others: Vector
) -> tuple[float, Matrix, Matrix]:
    change = mean[:, :, cell.period] - mean[:, :, cell.base]
    mine, total = sums.n[cell.cohort], float(sums.n[cell.cohort].sum())
    theirs = np.where(others[:, None], sums.n, 0.0)
    against = theirs.sum(axis=0)
    lonely = (mine > 0) & (against == 0)
    if lonely.any():
        names = tuple(sums.cells[place] for place in np.flatnonzero(lonely))
        raise Refused(
            "panel.refused.no_overlap",
            cells=names,
            units=int(mine[lonely].sum()),
            period=sums.periods[cell.start],
        )
    heavy = np.maximum(against, 1.0)
    other = (theirs * change).sum(axis=0) / heavy
    value = float(np.sum(mine * (change[cell.cohort] - other)) / total)
    constant = -theirs * 0.0 - np.where(theirs > 0, (mine / heavy / total) * (change - other), 0.0)
    constant[cell.cohort] = np.where(mine > 0, (change[cell.cohort] - other - value) / total, 0.0)
    pull = np.where(theirs > 0, -(mine / heavy / total), 0.0)
    pull[cell.cohort] = np.where(mine > 0, 1.0 / total, 0.0)
    slope = np.zeros((*sums.n.shape, len(sums.periods)))
    slope[:, :, cell.period] = pull
    slope[:, :, cell.base] = -pull
    return value, slope, constant


def covariance(sums: CohortSums, pulls: Pulls, *, clustered: bool) -> Matrix:
    """Give the covariance of figures, by unit or by cluster (factor G/(G-1)), shape (M, M)."""
    if not clustered:
        half = np.einsum("mcxs,cxst->mcxt", pulls.slope, sums.products)
        own = np.einsum("mcxt,lcxt->ml", half, pulls.slope)
        return np.asarray(own + np.einsum("mcx,lcx,cx->ml", pulls.constant, pulls.constant, sums.n))
    mean = sums.sums / np.maximum(sums.n, 1.0)[..., None]
    apart = sums.cluster_sums - sums.cluster_n[..., None] * mean
    moved = np.einsum("mcxt,gcxt->gm", pulls.slope, apart)
    moved += np.einsum("mcx,gcx->gm", pulls.constant, sums.cluster_n)
    groups = int(np.sum(sums.cluster_n.sum(axis=(1, 2)) > 0))
    return np.asarray(np.einsum("gm,gl->ml", moved, moved) * groups / (groups - 1))
