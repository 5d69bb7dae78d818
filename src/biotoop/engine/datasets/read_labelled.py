"""Reading SPSS .sav and Stata .dta, with their labels and missing codes."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import original
from biotoop.engine.datasets.data_engine import literal
from biotoop.engine.datasets.raw_tables import (
    FileLabels,
    RawColumn,
    RawKind,
    RawTable,
    counted_from_one,
)

_LONGEST_SECONDS = 1800
_WORKER = Path(__file__).with_name("labelled_worker.py")


def read_labelled(
    path: Path, scratch: Path, *, wanted: frozenset[str], file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Stage a .sav or .dta file, a batch of cases at a time, in a process of its own.

    Missing codes are kept in the data and told as labels: the codebook decides with them.
    Stata's .a to .z become the texts ".a" to ".z".

    Parameters
    ----------
    path, scratch
        The file, and a folder for the staged table.
    wanted
        Names of columns that may be needed; others are not read.
    file
        Name for messages.
    """
    stage = scratch / "labelled.parquet"
    answer = _ask({"path": str(path), "stage": str(stage), "wanted": sorted(wanted)})
    if "error" in answer:
        said = answer["error"]  # nothing when the reader broke off
        reason = note("core.reason.file_broken") if said is None else original(said)
        fault = problem("core.unreadable_file", file=file, reason=reason)
        return None, (attrs.evolve(fault, file=file),)
    if answer["columns"] and not answer["rows"]:
        return None, (attrs.evolve(problem("datasets.no_rows"), file=file),)
    columns = {item["name"]: _column(item, place) for place, item in enumerate(answer["columns"])}
    source = f"read_parquet({literal(str(stage))}, file_row_number = true)"
    return RawTable(
        source=source, rows=int(answer["rows"]), columns=columns, lines=counted_from_one
    ), ()


def _ask(question: Mapping[str, object]) -> Mapping[str, Any]:
    """Let the worker read; when the file brings it down, only the worker is gone."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, started by its own path
            [sys.executable, "-P", str(_WORKER)],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"error": None}
    if done.returncode != 0:
        return {"error": None}
    answer: Mapping[str, Any] = json.loads(done.stdout)
    return answer


def _column(item: Mapping[str, Any], place: int) -> RawColumn:
    labels = FileLabels(
        label=item["label"],
        values=item["values"],
        missing_codes=tuple(item["missing_codes"]),
        missing_ranges=tuple((low, high) for low, high in item["missing_ranges"]),
    )
    return RawColumn(
        name=item["name"], stored=f"c{place}", kind=RawKind(item["kind"]), labels=labels
    )
