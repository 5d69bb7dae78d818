"""Whether both sides have people alike, and how much an answer leans on few of them."""

from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Mask, Vector
from biotoop.engine.effects.diagnostics import WeightsDiagnostics
from biotoop.engine.effects.influence import effective_n
from biotoop.engine.effects.propensity import fit_propensity
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.sums import dot


def support(chance: Vector, n: Vector, treated: Mask) -> tuple[float, float, float]:
    """Give the range of chances that both sides share, and the share of the reached outside it."""
    low = max(float(chance[treated].min()), float(chance[~treated].min()))
    high = min(float(chance[treated].max()), float(chance[~treated].max()))
    outside = treated & ((chance < low) | (chance > high))
    return low, high, float(n[outside].sum() / n[treated].sum())


def chance_of(sample: Sample) -> Vector | Refused:
    """Give the chance to be reached, or why there is none."""
    try:
        return fit_propensity(
            sample.X, n=sample.n, treated=sample.treated, names=sample.names
        ).chance
    except Refused as refusal:
        return refusal


def weights_of(sample: Sample, answer: Answer) -> WeightsDiagnostics | None:
    """Tell how much the answer leans on few people; None without weights."""
    if answer.weights is None:
        return None
    sides = [answer.weights * sample.treated, answer.weights * ~sample.treated]
    out = ~answer.used
    low = high = None
    if answer.propensity is not None:
        used = answer.used
        low, high, _ = support(answer.propensity[used], sample.n[used], sample.treated[used])
    return WeightsDiagnostics(
        treated_effective_n=effective_n(sample.n, sides[0]),
        comparison_effective_n=effective_n(sample.n, sides[1]),
        largest_share=max(float(side.max()) / dot(sample.n, side) for side in sides),
        unused_treated=sample.count(out & sample.treated),
        unused_comparison=sample.count(out & ~sample.treated),
        overlap_low=low,
        overlap_high=high,
    )
