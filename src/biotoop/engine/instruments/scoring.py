"""From answers to scores: reversal, points, missing answers, conversion and bands.

A person whose answers do not allow a score gets no score (nan) with the reason, never a zero.
"""

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray

from biotoop.engine.core.messages import Note, note
from biotoop.engine.instruments.conversion import Conversion, apply_tariff, convert_totals
from biotoop.engine.instruments.faults import (
    ConversionNeeded,
    UnknownCutOffs,
    WrongConversion,
)
from biotoop.engine.instruments.model import CutOffs, Instrument, Scale, ScoringRule, Verified
from biotoop.engine.instruments.points import Columns, Floats, item_points, point_limits

Ints = NDArray[np.int64]
_MEANS = (ScoringRule.MEAN, ScoringRule.RESCALED)


@attrs.frozen(kw_only=True, eq=False)
class ScaleScores:
    """The scores of a group of people on one scale.

    Attributes
    ----------
    instrument, scale
        Codes of the instrument and the scale.
    values
        Scores, shape (n,); nan where there is no score.
    answered
        Items answered by each person, shape (n,).
    n
        People in the data.
    scored
        People with a score.
    too_many_missing
        People without a score because too many answers are missing.
    outside_table
        People without a score because the conversion table has no line for them.
    cutoffs
        Code of the cut-offs used, or None.
    bands
        Codes of the bands, low to high.
    band
        Place of each person in ``bands``, shape (n,); -1 without a score.
    notes
        What a reader must know: prorated scores, cut-offs from memory, cautions.
    """

    instrument: str
    scale: str
    values: Floats
    answered: Ints
    n: int
    scored: int
    too_many_missing: int
    outside_table: int
    cutoffs: str | None
    bands: tuple[str, ...]
    band: Ints
    notes: tuple[Note, ...]

    def in_band(self, code: str) -> int:
        """Count the people in a band.

        Raises
        ------
        ValueError
            The cut-offs have no such band.
        """
        return int(np.count_nonzero(self.band == self.bands.index(code)))


def score(
    instrument: Instrument,
    scale: Scale,
    columns: Columns,
    *,
    conversion: Conversion | None = None,
    groups: ArrayLike | None = None,
    cutoffs: str | None = None,
) -> ScaleScores:
    """Score a scale for a group of people.

    Parameters
    ----------
    instrument, scale
        The instrument and the scale of it.
    columns
        Answer codes by item, each of shape (n,); nan is missing. Other columns are ignored.
    conversion
        The user's table, for scales with rule ``converted`` or ``tariff``.
    groups
        Group of each person, shape (n,), when that table is apart for groups.
    cutoffs
        Code of the cut-offs to use; by default the first of the scale.

    Raises
    ------
    FaultyAnswers
        A column is absent, columns differ in length, or a code is out of range.
    ConversionNeeded, WrongConversion
        The scale needs a table that is not given, or the table is of another scale.
    UnknownCutOffs
        The scale has no cut-offs by that code.
    """
    _check_conversion(instrument, scale, conversion)
    cuts = _cutoffs(scale, cutoffs)
    points = item_points(instrument, scale, columns)
    answered = np.count_nonzero(~np.isnan(points), axis=1)
    raw, enough = _raw_total(instrument, scale, points)
    labels = None if groups is None else np.asarray(groups, str)
    turned = _turn(instrument, scale, points, raw, conversion, labels)
    values = np.where(enough, turned, np.nan)
    outside = enough & np.isnan(values)
    return ScaleScores(
        instrument=instrument.code,
        scale=scale.id,
        values=values,
        answered=answered,
        n=len(values),
        scored=int(np.count_nonzero(~np.isnan(values))),
        too_many_missing=int(np.count_nonzero(~enough)),
        outside_table=int(np.count_nonzero(outside)),
        cutoffs=None if cuts is None else cuts.code,
        bands=() if cuts is None else tuple(band.code for band in cuts.bands),
        band=place_in_bands(cuts, values),
        notes=_notes(instrument, scale, cuts, _guessed(values, answered, len(scale.items))),
    )


def _raw_total(
    instrument: Instrument, scale: Scale, points: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the raw total (nan-free where it counts) and who answered enough."""
    if not scale.parts:
        return _raw(scale, points), _enough(scale, points)
    total = np.zeros(len(points))
    enough = np.ones(len(points), dtype=bool)
    for key in scale.parts:
        part = instrument.scale(key)
        own = points[:, [scale.items.index(item) for item in part.items]]
        total += _raw(part, own)
        enough &= _enough(part, own)
    return total, enough


def _enough(scale: Scale, points: Floats) -> NDArray[np.bool_]:
    least = max(len(scale.items) - scale.missing.max_missing, 1)
    found: NDArray[np.bool_] = np.count_nonzero(~np.isnan(points), axis=1) >= least
    return found


def _raw(scale: Scale, points: Floats) -> Floats:
    """Give the sum, or the mean of what was answered where the rule asks for that."""
    count = np.count_nonzero(~np.isnan(points), axis=1)
    total: Floats = np.nansum(points, axis=1)
    mean: Floats = total / np.maximum(count, 1)
    if scale.rule in _MEANS:
        return mean
    if not scale.missing.prorate:
        return total
    full: Floats = mean * len(scale.items)
    rounded: Floats = np.floor(full + 0.5)
    return rounded if scale.whole else full


def _turn(
    instrument: Instrument,
    scale: Scale,
    points: Floats,
    raw: Floats,
    conversion: Conversion | None,
    groups: NDArray[np.str_] | None,
) -> Floats:
    """Turn raw totals into scores: as they are, rescaled, or by the user's table."""
    if conversion is not None and scale.rule == ScoringRule.TARIFF:
        lowest = np.array([instrument.item(key).min for key in scale.items])
        return apply_tariff(conversion, scale.items, lowest, points)
    if conversion is not None and scale.rule == ScoringRule.CONVERTED:
        return convert_totals(conversion, raw, groups)
    if scale.rule == ScoringRule.RESCALED and scale.low is not None and scale.high is not None:
        least, most = point_limits(instrument, scale)
        return scale.low + (raw - least) * ((scale.high - scale.low) / (most - least))
    return raw


def _guessed(values: Floats, answered: Ints, items: int) -> int:
    """Count who has a score although answers are missing."""
    return int(np.count_nonzero(~np.isnan(values) & (answered < items)))


def place_in_bands(cuts: CutOffs | None, values: Floats) -> Ints:
    """Give the place of each score in the bands, shape (n,); -1 without a score or bands."""
    place = np.full(values.shape, -1, dtype=np.int64)
    if cuts is None:
        return place
    for number, band in enumerate(cuts.bands):
        place[(values > band.low) if band.above else (values >= band.low)] = number
    return place


def _check_conversion(instrument: Instrument, scale: Scale, conversion: Conversion | None) -> None:
    needed = {ScoringRule.CONVERTED: "totals", ScoringRule.TARIFF: "values"}.get(scale.rule)
    if needed is None:
        return
    if conversion is None:
        raise ConversionNeeded(instrument=instrument.code, scale=scale.id)
    same = (conversion.instrument, conversion.scale) == (instrument.code, scale.id)
    if not same or not getattr(conversion, needed):
        given = f"{conversion.instrument} {conversion.scale}"
        raise WrongConversion(instrument=instrument.code, scale=scale.id, given=given)


def _cutoffs(scale: Scale, code: str | None) -> CutOffs | None:
    if code is None:
        return scale.cutoffs[0] if scale.cutoffs else None
    for cuts in scale.cutoffs:
        if cuts.code == code:
            return cuts
    allowed = tuple(cuts.code for cuts in scale.cutoffs)
    raise UnknownCutOffs(scale=scale.id, given=code, allowed=allowed)


def _notes(
    instrument: Instrument, scale: Scale, cuts: CutOffs | None, guessed: int
) -> tuple[Note, ...]:
    found: list[Note] = []
    if guessed:
        code = "prorated" if scale.missing.prorate else "partly_answered"
        found.append(note(f"instruments.{code}", count=guessed))
    if cuts is not None and cuts.source.verified == Verified.FROM_MEMORY:
        found.append(note("instruments.cutoffs_from_memory", source=cuts.source.text))
    if scale.source.verified == Verified.FROM_MEMORY:
        found.append(note("instruments.rule_from_memory", source=scale.source.text))
    found.extend(note("instruments.caution", text=item.text) for item in instrument.cautions)
    return tuple(found)
