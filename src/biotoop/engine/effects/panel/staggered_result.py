"""What a comparison of groups that start at different moments yields."""

import attrs
import numpy as np
import pyarrow as pa
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.effects.panel.cohorts import Control
from biotoop.engine.effects.panel.pictures import event_plot
from biotoop.engine.effects.panel.shown import as_html, as_lines, heads, line_of, p_value
from biotoop.engine.effects.refusals import Refused

_LEVEL = 0.95


@attrs.frozen(kw_only=True)
class PreTrend:
    """A joint test that nothing happened before the start: chi-square, with its p-value."""

    statistic: float
    df: int
    p: float


@attrs.frozen(kw_only=True)
class Honest:
    """An interval that holds when trends were not parallel, but not worse than before the start.

    Attributes
    ----------
    times
        How many times the largest move from period to period before the start is allowed for.
    low, high
        The interval.
    """

    times: float
    low: float
    high: float


@attrs.frozen(kw_only=True, eq=False)
class Staggered:
    """Effects by cohort and period, and taken together.

    Attributes
    ----------
    outcome, cluster, control, universal
        The choices.
    effect
        Over all cohorts and periods after the start, by size of the cohort.
    event_effect, cohort_effect
        Mean of the event study after the start; mean of the cohorts by their size.
    cells, cell_effects
        Start and period of each effect, and the effects.
    events
        By number of periods since the start, below 0 before it.
    event_covariance
        Of ``events``, in their order.
    cohorts, periods
        By start, and by period.
    pre_trend
        Joint test of what came before; None when there is nothing before.
    warnings
        What a reader must know.
    engine
        How it was computed.
    seconds
        What it took, by the clock that the caller gave.
    """

    outcome: str
    cluster: str
    control: Control
    universal: bool
    effect: Estimate
    event_effect: Estimate
    cohort_effect: Estimate
    cells: tuple[tuple[str, str], ...]
    cell_effects: tuple[Estimate, ...]
    events: dict[int, Estimate]
    event_covariance: np.ndarray
    cohorts: dict[str, Estimate]
    periods: dict[str, Estimate]
    pre_trend: PreTrend | None
    warnings: tuple[Note, ...] = ()
    engine: Note
    seconds: float | None = None

    def tidy(self) -> pa.Table:
        """Give a row for each cohort and period."""
        return _table(
            {"start": [item[0] for item in self.cells], "period": [item[1] for item in self.cells]},
            self.cell_effects,
        )

    def event_study(self) -> pa.Table:
        """Give a row for each number of periods since the start."""
        return _table({"since": list(self.events)}, tuple(self.events.values()))

    def honest(self, times: float = 1.0, *, since: int = 0) -> Honest:
        """Give an interval that allows for trends that were not parallel (relative magnitudes).

        The gap between the groups may move from one period to the next by ``times`` the largest
        move before the start (Rambachan & Roth 2023). That largest move is estimated too; both
        are bounded together (Bonferroni), so the interval errs on the wide side.

        Parameters
        ----------
        times
            How many times as large a move after the start may be.
        since
            Which effect: so many periods since the start.

        Raises
        ------
        Refused
            There is no period before the start, or no such effect.
        """
        if self.universal:
            raise Refused("panel.refused.honest_universal")
        before = [found for key, found in self.events.items() if key < 0]
        if not before or since not in self.events or since < 0:
            raise Refused("panel.refused.honest_before", since=since)
        found, half = self.events[since], (1 - _LEVEL) / 2
        apart = float(scipy.special.ndtri(1 - half / (2 * len(before))))
        most = max(abs(item.value) + apart * (item.se or 0.0) for item in before)
        reach = float(scipy.special.ndtri(1 - half / 2)) * (found.se or 0.0)
        reach += times * (since + 1) * most
        return Honest(times=times, low=found.value - reach, high=found.value + reach)

    def breakdown(self, *, since: int = 0) -> float:
        """Give how many times the largest move before the start explains an effect away."""
        none, one = self.honest(0.0, since=since), self.honest(1.0, since=since)
        per = (one.high - one.low - (none.high - none.low)) / 2
        left = max(none.low, -none.high, 0.0)
        return left / per if per > 0 else float(np.inf)

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
        """Draw the event study, as SVG; what came before the start is hollow."""
        return event_plot(self._title(language), list(self.events.items()), language)

    def _title(self, language: Language) -> str:
        return note(f"panel.shown.staggered_{self.control.value}", outcome=self.outcome).text(
            language
        )

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        since = word("panel.shown", "since", language)
        lines = [line_of(word("panel.shown", "overall", language), self.effect, language)]
        lines += [line_of(f"{since} {key:+d}", item, language) for key, item in self.events.items()]
        return [heads(language), *lines]

    def _below(self, language: Language) -> list[str]:
        lines = []
        if self.pre_trend is not None:
            lines.append(
                note(
                    "panel.shown.pre_trend",
                    percent=round(100 * self.pre_trend.p, 1),
                    statistic=round(self.pre_trend.statistic, 2),
                    df=self.pre_trend.df,
                ).text(language)
            )
        lines += [self.effect.interval.text(language)] if self.effect.interval else []
        lines.append(self.engine.text(language))
        if self.seconds is not None:
            lines.append(note("panel.shown.seconds", seconds=round(self.seconds, 2)).text(language))
        caution = word("panel.shown", "caution", language)
        return [*lines, *(f"{caution}: {item.text(language)}" for item in self.warnings)]


def _table(
    keys: dict[str, list[str]] | dict[str, list[int]], found: tuple[Estimate, ...]
) -> pa.Table:
    return pa.table(
        {
            **keys,
            "estimate": [item.value for item in found],
            "std_error": [item.se for item in found],
            "p_value": [p_value(item) for item in found],
            "conf_low": [item.low for item in found],
            "conf_high": [item.high for item in found],
        }
    )
