"""Sentences that readers may see: without the small numbers that the engine wrote into them.

A sentence of which it is not known that it tells nothing of few people is not shown: what is new
is kept until it is written down here.
"""

import math
from collections.abc import Callable, Mapping

import attrs

from biotoop.engine.core.messages import Note, Param, note
from biotoop.engine.core.quantities import Fixed
from biotoop.engine.effects.diagnostics import Check, Group
from biotoop.engine.recipes.rounded_shown import in_short

KEPT_CHECK = "recipes.check_kept"
KEPT_REFUSAL = "recipes.refusal_kept"
_NOISE = 1e-9
_COUNTS = ("n", "reached", "others")
_HARMLESS = frozenset(
    f"effects.check.{name}"
    for name in (
        "few_clusters", "lot", "no_covariates", "no_earlier_wave", "hidden_differences",
        "hidden_unsized", "other_causes", "spillover",
    )
)  # fmt: skip
# refusals about the plan, the design or the files: their text holds no figure of people
_OF_THE_PLAN = frozenset(
    f"effects.refused.{name}"
    for name in (
        "areas_without_clusters", "persons_without_reason", "whole_areas", "one_each",
        "nearly_whole_areas", "finer_clusters",
        "not_identified", "no_clusters", "one_cluster", "clusters_decide", "cr2_weighted",
        "no_convergence", "overlap_only", "trimmed_empty", "no_match", "term", "no_waves",
        "no_such_wave", "no_key", "no_treatment", "empty_side", "one_area_each", "one_area",
        "empty_area", "empty_quarter", "no_covariates", "adjusted_change", "not_for_other_people",
        "no_measure", "no_dataset",
    )
)  # fmt: skip
# refusals that say the same to readers without their figures
_WITHOUT_FIGURES = {
    f"effects.refused.{name}": f"recipes.refusal.{name}"
    for name in ("too_few_rows", "nobody_left", "twice")
}


@attrs.frozen(kw_only=True)
class Words:
    """What must be known to write the sentences of one analysis for readers.

    Attributes
    ----------
    base
        Counts of people who fell out are rounded to this.
    groups
        Both sides, as the team sees them.
    kept
        Characteristics and placebos that readers may not see.
    """

    base: int
    groups: tuple[Group, ...]
    kept: frozenset[str]

    def check(self, found: Check) -> Check:
        """Give a check with its sentence for readers."""
        return attrs.evolve(found, found=self.of_check(found.found))

    def of_check(self, said: Note) -> Note:
        """Write the sentence of a check; one that is not known is kept."""
        if said.code in _HARMLESS:
            return said
        writers: Mapping[str, Callable[[Note], Note]] = {
            "attrition": self._attrition,
            "balance": self._unless_kept,
            "extrapolation": self._unless_kept,
            "placebo": self._unless_kept,
            "trend": self._unless_kept,
            "placebo_refused": self._with_reason,
            "trend_refused": self._with_reason,
            "unmatched": self._share,
            "overlap": self._overlap,
            "weights": self._weights,
        }
        if said.code.startswith("effects.refused."):
            return refusal_for_readers(said)
        write = writers.get(said.code.removeprefix("effects.check."))
        return note(KEPT_CHECK) if write is None else write(said)

    def rounded(self, count: float) -> int:
        """Round a number of people or rows."""
        return self.base * round(count / self.base)

    def _attrition(self, _: Note) -> Note:
        """Say how many fell out on a side at most: true, in steps that hold a few people.

        Shares of rounded counts would not be true, and nil would tell that everyone is there. Two
        figures, such as a share and how far the sides are apart, would cut each other's steps.
        """
        rows = [group.n + group.missing for group in self.groups]
        if not rows or not all(rows):
            return note(KEPT_CHECK)
        most = max(100 * group.attrition for group in self.groups)
        return note(
            "recipes.check_attrition",
            rows=Fixed(self.rounded(sum(rows)), 0),
            share=self._at_most(most, min(rows)),
        )

    def _at_most(self, share: float, rows: int) -> int:
        """Round a share up to a step of 5 % that is never fewer people than the base."""
        step = 5 * math.ceil(100 * self.base / rows / 5)
        return min(max(step * math.ceil(share / step - _NOISE), step), 100)

    def _unless_kept(self, said: Note) -> Note:
        named = said.params.get("covariate", said.params.get("name"))
        return note(KEPT_CHECK) if named in self.kept else in_short(said)

    def _with_reason(self, said: Note) -> Note:
        reason = said.params.get("reason")
        if not isinstance(reason, Note):
            return note(KEPT_CHECK)
        return note(said.code, **{**said.params, "reason": refusal_for_readers(reason)})

    def _share(self, said: Note) -> Note:
        return note(said.code, share=_to_five(said.params.get("share")))

    def _overlap(self, said: Note) -> Note:
        """Leave the ends out: each is the chance of one person."""
        return note("recipes.check_overlap", share=_to_five(said.params.get("share")))

    def _weights(self, said: Note) -> Note:
        largest = said.params.get("largest")
        whole = math.ceil(largest) if isinstance(largest, int | float) else 0
        left: dict[str, Param] = {
            name: self.rounded(value)
            for name, value in said.params.items()
            if name in ("treated", "comparison") and isinstance(value, int | float)
        }
        return note(said.code, **{**said.params, **left, "largest": whole})

    def warning(self, said: Note) -> Note:
        """Write a warning: people who fell out are rounded."""
        counts: dict[str, Param] = {
            name: self.rounded(value)
            for name, value in said.params.items()
            if name in _COUNTS and isinstance(value, int)
        }
        return note(said.code, **{**said.params, **counts}) if counts else said

    def reason_of_level(self, said: Note) -> Note:
        """Write why a level is what it is: what was found in it follows the rules of checks."""
        inner = said.params.get("check")
        if not isinstance(inner, Note) or inner.code.startswith("effects.check_name."):
            return said
        return note(said.code, **{**said.params, "check": self.of_check(inner)})


def _to_five(share: Param) -> float:
    return 5.0 * round(share / 5) if isinstance(share, int | float) else 0.0


def refusal_for_readers(said: Note) -> Note:
    """Say why there is no number, without telling what a handful of people have in common.

    What is about the plan, the design or the files is said as it is; a reason that is not known
    is kept.
    """
    if said.code in _OF_THE_PLAN:
        return said
    return note(_WITHOUT_FIGURES.get(said.code, KEPT_REFUSAL))
