"""Other databases, through Ibis, give the same cells, products and effects as DuckDB on a file."""

import importlib.util
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from biotoop.engine.datasets.ibis_engine import IbisEngine, translated
from biotoop.engine.datasets.store import (
    Where,
    compress,
    counted_estimate,
    cross_products,
    snapshot_from_columns,
)
from biotoop.engine.effects.panel import callaway_santanna, dose_response, fixed_effects
from engine.effects.panel.panels import panel

ibis = pytest.importorskip("ibis", reason="needs the extra `databases` (requirements/test.txt)")
ROOT = Path(__file__).parents[3]
NINE_DIGITS = 1e-9
TYPES = {"int64": "bigint", "float64": "float8", "bool": "bool", "object": "text", "str": "text"}
# those of Ibis with the newest pandas and sqlglot
pytestmark = pytest.mark.filterwarnings("ignore")


def register():
    """Draw a panel with a flag, a missing value, and a few values far beyond the others."""
    table = panel(lost=0.1)
    rng = np.random.default_rng(1)
    support = np.where(table["reached"] == 1, rng.gamma(2.0, 2.0, 160)[table["person"]], 0.0)
    table = table.assign(
        flag=table["hours"] > 5,
        support=support,
        far=np.exp(4 * rng.normal(size=len(table))),
        code=[str(value) for value in rng.integers(3, size=len(table))],
    )
    table.loc[5, "hours"] = np.nan
    return table


@pytest.fixture(scope="module")
def table():
    return register()


@pytest.fixture(scope="module")
def duck(table):
    """Put the rows in a database of DuckDB that Ibis reaches, in another order."""
    connection = ibis.duckdb.connect()
    return connection.create_table("register", table.sample(frac=1, random_state=1))


@pytest.fixture(scope="module")
def postgres(table):
    """Put the rows in a PostgreSQL server of our own, in another order."""
    folder = Path(tempfile.mkdtemp(prefix="biotoop-postgresql-"))  # the server is another user
    folder.chmod(0o755)
    script = ROOT / "scripts" / "postgresql.sh"
    said = subprocess.run([script, "start", folder], capture_output=True, text=True, check=True)
    url = re.search(r"DATABASE_URL=(\S+)", said.stdout)[1]
    connection = ibis.connect(url)
    columns = ", ".join(f'"{name}" {TYPES[str(kind)]}' for name, kind in table.dtypes.items())
    cursor = connection.raw_sql(f"CREATE TABLE register ({columns})")
    with cursor.copy("COPY register FROM STDIN") as copy:
        for row in table.sample(frac=1, random_state=1).astype(object).itertuples(index=False):
            copy.write_row([None if pd.isna(value) else value for value in row])
    connection.con.commit()
    yield connection.table("register")
    connection.disconnect()
    subprocess.run([script, "stop", folder], check=True)
    shutil.rmtree(folder)


def here(table, folder):
    """Write the same rows as a file of our own."""
    return snapshot_from_columns({name: table[name].to_numpy() for name in table}, folder)


def hold_cells(there, ours, **asked):
    engine = IbisEngine(table=there)
    far = compress(engine.snapshot(), engine=engine, **asked)
    near = compress(ours, **asked)

    assert far.count == near.count
    assert (far.rows, far.used, far.missing) == (near.rows, near.used, near.missing)
    for part in ("sums", "squares", "deviations"):
        for name, values in getattr(near, part).items():
            assert getattr(far, part)[name] == pytest.approx(values, rel=NINE_DIGITS)
    assert far.n.tolist() == near.n.tolist()


def hold_store(there, table, folder):
    ours = here(table, folder)
    by = ("area", "work", "month")
    hold_cells(there, ours, by=by, outcomes=("lonely", "far", "hours", "code"))
    hold_cells(there, ours, by=("work",), outcomes=("lonely",), weights="weight")
    only = [Where(column="work", values=("full", "part")), Where(column="area", values=(1, 2, 3))]
    hold_cells(there, ours, by=("area",), outcomes=("lonely",), where=only)
    engine = IbisEngine(table=there)
    far, near = (
        cross_products(data, x=("hours", "work"), outcomes=("lonely",), clusters="area", engine=e)
        for data, e in ((engine.snapshot(), engine), (ours, None))
    )
    assert far.products == pytest.approx(near.products, rel=NINE_DIGITS, abs=1e-9)
    counts = [
        counted_estimate(data, by, engine=e).cells
        for data, e in ((engine.snapshot(), engine), (ours, None))
    ]
    assert counts[0] == counts[1]


EFFECTS = {
    "two sets": lambda data: fixed_effects(
        "lonely ~ reached * C(work) + log(hours) | person + month", data, cluster="area"
    ),
    "by unit, weighted": lambda data: fixed_effects(
        "lonely ~ reached + hours | person + month", data, cluster="person", weights="weight"
    ),
    "rows in memory": lambda data: fixed_effects(
        "lonely ~ reached + hours | person + month + work", data, cluster="area"
    ),
    "jackknife": lambda data: fixed_effects(
        "lonely ~ reached | person + month", data, cluster="area", error="cr3"
    ),
}


def hold_effects(there, table):
    for name, effect in EFFECTS.items():
        far, near = (list(effect(data).terms.values()) for data in (there, table))
        for one, other in zip(far, near, strict=True):
            assert (one.value, one.se) == pytest.approx((other.value, other.se), rel=NINE_DIGITS), (
                name
            )
    far, near = (
        callaway_santanna("lonely ~ reached | person + month", data, cluster="area")
        for data in (there, table)
    )
    assert [item.se for item in far.cell_effects] == pytest.approx(
        [item.se for item in near.cell_effects], rel=NINE_DIGITS
    )
    far, near = (
        dose_response("lonely ~ support | person + month", data, cluster="area")
        for data in (there, table)
    )
    for column in ("estimate", "std_error", "slope"):
        assert far.tidy()[column].to_pylist() == pytest.approx(
            near.tidy()[column].to_pylist(), rel=NINE_DIGITS
        )
    assert far.before == near.before


def test_duckdb_through_ibis_gives_the_same_cells_and_products(duck, table, tmp_path):
    hold_store(duck, table, tmp_path)


@pytest.mark.slow
def test_duckdb_through_ibis_gives_the_same_effects(duck, table):
    hold_effects(duck, table)


def test_an_expression_of_ibis_is_read_where_its_tables_lie(duck, table):
    chosen = duck.filter(duck["month"] > 1).mutate(twice=duck["hours"] * 2)

    far = fixed_effects("lonely ~ twice | person + month", chosen, cluster="area")

    near = fixed_effects(
        "lonely ~ hours | person + month", table[table["month"] > 1], cluster="area"
    )
    assert far.effect.value == pytest.approx(near.effect.value / 2, rel=NINE_DIGITS)


@pytest.mark.slow
def test_postgresql_gives_the_same_cells_products_and_effects(postgres, table, tmp_path):
    hold_store(postgres, table, tmp_path)
    hold_effects(postgres, table)


if importlib.util.find_spec("pyspark") is not None:  # not in the locks: large, and needs Java

    @pytest.mark.slow
    def test_spark_gives_the_same_cells_products_and_effects(table, tmp_path):
        sessions = importlib.import_module("pyspark.sql")
        asked = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
        }
        spark = sessions.SparkSession.builder.master("local[2]").config(map=asked).getOrCreate()
        table.to_parquet(tmp_path / "register.parquet")
        spark.read.parquet(str(tmp_path / "register.parquet")).createOrReplaceTempView("register")
        there = ibis.pyspark.connect(spark).table("register")

        hold_store(there, table, tmp_path)
        hold_effects(there, table)


def test_the_queries_can_be_written_for_spark():
    sql = (
        'SELECT "work" AS k0, count(*) FILTER (WHERE "a" IN ($f0)) AS n,'
        ' CAST(sum(CAST(CAST(rint("x" * 3) AS BIGINT) AS DECIMAL(38, 0))) AS DOUBLE) AS d,'
        ' CAST((CAST("work" AS VARCHAR) = $f1) AS DOUBLE) AS i FROM (SELECT * FROM r) GROUP BY 1'
    )

    said = translated(sql, {"f0": 2, "f1": "it's"}, "pyspark")

    assert "`work` AS k0" in said
    assert "DECIMAL(38, 0)" in said
    assert "it\\'s" in said or "it''s" in said
    assert "$" not in said
    assert "(SELECT * FROM r) AS part" in said
