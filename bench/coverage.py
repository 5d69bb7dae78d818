"""How often 95 % intervals hold the truth, over a fixed grid.

    python -m bench coverage [--repetitions N] [--small] [--json FILE] [--markdown FILE]

Panels: units in clusters over four periods, half of the clusters start in the third. People: at
one moment, some reached. The same seed and number of repetitions give the same shares. Cells in
which an estimator is not meant to hold are marked. ``--json`` writes after each part of the grid
and goes on where an earlier run with the same seed stopped; ``--markdown`` writes the table into a
page. The table for people and teams of other sizes is ``bench effects_coverage``.
"""

import argparse
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np

from bench.tools import drawn_panels, drawn_people
from biotoop.engine.effects.refusals import Refused

SEED = 20261123
SIZES, CLUSTERS = (40, 100, 400, 2000), (6, 12, 40)
SHAPES = ("normal", "skewed")
CHANCE, CHOSEN = "by chance", "by side and outcome"
ENDS = (CHANCE, CHOSEN)
LEAVING = ((0.0, CHANCE), (0.3, CHANCE), (0.3, CHOSEN))
ROUND, COUNTS = 200, ("held", "intervals", "refused")
FEWER = 4  # so many times fewer repetitions where nobody is meant to hold
FEW = 12  # clusters up to which CR1 and errors from influence are too small
WORLDS = (drawn_panels, drawn_people)


@attrs.frozen(kw_only=True)
class Part:
    """One part of the grid, in which all estimators see the same draws."""

    n: int
    clusters: int
    outcome: str
    lost: float
    leaving: str

    @property
    def seed(self) -> tuple[int, ...]:
        """Where its draws come from."""
        place = LEAVING.index((self.lost, self.leaving))
        return (SEED, self.n, self.clusters, SHAPES.index(self.outcome), place)


@attrs.frozen(kw_only=True)
class Cell:
    """One estimator in one part: how many intervals there were, and how many held the truth."""

    estimator: str
    n: int
    clusters: int
    outcome: str
    lost: float
    leaving: str
    meant: bool
    held: int
    intervals: int
    refused: int

    @property
    def share(self) -> float:
        """Share of the intervals that held the truth."""
        return self.held / self.intervals

    @property
    def tried(self) -> int:
        """Repetitions."""
        return self.intervals + self.refused

    @property
    def part(self) -> Part:
        """Where it stands in the grid."""
        return Part(**{name: getattr(self, name) for name in attrs.fields_dict(Part)})


def parts(*, small: bool) -> Iterator[Part]:
    """List the grid; the small one has the middle of it."""
    sizes, counts = ((100,), (12,)) if small else (SIZES, CLUSTERS)
    grid = list(itertools.product(sizes, counts, SHAPES, LEAVING))
    for size, count, outcome, left in sorted(grid, key=lambda place: place[-1][1] == CHOSEN):
        yield Part(n=size, clusters=count, outcome=outcome, lost=left[0], leaving=left[1])


def run(part: Part, turns: range) -> Iterator[Cell]:
    """Run every estimator in one part, for some repetitions."""
    for world in WORLDS:
        found: dict[str, list[bool]] = {name: [] for name in world.WAYS}
        for turn in turns:
            rng = np.random.default_rng([*part.seed, WORLDS.index(world), turn])
            drawn = world.draw(rng, part.n, part.clusters, part.outcome, part.lost, part.leaving)
            for name, way in world.WAYS.items():
                try:
                    found[name].append(bool(way.holds(drawn, turn)))
                except (Refused, np.linalg.LinAlgError):
                    continue
        for name, way in world.WAYS.items():
            meant = way.meant and part.leaving == CHANCE
            yield Cell(
                **attrs.asdict(part),
                estimator=name,
                meant=meant and (way.with_few or part.clusters > FEW),
                held=sum(found[name]),
                intervals=len(found[name]),
                refused=len(turns) - len(found[name]),
            )


Table = dict[tuple[Part, str], Cell]


def rounds(found: Table, repetitions: int, *, small: bool) -> Iterator[Table]:
    """Add repetitions to all parts in turn, so that a run that stops early has all of the grid."""
    whole = list(parts(small=small))
    for part_of in range(0, repetitions, ROUND):
        for part in whole:
            most = repetitions // FEWER if part.leaving == CHOSEN else repetitions
            done = max((cell.tried for cell in found.values() if cell.part == part), default=0)
            turns = range(done, min(part_of + ROUND, most))
            for cell in run(part, turns) if turns else ():
                old = found.get((part, cell.estimator))
                found[part, cell.estimator] = cell if old is None else attrs.evolve(
                    cell, **{k: getattr(old, k) + getattr(cell, k) for k in COUNTS}
                )  # fmt: skip
            if turns:
                yield found


def markdown(found: Iterable[Cell]) -> str:
    """Write a line for each estimator: lowest and highest share by number of clusters.

    Brackets mark where it is not meant to hold.
    """
    found = list(found)
    fewest = {way: min((c.tried for c in found if c.leaving == way), default=0) for way in ENDS}
    said = ", ".join(f"{fewest[way]:,} where people leave {way}" for way in ENDS)
    counts = sorted({cell.clusters for cell in found})
    heads = [
        *("estimator", *(f"{count} clusters" for count in counts)),
        *(f"leaving {CHOSEN}", "refused"),
    ]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    for name in dict.fromkeys(cell.estimator for cell in found):
        mine = [cell for cell in found if cell.estimator == name]
        usual = [cell for cell in mine if cell.leaving == CHANCE]
        shown = [_range([c for c in usual if c.clusters == count]) for count in counts]
        shown.append(_range([c for c in mine if c.leaving == CHOSEN]))
        refused = 100 * sum(c.refused for c in mine) / sum(c.tried for c in mine)
        lines.append(f"| {name} | {' | '.join(shown)} | {refused:.1f} % |")
    lines += ["", f"Repetitions in each cell: {said}; seed {SEED}."]
    return "\n".join(lines) + "\n"


def _range(cells: Sequence[Cell]) -> str:
    shares = [100 * cell.share for cell in cells if cell.intervals]
    if not shares:
        return "-"
    said = f"{min(shares):.1f}-{max(shares):.1f}"
    return said if all(cell.meant for cell in cells) else f"({said})"


def written(cells: Iterable[Cell]) -> str:
    """Write all cells as JSON, one on a line, with what each came to."""
    lines = [json.dumps(attrs.asdict(cell)) for cell in cells]
    return f'{{"seed": {SEED}, "cells": [\n' + ",\n".join(lines) + "\n]}\n"


def read(file: Path | None) -> Table:
    """Read what an earlier run with this seed came to."""
    if file is None or not file.exists():
        return {}
    old = json.loads(file.read_text("utf-8"))
    cells = [Cell(**cell) for cell in old["cells"]] if old["seed"] == SEED else []
    return {(cell.part, cell.estimator): cell for cell in cells}


def main() -> None:
    """Print the shares, or write them to a file or into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=2000)
    parser.add_argument("--small", action="store_true", help="one size and one number of clusters")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    options = parser.parse_args()
    found = read(options.json)
    for _ in rounds(found, options.repetitions, small=options.small):
        if options.json is not None:
            options.json.write_text(written(found.values()), "utf-8")
    if options.markdown is not None:
        page = options.markdown.read_text("utf-8")
        start, rest = page.split("<!-- coverage -->\n", 1)
        end = rest.split("<!-- /coverage -->", 1)[1]
        table = markdown(found.values())
        whole = f"{start}<!-- coverage -->\n{table}<!-- /coverage -->{end}"
        options.markdown.write_text(whole, "utf-8")
    if options.json is None and options.markdown is None:
        print(markdown(found.values()))


if __name__ == "__main__":
    main()
