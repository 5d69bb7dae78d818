"""The words of a benchmark: who runs against whom, on which table, and how near they must agree."""

import attrs


@attrs.frozen(kw_only=True)
class Tool:
    """Somebody's way to do a task.

    Attributes
    ----------
    name
        As it stands in the table.
    runner
        Where it is: "module:NAME" of a ``bench.harness_worker.Runner``.
    package
        Distribution whose version is shown; None for our own work.
    most_rows
        Largest table that it is asked to take; beyond that its row stays empty and says so.
    gives_error
        Whether it gives a standard error with the meaning that ours has.
    r_package
        Package of R that it needs; these are no part of the locks, and skipped where R is absent.
    """

    name: str
    runner: str
    package: str | None = None
    most_rows: int | None = None
    gives_error: bool = True
    r_package: str | None = None


@attrs.frozen(kw_only=True)
class Contest:
    """One task that is done by us and by others.

    Attributes
    ----------
    task
        The task in words.
    table
        Name of a table of ``bench.harness_data``.
    columns
        The columns that the task uses; reading them once is the limit.
    ours, peers
        The tools.
    tolerance, error_tolerance
        Largest relative difference between our answer (and its standard error) and a peer's.
    """

    task: str
    table: str
    columns: tuple[str, ...]
    ours: Tool
    peers: tuple[Tool, ...]
    tolerance: float
    error_tolerance: float | None = None


@attrs.frozen(kw_only=True)
class Setting:
    """How a benchmark is run."""

    rows: int = 100_000
    runs: int = 5
    seed: int = 20260331
    threads: int = 2


@attrs.frozen(kw_only=True)
class Run:
    """What one process of one tool came to.

    ``load_s`` is what it took to bring the table into memory, before the clock of ``seconds``.
    """

    seconds: float
    load_s: float
    mib: float
    estimate: float | None = None
    error: float | None = None


@attrs.frozen(kw_only=True)
class Row:
    """One line of the table: our work beside that of one peer, medians over the runs.

    A peer that could not take part has None for its figures, and ``note`` says why.
    """

    task: str
    rows: int
    ours_s: float
    ours_mib: float
    peer: str
    peer_version: str | None
    peer_s: float | None
    peer_mib: float | None
    ratio: float | None
    limit_s: float
    peer_load_s: float | None
    runs: int
    difference: float | None
    error_difference: float | None
    note: str | None


class Disagreement(Exception):
    """Two tools, or two runs of ours, give different answers: there is nothing to compare."""


class Broken(Exception):
    """A process of a tool ended without an answer."""
