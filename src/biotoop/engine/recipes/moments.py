"""When something was measured: the moments of an effect, or the period of the study."""

import datetime as dt

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.codebook import Codebook, Wave
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.recipes.study import Study


def moments_in_words(study: Study, codebook: Codebook | None, finding: EffectFinding) -> Note:
    """Name the moments that a finding compares with their dates; without moments, the period."""
    if codebook is None or not finding.waves:
        return note(
            "recipes.answer.period", start=day(study.period.start), end=day(study.period.end)
        )
    known = {wave.id: wave for wave in codebook.dataset(finding.dataset).waves}
    named = tuple(_moment(known[name]) for name in finding.waves)
    if len(named) == 1:
        return note("recipes.answer.measured_at", moment=named[0])
    return note("recipes.answer.measured_from", before=named[0], after=named[-1])


def _moment(wave: Wave) -> Note:
    if wave.date is None:
        return note("recipes.answer.moment_undated", label=wave.label)
    return note("recipes.answer.moment", label=wave.label, day=day(wave.date))


def day(date: dt.date) -> Note:
    """Write a day in the language of the reader."""
    month = note(f"reports.month.{date.month}")
    return note("recipes.answer.day", day=date.day, month=month, year=str(date.year))
