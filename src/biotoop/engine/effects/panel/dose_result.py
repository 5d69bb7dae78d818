"""What a dose-response yields: a line of effects, its slope, and what must hold for each."""

from collections.abc import Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.datasets.store import DoseBin, DoseFigures, RowProducts, WithinProducts
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.dose_basis import Basis
from biotoop.engine.effects.panel.pictures import Band, curve_plot, ladder
from biotoop.engine.effects.panel.shown import (
    as_html,
    as_lines,
    chance,
    decimals,
    fixed,
    heads,
    line_of,
    p_value,
)
from biotoop.engine.effects.panel.solved import Solved


@attrs.frozen(kw_only=True)
class JointTest:
    """A joint test: F, its degrees of freedom, and the p-value."""

    statistic: float
    df: tuple[float, float]
    p: float


@attrs.frozen(kw_only=True, eq=False)
class DoseResponse:
    """Effects by dose, against no dose.

    Attributes
    ----------
    outcome, dose, effects, cluster
        The columns.
    average
        Effect on those with a dose, as their doses are.
    slope
        Effect of one more, averaged over the doses that there are; None for levels.
    at
        Doses of the line; for levels one dose within each.
    curve
        Effect at each dose, with an interval for that dose alone.
    slopes
        Effect of one more at each dose; empty for levels.
    band
        Lower and upper bounds that hold for all doses at once (Scheffe), shape (m, 2).
    no_effect
        Test that no dose does anything.
    no_matter_how_much
        Test that all doses do the same; None for one level.
    straight
        Test that each more does the same; None for levels.
    before
        The same dose-response one period before the dose began, tested together; None when it
        could not be tested.
    figures, support
        What the doses are like, and how many rows and units there are along the line.
    basis, coefficients, covariance
        The columns that the dose became, and what was estimated of them.
    fit, products
        The solved equations, and the sums that they came from; microdata.
    assumptions
        What must hold, with what was found.
    warnings
        What a reader must know.
    choice, engine
        Which way it was computed and why; rows, units and memory.
    seconds
        What it took, by the clock that the caller gave.
    """

    outcome: str
    dose: str
    effects: tuple[str, ...]
    cluster: str
    average: Estimate
    slope: Estimate | None
    at: tuple[float, ...]
    curve: tuple[Estimate, ...]
    slopes: tuple[Estimate, ...]
    band: Matrix
    no_effect: JointTest | None
    no_matter_how_much: JointTest | None
    straight: JointTest | None
    before: JointTest | None
    figures: DoseFigures
    support: tuple[DoseBin, ...]
    basis: Basis
    coefficients: Vector
    covariance: Matrix
    fit: Solved
    products: WithinProducts | RowProducts
    assumptions: tuple[Note, ...]
    warnings: tuple[Note, ...] = ()
    choice: Note
    engine: Note
    seconds: float | None = None

    def tidy(self) -> pa.Table:
        """Give a row for each dose."""
        slopes: Sequence[Estimate | None] = self.slopes or [None] * len(self.at)
        return pa.table(
            {
                "dose": self.at,
                "estimate": [item.value for item in self.curve],
                "std_error": [item.se for item in self.curve],
                "p_value": [p_value(item) for item in self.curve],
                "conf_low": [item.low for item in self.curve],
                "conf_high": [item.high for item in self.curve],
                "band_low": self.band[:, 0],
                "band_high": self.band[:, 1],
                "slope": [None if item is None else item.value for item in slopes],
                "slope_std_error": [None if item is None else item.se for item in slopes],
            }
        )

    def text(self, language: Language = "en") -> str:
        """Write the result in lines for a terminal."""
        return "\n".join(
            [self._title(language), *as_lines(self._rows(language)), *self._below(language)]
        )

    def __str__(self) -> str:
        """Write the result in English."""
        return self.text("en")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(self._title("en"), self._rows("en"), self._below("en"), self.picture())

    def picture(self, language: Language = "en") -> str:
        """Draw the line with its interval and the wider band for all doses at once, as SVG."""
        title = self._title(language)
        if not self.slopes:
            return ladder(title, list(zip(self.basis.names, self.curve, strict=True)), language)
        band = Band(
            x=self.at,
            y=tuple(item.value for item in self.curve),
            low=tuple(item.low or 0.0 for item in self.curve),
            high=tuple(item.high or 0.0 for item in self.curve),
            all_low=tuple(self.band[:, 0].tolist()),
            all_high=tuple(self.band[:, 1].tolist()),
        )
        rows = "; ".join(" ".join(row[:4]) for row in self._rows(language)[1:])
        said = note("panel.picture.dose", effects=rows).text(language)
        return curve_plot(title, band, self.dose, said, language)

    def _title(self, language: Language) -> str:
        return note("panel.shown.dose_title", outcome=self.outcome, dose=self.dose).text(language)

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        lines = [line_of(word("panel.shown", "dose_average", language), self.average, language)]
        if self.slope is not None:
            name = word("panel.shown", "dose_slope", language)
            lines.append(line_of(name, self.slope, language))
            chosen = np.unique(np.linspace(0, len(self.at) - 1, 5).round().astype(int))
            step = max(self.at[-1] - self.at[0], 1e-12) / 100
            shown = (fixed(self.at[place], decimals(10 * step), language) for place in chosen)
            named = [
                (f"{self.dose} = {at}", self.curve[place])
                for at, place in zip(shown, chosen, strict=True)
            ]
        else:
            named = list(zip(self.basis.names, self.curve, strict=True))
        lines += [line_of(name, found, language) for name, found in named]
        return [heads(language), *lines]

    def _below(self, language: Language) -> list[str]:
        lines = [*self._tests(language)]
        lines += [self.average.interval.text(language)] if self.average.interval else []
        lines += [item.text(language) for item in (*self.assumptions, self.choice, self.engine)]
        if self.seconds is not None:
            lines.append(note("panel.shown.seconds", seconds=round(self.seconds, 2)).text(language))
        caution = word("panel.shown", "caution", language)
        return [*lines, *(f"{caution}: {item.text(language)}" for item in self.warnings)]

    def _tests(self, language: Language) -> list[str]:
        tests = {
            "dose_no_effect": self.no_effect,
            "dose_no_matter": self.no_matter_how_much,
            "dose_straight": self.straight,
        }
        return [
            note(
                "panel.shown.dose_test",
                what=word("panel.shown", key, language),
                statistic=round(test.statistic, 2),
                df=int(test.df[0]),
                rest=int(test.df[1]),
                p=chance(test.p, language),
            ).text(language)
            for key, test in tests.items()
            if test is not None
        ]
