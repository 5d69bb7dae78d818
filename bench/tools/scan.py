"""The limit: reading the columns once, with the threads that the others have."""

from pathlib import Path

import duckdb

from bench.harness_worker import Order, Runner, untouched


def scan(table: Path, order: Order) -> tuple[None, None]:
    """Sum every column."""
    sums = ", ".join(f'sum("{column}")' for column in order.columns)
    with duckdb.connect(":memory:", config={"threads": order.threads}) as connection:
        connection.execute(f"SELECT {sums} FROM read_parquet(?)", [str(table)]).fetchone()
    return None, None


SCAN = Runner(load=untouched, work=scan)
