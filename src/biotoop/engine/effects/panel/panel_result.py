"""What a regression with effects of units and periods yields."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.datasets.store import RowProducts, WithinProducts
from biotoop.engine.effects.panel.bootstraps import (
    DRAWS,
    PairsBootstrap,
    WildBootstrap,
    pairs_bootstrap,
    wild_bootstrap,
)
from biotoop.engine.effects.panel.cluster_errors import require_clusters
from biotoop.engine.effects.panel.hidden import Hidden, hidden_differences
from biotoop.engine.effects.panel.pictures import ladder
from biotoop.engine.effects.panel.randomisation import DRAWS as MOST_LOTS
from biotoop.engine.effects.panel.randomisation import Lots, Randomisation, randomise
from biotoop.engine.effects.panel.row_wise import spill_of
from biotoop.engine.effects.panel.shown import as_html, as_lines, heads, line_of, p_value
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.panel.specifications import PanelCurve, specification_curve
from biotoop.engine.effects.refusals import Refused


@attrs.frozen(kw_only=True, eq=False)
class FixedEffects:
    """A two-way fixed effects regression, with all that is needed to ask further.

    Attributes
    ----------
    outcome, effects, cluster
        The columns: effects are the unit, the period and others; cluster is None for a classical
        error.
    terms
        The estimates by covariate, the one in question first.
    covariance
        Of the covariates, shape (k, k).
    fit
        The solved equations, from which bootstraps and other errors come.
    products
        The sums that they came from; microdata.
    within_r2
        Share of the variation within units and periods that the covariates explain.
    warnings
        What a reader must know.
    choice
        Which way it was computed, and why.
    engine
        How it was computed: rows, units, memory, data engine.
    seconds
        What it took, by the clock that the caller gave; None without one.
    """

    outcome: str
    effects: tuple[str, ...]
    cluster: str | None
    terms: dict[str, Estimate]
    covariance: np.ndarray
    fit: Solved
    products: WithinProducts | RowProducts
    within_r2: float
    warnings: tuple[Note, ...] = ()
    engine: Note
    choice: Note | None = None
    seconds: float | None = None

    @property
    def effect(self) -> Estimate:
        """The estimate of the covariate in question, the first of the formula."""
        return next(iter(self.terms.values()))

    def tidy(self) -> pa.Table:
        """Give a row for each covariate: term, estimate, error, t, df, p, interval."""
        found = list(self.terms.values())
        return pa.table(
            {
                "term": list(self.terms),
                "estimate": [item.value for item in found],
                "std_error": [item.se for item in found],
                "statistic": [item.value / item.se if item.se else None for item in found],
                "df": [item.df for item in found],
                "p_value": [p_value(item) for item in found],
                "conf_low": [item.low for item in found],
                "conf_high": [item.high for item in found],
                "convention": [item.interval.text("en") if item.interval else "" for item in found],
            }
        )

    def bootstrap(
        self, *, seed: int, draws: int = DRAWS, term: str | None = None
    ) -> PairsBootstrap:
        """Draw clusters with replacement; no row is read again."""
        self.stored("bootstrap()")
        return pairs_bootstrap(
            self.fit, term or next(iter(self.terms)), self.stored_clusters, seed=seed, draws=draws
        )

    def wild_bootstrap(
        self, *, seed: int, draws: int = DRAWS, term: str | None = None, value: float = 0.0
    ) -> WildBootstrap:
        """Test an effect by the wild cluster bootstrap (for few clusters); no row is read again.

        With rows in memory these must have been kept (``keep_rows=True``).
        """
        name, spill = term or next(iter(self.terms)), None
        if isinstance(self.products, RowProducts):
            require_clusters(self.fit, "wild bootstrap", self.cluster)
            spill = spill_of(self.products, self.fit, name)
        return wild_bootstrap(
            self.fit,
            name,
            self.stored_clusters if spill is None else self.cluster,
            seed=seed,
            draws=draws,
            value=value,
            spill=spill,
        )

    def randomisation(
        self,
        *,
        seed: int,
        draws: int = MOST_LOTS,
        value: float = 0.0,
        statistic: str = "t",
        strata: Mapping[str, str] | None = None,
    ) -> Randomisation:
        """Test the effect by assigning whole clusters again; no row is read again."""
        products = self.stored("randomisation()")
        lots = Lots(seed=seed, draws=draws, value=value, statistic=statistic, strata=strata)
        term = next(iter(self.terms))
        return randomise(products, self.fit, term, self.stored_clusters, lots)

    def specification_curve(self, covariates: Sequence[str] | None = None) -> PanelCurve:
        """Show the effect under every choice of covariates, all on the same rows."""
        asked = dict.fromkeys(name.partition("=")[0] for name in list(self.terms)[1:])
        chosen = tuple(asked) if covariates is None else tuple(covariates)
        unknown = [name for name in chosen if name not in asked]
        if unknown:
            raise Refused("panel.refused.no_term", term=unknown[0], terms=tuple(asked))
        by_rows = isinstance(self.products, RowProducts)
        clusters = self.cluster if by_rows else self.stored_clusters
        return specification_curve(self.fit, self.effect, clusters, chosen)

    def stored(self, method: str) -> WithinProducts:
        """Give the products within units; effects across clusters leave none to draw from."""
        if isinstance(self.products, WithinProducts):
            return self.products
        raise Refused("panel.refused.rows_only", method=method)

    @property
    def stored_clusters(self) -> str | None:
        """The clusters of which products are kept; units have none."""
        return None if self.cluster == self.effects[0] else self.cluster

    def sensitivity(self, *, benchmark: str | None = None) -> Hidden:
        """Tell how strong something unmeasured must be to explain the effect away."""
        return hidden_differences(self.fit, next(iter(self.terms)), benchmark=benchmark)

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
        """Draw the covariates with their intervals, as SVG."""
        return ladder(self._title(language), list(self.terms.items()), language)

    def _title(self, language: Language) -> str:
        return note("panel.shown.title", outcome=self.outcome, effects=self.effects).text(language)

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        lines = [line_of(name, found, language) for name, found in self.terms.items()]
        return [heads(language), *lines]

    def _below(self, language: Language) -> list[str]:
        convention = self.effect.interval
        lines = [convention.text(language)] if convention else []
        lines += [self.choice.text(language)] if self.choice else []
        lines.append(self.engine.text(language))
        if self.seconds is not None:
            lines.append(note("panel.shown.seconds", seconds=round(self.seconds, 2)).text(language))
        caution = word("panel.shown", "caution", language)
        return [*lines, *(f"{caution}: {item.text(language)}" for item in self.warnings)]
