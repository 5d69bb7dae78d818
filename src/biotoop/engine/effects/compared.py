"""What a comparison of people yields: an effect, and how alike the sides were."""

from collections.abc import Mapping, Sequence

import attrs
import pyarrow as pa

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.balance import balance_rows
from biotoop.engine.effects.comparison import Comparison, estimate_of
from biotoop.engine.effects.diagnostics import BalanceRow
from biotoop.engine.effects.panel.pictures import ladder
from biotoop.engine.effects.panel.shown import as_html, as_lines, fixed, heads, line_of, p_value
from biotoop.engine.effects.panel.specifications import PanelCurve, chosen, in_order
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import difference_in_means
from biotoop.engine.effects.sample import Sample


@attrs.frozen(kw_only=True, eq=False)
class Compared:
    """An effect on people, with how alike the sides were.

    Attributes
    ----------
    outcome, term
        The columns.
    effect
        The estimate.
    raw
        The difference without any adjustment, with the same convention of the error.
    balance
        Each covariate before and after the adjustment.
    answer
        The estimate with the weights of the cells; microdata.
    sample
        The cells; microdata.
    asked
        How it was compared.
    engine
        Rows, cells and sides in words.
    """

    outcome: str
    term: str
    effect: Estimate
    raw: Estimate
    balance: tuple[BalanceRow, ...]
    answer: Answer
    sample: Sample
    asked: Comparison
    engine: Note

    def tidy(self) -> pa.Table:
        """Give a row for the effect and one without adjustment."""
        found = (self.effect, self.raw)
        return pa.table(
            {
                "term": [self.term, f"{self.term}, raw"],
                "estimate": [item.value for item in found],
                "std_error": [item.se for item in found],
                "df": [item.df for item in found],
                "p_value": [p_value(item) for item in found],
                "conf_low": [item.low for item in found],
                "conf_high": [item.high for item in found],
                "convention": [item.interval.text("en") if item.interval else "" for item in found],
            }
        )

    def balance_table(self) -> pa.Table:
        """Give a row for each covariate: means, and standardised differences."""
        names = (
            *("covariate", "treated_mean", "comparison_mean", "difference"),
            *("adjusted_difference", "variance_ratio"),
        )
        return pa.table({name: [getattr(row, name) for row in self.balance] for name in names})

    def again(
        self,
        *,
        adjust: str | None = None,
        estimand: str | None = None,
        error: str | None = None,
        cuts: Mapping[str, Sequence[float]] | None = None,
    ) -> "Compared":
        """Compare the same people in another way, from the same cells; no row is read again.

        Raises
        ------
        Refused
            These people cannot be compared so, or the choices do not go together.
        """
        asked = self.asked.changed(adjust=adjust, estimand=estimand, error=error, cuts=cuts)
        raw = self.raw if asked.kind is self.asked.kind else None
        return compared(asked, self.sample, self.effect.missing, self.engine, raw)

    def specification_curve(self, covariates: Sequence[str] | None = None) -> PanelCurve:
        """Compare again under every choice of covariates, on the same cells; no row is read again.

        Parameters
        ----------
        covariates
            Columns to take in or leave out, at most ten; all when not given. A power or product
            goes with its columns.

        Raises
        ------
        Refused
            A column is no covariate, or there are more than ten.
        """
        names = self.asked.columns if covariates is None else tuple(covariates)
        strange = [name for name in names if name not in self.asked.columns]
        if strange:
            raise Refused(
                "panel.refused.no_term", term=strange[0], terms=self.asked.columns or ("-",)
            )
        found, refused = [], []
        for choice in chosen(names):
            out = set(names) - set(choice)
            try:
                answer = self.asked.without(out).answer(self.asked.cut(self.sample, out))
            except Refused as refusal:
                refused.append((choice, refusal.why))
                continue
            found.append((choice, estimate_of(answer, self.sample, self.effect.missing)))
        return in_order(self.term, found, refused)

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
        """Draw the effect beside the raw difference, as SVG."""
        return ladder(self._title(language), self._named(language), language)

    def _named(self, language: Language) -> list[tuple[str, Estimate]]:
        raw = word("panel.shown", "compare_unadjusted", language)
        return [(self.term, self.effect), (f"{self.term}, {raw}", self.raw)]

    def _title(self, language: Language) -> str:
        return note(
            "panel.shown.compare_title",
            term=self.term,
            outcome=self.outcome,
            method=self.effect.method,
        ).text(language)

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        return [heads(language), *(line_of(*item, language) for item in self._named(language))]

    def _below(self, language: Language) -> list[str]:
        lines = [self.effect.interval.text(language)] if self.effect.interval else []
        lines += [item.text(language) for item in (*self._alike(language), self.engine)]
        caution = word("panel.shown", "caution", language)
        return [*lines, *(f"{caution}: {item.text(language)}" for item in self.effect.warnings)]

    def _alike(self, language: Language) -> list[Note]:
        if not self.balance:
            return []
        names = tuple(dict.fromkeys(row.covariate.partition("=")[0] for row in self.balance))
        assumes = note("panel.shown.compare_assumes", covariates=names, term=self.term)
        adjusted = [row for row in self.balance if row.adjusted_difference is not None]
        if not adjusted:
            worst = max(self.balance, key=lambda row: abs(row.difference))
            far = fixed(worst.difference, 2, language)
            return [
                note("panel.shown.compare_raw", covariate=worst.covariate, difference=far),
                assumes,
            ]
        worst = max(adjusted, key=lambda row: abs(row.adjusted_difference or 0.0))
        said = note(
            "panel.shown.compare_balance",
            covariate=worst.covariate,
            difference=fixed(worst.adjusted_difference, 2, language),
            before=fixed(worst.difference, 2, language),
        )
        return [said, assumes]


def compared(
    asked: Comparison, sample: Sample, missing: int, engine: Note, raw: Estimate | None = None
) -> Compared:
    """Compare, with the difference without adjustment beside it.

    Raises
    ------
    Refused
        These people cannot be compared so.
    """
    answer = asked.answer(sample)
    effect = estimate_of(answer, sample, missing)
    if asked.bare:
        raw = effect
    elif raw is None:
        plain = difference_in_means(sample, interval=asked.kind)
        raw = estimate_of(plain, sample, missing)
    return Compared(
        outcome=asked.outcome,
        term=asked.treatment,
        effect=effect,
        raw=raw,
        balance=balance_rows(sample, answer.weights),
        answer=answer,
        sample=sample,
        asked=asked,
        engine=engine,
    )
