"""Sums in whole numbers: exact, whatever the order, for everyday and for skewed values."""

import math

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.datasets.data_engine import DuckEngine, literal, quoted
from biotoop.engine.datasets.fixed_point import exact_sum, number


@pytest.fixture(scope="module")
def session():
    with DuckEngine(threads=2).open() as opened:
        yield opened


def summed(session, values, *, usual=None):
    """Sum values as the store does."""
    bound = max(map(abs, values))
    total = exact_sum(session, "v", bound=bound, usual=usual)
    listed = ", ".join(f"({number(value)})" for value in values)
    found = session.table(
        f"SELECT {total.as_double} AS a, {total.sql} AS b FROM (VALUES {listed}) AS t(v)"
    )
    return total.unscale(found["a"])[0], total.exact(int(found["b"][0].as_py())), total.exponent


finite = st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda x: x or 1.0)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(finite, min_size=1, max_size=30), seed=st.integers(0, 9))
def test_a_sum_is_within_half_a_unit_per_row_of_the_exact_sum_in_any_order(session, values, seed):
    once, exact, exponent = summed(session, values)
    shuffled = [values[place] for place in np.random.default_rng(seed).permutation(len(values))]
    assert summed(session, shuffled)[0] == once
    slack = len(values) * 2.0**-exponent / 2
    assert abs(float(exact) - math.fsum(values)) <= slack + 1e-15 * abs(math.fsum(values))
    assert slack <= len(values) * 2.0**-61 * max(map(abs, values)) or slack < 1e-280


def test_small_values_beside_one_very_large_one_keep_all_their_digits(session):
    values = [1e12, *([0.1] * 1000), -1e12]
    narrow, _, _ = summed(session, values)
    wide, _, _ = summed(session, values, usual=0.1)
    assert wide == pytest.approx(100.0, rel=1e-13)
    assert narrow == pytest.approx(100.0, rel=1e-5)


@pytest.mark.parametrize("values", [[0.0, 0.0], [5e-324], [1e300, -1e300, 1e299], [2.0**-1074]])
def test_nothing_the_smallest_and_the_largest_numbers_are_summed(session, values):
    assert summed(session, values)[0] == pytest.approx(math.fsum(values), rel=1e-14, abs=1e-290)


def test_a_plain_parallel_sum_is_what_this_is_for(tmp_path):
    # the same figure from the store on any number of threads, where plain sums may differ
    values = np.random.default_rng(1).normal(size=50_000) * 10.0 ** np.arange(50_000) ** 0.1
    path = tmp_path / "values.parquet"
    pq.write_table(pa.table({"v": values}), path, row_group_size=2048)
    found = set()
    for threads in (1, 2, 3, 8):
        with DuckEngine(threads=threads).open() as opened:
            total = exact_sum(opened, quoted("v"), bound=float(np.abs(values).max()))
            table = opened.table(
                f"SELECT {total.as_double} AS a FROM read_parquet({literal(str(path))})"
            )
            found.add(float(total.unscale(table["a"])[0]))
    assert len(found) == 1
    assert found.pop() == pytest.approx(math.fsum(values), rel=1e-13)


def test_an_empty_sum_is_nothing(session):
    total = exact_sum(session, "v", bound=1.0)
    rows = "(SELECT CAST(NULL AS DOUBLE) AS v)"
    assert total.unscale(session.table(f"SELECT {total.as_double} AS a FROM {rows}")["a"]) == [0.0]
