"""Rounds of runs, turn by turn, each in a fresh interpreter; the medians become rows.

This process stays small: it imports neither the tools nor the data.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from statistics import median

from bench.harness import Broken, Contest, Disagreement, Row, Run, Setting, Tool

ROOT = Path(__file__).resolve().parent.parent
SMALL = 4_000
FEWEST_RUNS = 5
LIMIT = Tool(name="scan", runner="bench.tools.scan:SCAN")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
            "RAYON_NUM_THREADS", "POLARS_MAX_THREADS")  # fmt: skip
Runs = Mapping[str, Sequence[Run]]
Say = Callable[[str, str], None]


def contest_rows(contest: Contest, setting: Setting, folder: Path, say: Say) -> Iterator[Row]:
    """Run a contest, and give a row for each peer.

    Raises
    ------
    Broken
        A tool ended without an answer.
    Disagreement
        Our answers differ between runs, or a peer's answer is not ours.
    """
    absent = {peer.name: why for peer in contest.peers if (why := missing(peer, setting))}
    tools = (contest.ours, LIMIT, *(peer for peer in contest.peers if peer.name not in absent))
    say(contest.task, f"making a table of {setting.rows:_} rows")
    tables = {
        "table": made(contest.table, setting.rows, setting.seed, folder),
        "small": made(contest.table, SMALL, setting.seed, folder),
    }
    found: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(setting.runs + 1):  # the first round warms up and does not count
        round_ = f"round {turn} of {setting.runs}" if turn else "warming up"
        say(contest.task, f"{round_} with {len(tools)} tools")
        for tool in tools:
            say(contest.task, f"{round_}, {tool.name}")
            run = one_run(tool, contest, tables, setting, folder)
            if turn:
                found[tool.name].append(run)
    _same_every_time(contest, found)
    for peer in contest.peers or (None,):
        why = None if peer is None else absent.get(peer.name)
        yield _row(contest, peer, found, setting, why)


def missing(peer: Tool, setting: Setting) -> str | None:
    """Say why a peer cannot take part; None when it can."""
    if peer.r_package is not None and version_of(peer) is None:
        return f"R with {peer.r_package} is not installed (Debian: r-cran-{peer.r_package.lower()})"
    if version_of(peer) is None:
        return f"{peer.package} is not installed: pip install -r requirements/bench.txt"
    if peer.most_rows is not None and setting.rows > peer.most_rows:
        return f"left out above {peer.most_rows:,} rows"
    return None


def version_of(tool: Tool) -> str | None:
    """Give the version of the package of a tool; None when it is not installed."""
    if tool.r_package is not None:
        return _r_version(tool.r_package)
    try:
        return metadata.version(tool.package or "biotoop")
    except metadata.PackageNotFoundError:
        return None


@cache
def _r_version(package: str) -> str | None:
    if shutil.which("Rscript") is None:
        return None
    said = f"cat(as.character(packageVersion('{package}')))"
    found = subprocess.run(["Rscript", "-e", said], capture_output=True, text=True, check=False)
    return f"{found.stdout.strip()} (R)" if found.returncode == 0 else None


def made(table: str, rows: int, seed: int, folder: Path) -> str:
    """Make a table, once a folder, and give its file."""
    place = folder / f"{table}-{rows}-{seed}"
    if not place.is_dir():
        _python("bench.harness_data", table, str(rows), str(seed), str(place), threads=None)
    (file,) = place.glob("*.parquet")
    return str(file)


def one_run(
    tool: Tool, contest: Contest, tables: Mapping[str, str], setting: Setting, folder: Path
) -> Run:
    """Run a tool in a fresh interpreter."""
    out = folder / "run.json"
    out.unlink(missing_ok=True)
    order = {
        **tables,
        "runner": tool.runner,
        "columns": contest.columns,
        "threads": setting.threads,
        "out": str(out),
    }
    try:
        _python("bench.harness_worker", json.dumps(order), threads=setting.threads)
    except Broken as error:
        raise Broken(f"{contest.task}, {tool.name}: {error}") from error
    return Run(**json.loads(out.read_text("utf-8")))


def _python(module: str, *arguments: str, threads: int | None) -> None:
    """Run a module of ours; what it prints is only shown when it breaks."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path}
    if threads is not None:
        environment |= dict.fromkeys(_THREADS, str(threads))
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise Broken(f"{module} ended with {done.returncode}: {last}")


def _same_every_time(contest: Contest, found: Runs) -> None:
    answers = {(run.estimate, run.error) for run in found[contest.ours.name]}
    if len(answers) > 1:
        raise Disagreement(f"{contest.task}: our own runs differ: {sorted(answers, key=str)}")


def _row(
    contest: Contest, peer: Tool | None, found: Runs, setting: Setting, why: str | None
) -> Row:
    ours, theirs = found[contest.ours.name], None if peer is None else found.get(peer.name)
    ours_s = _middle(ours, "seconds")
    apart, error_apart = None, None
    if peer is not None and theirs is not None:
        apart, error_apart = _apart(contest, peer, ours, theirs)
    peer_s = None if theirs is None else _middle(theirs, "seconds")
    return Row(
        task=contest.task,
        rows=setting.rows,
        ours_s=ours_s,
        ours_mib=_middle(ours, "mib"),
        peer="" if peer is None else peer.name,
        peer_version=None if peer is None else version_of(peer),
        peer_s=peer_s,
        peer_mib=None if theirs is None else _middle(theirs, "mib"),
        ratio=None if peer_s is None else peer_s / ours_s,
        limit_s=_middle(found[LIMIT.name], "seconds"),
        peer_load_s=None if theirs is None else _middle(theirs, "load_s"),
        runs=setting.runs,
        difference=apart,
        error_difference=error_apart,
        note=why,
    )


def _middle(runs: Sequence[Run], figure: str) -> float:
    return median(getattr(run, figure) for run in runs)


def _apart(
    contest: Contest, peer: Tool, ours: Sequence[Run], theirs: Sequence[Run]
) -> tuple[float, float | None]:
    """Give the largest relative difference in answer and in error, or refuse to go on."""
    mine = ours[0]
    pairs = [(mine.estimate, run.estimate) for run in theirs]
    apart = _agreed(contest, peer, "estimate", pairs, contest.tolerance)
    if contest.error_tolerance is None or not peer.gives_error:
        return apart, None
    pairs = [(mine.error, run.error) for run in theirs]
    return apart, _agreed(contest, peer, "standard error", pairs, contest.error_tolerance)


def _agreed(
    contest: Contest,
    peer: Tool,
    what: str,
    pairs: Sequence[tuple[float | None, float | None]],
    tolerance: float,
) -> float:
    """Give the largest relative difference, when all are within the tolerance."""
    found = []
    for ours, theirs in pairs:
        if ours is None or theirs is None:
            raise Disagreement(f"{contest.task}, {peer.name}: no {what} to compare")
        found.append(abs(ours - theirs) / abs(theirs))
        if not found[-1] <= tolerance:  # nan too
            raise Disagreement(
                f"{contest.task}, {peer.name}: {what} differs by {found[-1]:.2e} of its size,"
                f" beyond {tolerance:.0e}"
            )
    return max(found)
