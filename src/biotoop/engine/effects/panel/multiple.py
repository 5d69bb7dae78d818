"""Several results at once, corrected for each other: outcomes, or groups registered beforehand."""

from collections.abc import Mapping
from itertools import chain

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.messages import Language, Note, note, word
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.multiplicity import benjamini_hochberg, holm, romano_wolf
from biotoop.engine.effects.panel.assignments import cluster_names
from biotoop.engine.effects.panel.bootstraps import DRAWS, Bend, signs_of
from biotoop.engine.effects.panel.cluster_errors import require_clusters
from biotoop.engine.effects.panel.panel_result import FixedEffects
from biotoop.engine.effects.panel.pictures import ladder
from biotoop.engine.effects.panel.shown import as_html, as_lines, chance, heads, line_of, p_value
from biotoop.engine.effects.refusals import Refused

_WAYS = ("holm", "benjamini_hochberg", "romano_wolf")


@attrs.frozen(kw_only=True, eq=False)
class Multiple:
    """Results with p-values that are corrected for each other.

    Attributes
    ----------
    results
        The results by name.
    p, holm, benjamini_hochberg, romano_wolf
        Of the effect in question of each, in that order, shape (m,).
    method
        What was done, in words.
    """

    results: Mapping[str, FixedEffects]
    p: Vector
    holm: Vector
    benjamini_hochberg: Vector
    romano_wolf: Vector
    method: Note

    def tidy(self) -> pa.Table:
        """Give a row for each result."""
        effects = [found.effect for found in self.results.values()]
        return pa.table(
            {
                "test": list(self.results),
                "estimate": [item.value for item in effects],
                "std_error": [item.se for item in effects],
                "p_value": self.p,
                "holm": self.holm,
                "benjamini_hochberg": self.benjamini_hochberg,
                "romano_wolf": self.romano_wolf,
            }
        )

    def text(self, language: Language = "en") -> str:
        """Write the results in lines for a terminal."""
        rows = as_lines(self._rows(language))
        return "\n".join([self._title(language), *rows, self.method.text(language)])

    def __str__(self) -> str:
        """Write the results in English."""
        return self.text("en")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(
            self._title("en"), self._rows("en"), [self.method.text("en")], self.picture()
        )

    def picture(self, language: Language = "en") -> str:
        """Draw the effects with their intervals, as SVG; these are not corrected."""
        rows = [(name, found.effect) for name, found in self.results.items()]
        return ladder(note("panel.picture.tests", tests=len(rows)).text(language), rows, language)

    def _title(self, language: Language) -> str:
        return note("panel.shown.multiple_title", tests=len(self.results)).text(language)

    def _rows(self, language: Language) -> list[tuple[str, ...]]:
        extra = tuple(word("panel.shown", key, language) for key in _WAYS)
        rows = [(*heads(language), *extra)]
        for place, (name, found) in enumerate(self.results.items()):
            ways = (self.holm, self.benjamini_hochberg, self.romano_wolf)
            more = (chance(float(way[place]), language) for way in ways)
            rows.append((*line_of(name, found.effect, language), *more))
        return rows


def multiple_testing(
    results: Mapping[str, FixedEffects], *, seed: int, draws: int = DRAWS
) -> Multiple:
    """Correct results for each other: by Holm, Benjamini-Hochberg and Romano-Wolf.

    For Romano-Wolf the wild cluster bootstrap turns the same clusters around in all results at
    once, with no effect in any; no row is read again.

    Parameters
    ----------
    results
        Two or more, by name, all with the same column of clusters: other outcomes, or other
        groups of people (``where=...``).
    seed
        For drawing.
    draws
        Draws of signs of clusters.

    Raises
    ------
    Refused
        There are fewer than two results, or they have no clusters, or different ones.
    """
    if len(results) < 2:
        raise Refused("panel.refused.no_tests")
    columns = tuple(dict.fromkeys(str(found.stored_clusters) for found in results.values()))
    if len(columns) > 1:
        raise Refused("panel.refused.other_clusters", clusters=columns)
    for found in results.values():
        require_clusters(found.fit, "Romano-Wolf", found.stored_clusters)
    names = {name: cluster_names(found.stored("Romano-Wolf")) for name, found in results.items()}
    everywhere = tuple(dict.fromkeys(chain.from_iterable(names.values())))
    V, kind = signs_of(len(everywhere), draws, seed)
    far, drawn = _statistics(results, names, everywhere, V)
    p = np.array([p_value(found.effect) or 0.0 for found in results.values()])
    return Multiple(
        results=results,
        p=p,
        holm=holm(p),
        benjamini_hochberg=benjamini_hochberg(p),
        romano_wolf=romano_wolf(far, drawn, every=kind == "every"),
        method=note(
            "panel.shown.multiple_method",
            draws=len(V),
            clusters=len(everywhere),
            cluster=columns[0],
            seed=seed,
        ),
    )


def _statistics(
    results: Mapping[str, FixedEffects],
    names: Mapping[str, tuple[str, ...]],
    everywhere: tuple[str, ...],
    V: Matrix,
) -> tuple[Vector, Matrix]:
    """Give the sizes of the statistics, shape (m,), and in each draw, shape (B, m)."""
    place = {name: i for i, name in enumerate(everywhere)}
    far, drawn = [], []
    for name, found in results.items():
        mine = [place[cluster] for cluster in names[name]]
        bend = Bend.of(found.fit, found.fit.place(next(iter(found.terms))), V[:, mine])
        own, others = bend.statistics(0.0)
        far.append(own)
        drawn.append(others)
    return np.array(far), np.array(drawn).T
