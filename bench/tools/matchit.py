"""MatchIt in R, where ``Rscript`` is installed: the table goes there as a text file beforehand."""

import subprocess
import tempfile
from pathlib import Path

import attrs
import duckdb

from bench.harness_worker import Order, Runner, peak_mib

SCRIPT = Path(__file__).with_name("matchit.R")


@attrs.frozen
class Session:
    """A process of R that has read the table and waits."""

    process: subprocess.Popen

    @property
    def mib(self) -> float:
        """Most memory that it has held."""
        return peak_mib(self.process.pid)


def loaded(table: Path, order: Order) -> Session:
    """Write the table as text, and let R read it."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file, duckdb.connect() as connection:
        columns = ", ".join(order.columns)
        connection.execute(
            f"COPY (SELECT {columns} FROM read_parquet('{table}')) TO '{file.name}' (HEADER)"
        )
        process = subprocess.Popen(
            ["Rscript", "--vanilla", str(SCRIPT), file.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if not any(line.strip() == "ready" for line in process.stdout):
            raise SystemExit(f"Rscript ended with {process.wait()}")
    return Session(process)


def matched(session: Session, _order: Order) -> tuple[float, None]:
    """Let R match, and read its answer."""
    session.process.stdin.write("go\n")
    session.process.stdin.flush()
    return float(session.process.stdout.readline()), None


def closed(session: Session) -> float:
    """End the process; give the most memory that it has held."""
    mib = session.mib
    session.process.communicate("end\n")
    return mib


MATCHED = Runner(load=loaded, work=matched, close=closed)
