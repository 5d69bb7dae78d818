"""One tool in a process of its own: load the table, start the clock, do the work.

Before the clock the tool does the same task on a small table, so that imports, compiled code and
whatever else is made at first use are not in the time, for nobody.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

_LINUX = "/proc/{}/status"


@attrs.frozen(kw_only=True)
class Order:
    """What is asked of a tool: the columns that the task uses, and the threads that it may use."""

    columns: tuple[str, ...]
    threads: int


@attrs.frozen(kw_only=True)
class Runner:
    """How a tool is run.

    ``load`` brings the table into memory, where the tool needs that; ``work`` takes what was
    loaded, and gives the estimate and its standard error, None for what the tool does not give.
    ``close`` is for a tool that works in a process of its own: it ends it, and gives its memory.
    """

    load: Callable[[Path, Order], Any]
    work: Callable[[Any, Order], tuple[float | None, float | None]]
    close: Callable[[Any], float] | None = None


def untouched(table: Path, _order: Order) -> Path:
    """Load nothing: the work begins at the file."""
    return table


def measured(runner: Runner, order: Order, small: Path, table: Path) -> dict[str, float | None]:
    """Run a tool on the small table, then time it on the real one."""
    before = runner.load(small, order)
    runner.work(before, order)
    if runner.close is not None:
        runner.close(before)
    begin = time.perf_counter()
    loaded = runner.load(table, order)
    middle = time.perf_counter()
    estimate, error = runner.work(loaded, order)
    end = time.perf_counter()
    return {
        "seconds": end - middle,
        "load_s": middle - begin,
        "mib": peak_mib() if runner.close is None else runner.close(loaded),
        "estimate": estimate,
        "error": error,
    }


def peak_mib(process: int | str = "self") -> float:
    """Give the most memory that this process, or on Linux another one, has held, in MiB.

    Linux passes the peak of a parent on to its children in ``ru_maxrss``, hence the other source.
    """
    status = Path(_LINUX.format(process))
    if status.is_file():
        lines = status.read_text("ascii").splitlines()
        return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
    import resource  # noqa: PLC0415 - not there on every system

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Read what to do from the first argument, and write what came of it to the file it names."""
    asked = json.loads(sys.argv[1])
    module, _, name = asked["runner"].partition(":")
    order = Order(columns=tuple(asked["columns"]), threads=asked["threads"])
    runner = getattr(import_module(module), name)
    found = measured(runner, order, Path(asked["small"]), Path(asked["table"]))
    Path(asked["out"]).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
