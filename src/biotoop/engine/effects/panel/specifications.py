"""Every choice of covariates side by side, solved from the stored products: no row is read again.

Simonsohn, Simmons & Nelson 2020 (doi 10.1038/s41562-020-0912-z).
"""

import statistics
from collections.abc import Iterator, Sequence
from itertools import combinations

import attrs
import numpy as np
import pyarrow as pa
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.core.quantities import in_step
from biotoop.engine.effects.panel.cluster_errors import PanelError, panel_errors
from biotoop.engine.effects.panel.pictures import Band, curve_plot
from biotoop.engine.effects.panel.shown import as_html, as_lines, heads, line_of
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.refusals import Refused

MOST_COVARIATES = 10
_LEVEL = 0.95
_SHOWN = 12


@attrs.frozen(kw_only=True, eq=False)
class PanelCurve:
    """The effect in question under every choice of covariates, the lowest first.

    Attributes
    ----------
    term
        The effect in question.
    choices
        Covariates of each choice.
    estimates
        In the same order.
    refused
        Choices that cannot be answered, with the reason.
    """

    term: str
    choices: tuple[tuple[str, ...], ...]
    estimates: tuple[Estimate, ...]
    refused: tuple[tuple[tuple[str, ...], Note], ...] = ()

    @property
    def median(self) -> float:
        """The middle estimate."""
        return statistics.median(item.value for item in self.estimates)

    @property
    def excludes_zero(self) -> int:
        """How many intervals leave zero out, on the side of the median."""
        sign = 1.0 if self.median >= 0.0 else -1.0
        return sum(
            min(sign * (item.low or 0.0), sign * (item.high or 0.0)) > 0.0
            for item in self.estimates
        )

    def tidy(self) -> pa.Table:
        """Give a row for each choice."""
        return pa.table(
            {
                "covariates": [" + ".join(choice) for choice in self.choices],
                "estimate": [item.value for item in self.estimates],
                "std_error": [item.se for item in self.estimates],
                "conf_low": [item.low for item in self.estimates],
                "conf_high": [item.high for item in self.estimates],
            }
        )

    def text(self, language: Language = "en") -> str:
        """Write the curve in lines; of a long one the ends."""
        rows = as_lines(self._rows(language))
        return "\n".join([self._title(language), *rows, *self._not_answered(language)])

    def __str__(self) -> str:
        """Write the curve in English."""
        return self.text("en")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(
            self._title("en"), self._rows("en"), self._not_answered("en"), self.picture()
        )

    def picture(self, language: Language = "en") -> str:
        """Draw the effects from low to high with their intervals, as SVG."""
        band = Band(
            x=tuple(float(place + 1) for place in range(len(self.estimates))),
            y=tuple(item.value for item in self.estimates),
            low=tuple(item.low or 0.0 for item in self.estimates),
            high=tuple(item.high or 0.0 for item in self.estimates),
        )
        across = word("panel.picture", "choices", language)
        return curve_plot(self.term, band, across, self._title(language), language)

    def _title(self, language: Language) -> str:
        values = [item.value for item in self.estimates]
        low, middle, high = in_step(values[0], self.median, values[-1])
        return note(
            "panel.shown.curve",
            term=self.term,
            choices=len(values),
            low=low,
            median=middle,
            high=high,
            excludes=self.excludes_zero,
        ).text(language)

    def _not_answered(self, language: Language) -> list[str]:
        return [
            note("panel.shown.curve_refused", choice=" + ".join(choice) or "-", why=why).text(
                language
            )
            for choice, why in self.refused
        ]

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        lines = [
            line_of(" + ".join(choice) or "-", item, language)
            for choice, item in zip(self.choices, self.estimates, strict=True)
        ]
        if len(lines) > _SHOWN:
            half = _SHOWN // 2
            lines = [*lines[:half], ("..", *[""] * 4), *lines[-half:]]
        return [heads(language), *lines]


def specification_curve(
    fit: Solved, estimate: Estimate, cluster: str | None, covariates: Sequence[str]
) -> PanelCurve:
    """Solve for every choice among the covariates, with CR1 errors.

    Parameters
    ----------
    fit
        The regression with all of them.
    estimate
        The effect in question with all of them; rows without a missing value in any take part
        in every choice.
    cluster
        The clusters.
    covariates
        Columns to take in or leave out; a column of codes goes as a whole.

    Raises
    ------
    Refused
        There are none, or more than ten; or there are too few clusters.
    """
    found = [
        (choice, _estimated(_cut(fit, choice), estimate, cluster)) for choice in chosen(covariates)
    ]
    return in_order(fit.names[fit.terms[0]], found)


def chosen(covariates: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """List every choice among some covariates.

    Raises
    ------
    Refused
        There are none, or more than ten.
    """
    if not 0 < len(covariates) <= MOST_COVARIATES:
        raise Refused("panel.refused.curve", covariates=len(covariates), most=MOST_COVARIATES)
    for size in range(len(covariates) + 1):
        yield from combinations(covariates, size)


def in_order(
    term: str,
    found: Sequence[tuple[tuple[str, ...], Estimate]],
    refused: Sequence[tuple[tuple[str, ...], Note]] = (),
) -> PanelCurve:
    """Set estimates side by side, the lowest first.

    Raises
    ------
    Refused
        No choice could be answered; with the reason of the first.
    """
    if not found:
        why = refused[0][1]
        raise Refused(why.code, **dict(why.params))
    choices, estimates = zip(*sorted(found, key=lambda item: (item[1].value, item[0])), strict=True)
    return PanelCurve(term=term, choices=choices, estimates=estimates, refused=tuple(refused))


def _cut(fit: Solved, choice: Sequence[str]) -> Solved:
    """Solve with these covariates only, beside the effect in question and the periods."""
    terms = set(fit.terms.tolist())
    kept = [
        place
        for place, name in enumerate(fit.names)
        if place not in terms or place == fit.terms[0] or name.partition("=")[0] in choice
    ]
    A, b = fit.A[:, kept][:, :, kept], fit.b[:, kept]
    total, right = A.sum(axis=0), b.sum(axis=0)
    scale = 1.0 / np.sqrt(np.diag(total))
    bread = np.linalg.inv(total * scale[:, None] * scale) * scale[:, None] * scale
    beta = np.asarray(np.einsum("ij,j->i", bread, right))
    return attrs.evolve(
        fit,
        names=tuple(fit.names[place] for place in kept),
        terms=np.array([i for i, place in enumerate(kept) if place in terms], dtype=np.int64),
        coefficients=beta,
        bread=(bread + bread.T) / 2,
        A=A,
        b=b,
        left_over=max(fit.squares - float(np.sum(right * beta)), 0.0),
        before=fit.before[[*kept, len(fit.names)]],
    )


def _estimated(fit: Solved, whole: Estimate, cluster: str | None) -> Estimate:
    errors = panel_errors(fit, PanelError.CR1, cluster, weighted=False)
    value, se, df = float(fit.coefficients[fit.terms[0]]), float(errors.se[0]), errors.df[0]
    reach = float(scipy.special.stdtrit(df, (1 + _LEVEL) / 2)) * se
    return attrs.evolve(
        whole,
        value=value,
        se=se,
        low=value - reach,
        high=value + reach,
        df=float(df),
        interval=errors.convention,
    )
