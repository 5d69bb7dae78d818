"""Run a benchmark, or another long calculation, by its name.

python -m bench                                   list the names
python -m bench pooled [--rows N] [--json]        time us and others on the same task
python -m bench replications [its own options]
"""

import argparse
import json
import os
import runpy
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import attrs

from bench.harness import Broken, Contest, Disagreement, Row, Setting
from bench.harness_rounds import FEWEST_RUNS, contest_rows

HERE = Path(__file__).parent


def names() -> list[str]:
    """List what can be run: every file here but the harness."""
    files = (path.stem for path in HERE.glob("*.py"))
    return sorted(name for name in files if not name.startswith(("__", "harness")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; the exit code is 1 when answers differ or a tool breaks."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given.pop(0) if given and not given[0].startswith("-") else ""
    if name not in names():
        print(f"usage: python -m bench NAME [options]; NAME is one of: {', '.join(names())}",
              file=sys.stderr)  # fmt: skip
        return 2
    if not _is_contest(name):
        sys.argv = [f"bench.{name}", *given]
        runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
        return 0
    return _compete(name, import_module(f"bench.{name}").CONTESTS, given)


def _is_contest(name: str) -> bool:
    """Tell from the text, as importing the others brings much along."""
    spec = find_spec(f"bench.{name}")
    return "\nCONTESTS" in Path(spec.origin).read_text("utf-8")


def _compete(name: str, contests: Sequence[Contest], arguments: Sequence[str]) -> int:
    options = _parser(name).parse_args(arguments)
    if options.runs < FEWEST_RUNS:
        print(f"--runs must be at least {FEWEST_RUNS}", file=sys.stderr)
        return 2
    setting = Setting(
        rows=options.rows, runs=options.runs, seed=options.seed, threads=options.threads
    )
    rows: list[Row] = []
    wrong = False
    with tempfile.TemporaryDirectory(prefix="biotoop-bench-") as folder:
        for contest in contests:
            try:
                rows.extend(contest_rows(contest, setting, Path(folder), _say))
            except (Broken, Disagreement) as error:
                wrong = True
                print(f"error: {error}", file=sys.stderr)
    plain = [attrs.asdict(row) for row in rows]
    print(json.dumps(plain, indent=1) if options.json else table(rows))
    return int(wrong)


def _parser(name: str) -> argparse.ArgumentParser:
    usual = Setting()
    parser = argparse.ArgumentParser(prog=f"python -m bench {name}")
    parser.add_argument("--rows", type=int, default=usual.rows, help="rows of the table")
    parser.add_argument("--runs", type=int, default=usual.runs, help="runs of each tool, >= 5")
    parser.add_argument("--seed", type=int, default=usual.seed, help="seed of the table")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    return parser


def _say(task: str, what: str) -> None:
    """Show how far it is: on one line of a terminal, elsewhere a line for each task and round."""
    said = f"{task}: {what}"
    if sys.stderr.isatty():
        print(f"{said:79.79}", end="\r", file=sys.stderr, flush=True)
    elif ", " not in what:
        print(said, file=sys.stderr, flush=True)


def table(rows: Sequence[Row]) -> str:
    """Write rows for people; '-' where there is nothing."""
    heads = ("task", "rows", "ours s", "MiB", "peer", "s", "MiB", "ratio", "limit s", "note")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    def shown(value: float | None, form: str) -> str:
        return "-" if value is None else format(value, form)

    return (
        row.task, f"{row.rows:,}", f"{row.ours_s:.3f}", f"{row.ours_mib:.0f}",
        f"{row.peer} {row.peer_version or ''}".strip(), shown(row.peer_s, ".3f"),
        shown(row.peer_mib, ".0f"), shown(row.ratio, ".1f"), f"{row.limit_s:.4f}", row.note or "",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
