"""The benchmark harness: fair turns, medians, and no row where the answers differ."""

import json
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from bench.__main__ import main, names, table
from bench.adjustment import CONTESTS as ADJUSTMENT
from bench.harness import Broken, Contest, Disagreement, Run, Setting, Tool
from bench.harness_data import CLUSTERS, EFFECT, TABLES
from bench.harness_rounds import (
    _r_version,
    _row,
    _same_every_time,
    contest_rows,
    missing,
    version_of,
)
from bench.harness_worker import Order, Runner, measured

OURS = Tool(name="biotoop", runner="bench.tools.biotoop:POOLED")
SCAN = Tool(name="ours", runner="bench.tools.scan:SCAN")  # the quickest to start
CONTEST = Contest(
    task="regression, CR1 by cluster",
    table="register",
    columns=("y", "d", "c1", "c2", "c3", "gem"),
    ours=OURS,
    peers=(Tool(name="again", runner=OURS.runner, package="numpy"),),
    tolerance=1e-8,
    error_tolerance=1e-8,
)
SPEC = {"task", "rows", "ours_s", "ours_mib", "peer", "peer_version", "peer_s", "peer_mib",
        "ratio", "limit_s"}  # fmt: skip


def run(seconds, estimate=-0.5, error=0.01):
    return Run(seconds=seconds, load_s=1.0, mib=100.0, estimate=estimate, error=error)


def row_of(ours, theirs, contest=CONTEST):
    found = {"biotoop": ours, "again": theirs, "scan": [run(0.5, None, None)] * len(ours)}
    return _row(contest, contest.peers[0], found, Setting(rows=100), None)


def test_a_row_holds_medians_and_the_ratio_is_how_many_times_faster_we_are():
    row = row_of([run(s) for s in (9, 1, 2, 3, 2)], [run(s) for s in (40, 8, 6, 9, 1)])

    assert (row.ours_s, row.peer_s, row.limit_s) == (2, 8, 0.5)
    assert row.ratio == 4
    assert attrs.asdict(row).keys() >= SPEC


@pytest.mark.parametrize(
    ("theirs", "what"),
    [
        (run(1, estimate=-0.5000001), "estimate differs by 2.00e-07"),
        (run(1, error=0.0100001), "standard error differs"),
        (run(1, estimate=float("nan")), "estimate differs by nan"),
        (run(1, error=None), "no standard error to compare"),
    ],
)
def test_an_answer_that_differs_is_an_error_and_no_row(theirs, what):
    with pytest.raises(Disagreement, match=what):
        row_of([run(1)] * 5, [run(1)] * 4 + [theirs])


def test_our_own_runs_must_give_the_same_bits():
    found = {"biotoop": [run(1), run(1, error=0.01 + 1e-16)]}

    with pytest.raises(Disagreement, match="our own runs differ"):
        _same_every_time(CONTEST, found)


def test_an_error_with_another_meaning_is_not_compared():
    peer = attrs.evolve(CONTEST.peers[0], gives_error=False)

    row = row_of([run(1)] * 5, [run(1, error=None)] * 5, attrs.evolve(CONTEST, peers=(peer,)))

    assert row.difference == 0
    assert row.error_difference is None


def test_a_package_of_r_is_skipped_by_name_where_r_is_absent_and_told_by_its_version(
    tmp_path, monkeypatch
):
    _r_version.cache_clear()
    (peer,) = next(item for item in ADJUSTMENT if item.task.startswith("coarsened")).peers
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing(peer, Setting()) == ("R with MatchIt is not installed (Debian: r-cran-matchit)")

    _r_version.cache_clear()
    (tmp_path / "Rscript").write_text("#!/bin/sh\nprintf 4.5.1\n", "utf-8")
    (tmp_path / "Rscript").chmod(0o755)
    assert (missing(peer, Setting()), version_of(peer)) == (None, "4.5.1 (R)")
    _r_version.cache_clear()


def test_a_tool_in_a_process_of_its_own_is_ended_and_tells_its_memory():
    ended = []
    runner = Runner(
        load=lambda table, _: table, work=lambda *_: (1.0, None),
        close=lambda table: ended.append(table.name) or 7.0,
    )  # fmt: skip

    found = measured(runner, Order(columns=(), threads=1), Path("small"), Path("table"))

    assert (found["mib"], ended) == (7.0, ["small", "table"])


def test_a_peer_that_cannot_take_part_is_named_with_the_reason(tmp_path):
    peers = (
        Tool(name="nobody", runner="nowhere:NOTHING", package="no-such-package"),
        Tool(name="small", runner="nowhere:NOTHING", package="numpy", most_rows=10),
    )
    setting = Setting(rows=4_000, runs=1, threads=1)
    told = []

    contest = attrs.evolve(CONTEST, ours=SCAN, peers=peers)
    rows = list(contest_rows(contest, setting, tmp_path, lambda *said: told.append(said)))

    assert [row.peer_s for row in rows] == [None, None]
    assert "not installed" in rows[0].note
    assert rows[1].note == "left out above 10 rows"
    assert "left out above 10 rows" in table(rows)
    assert sum(", " in what for _, what in told) == 4  # ours and the scan, once to warm up


def test_a_tool_that_breaks_is_named(tmp_path):
    broken = attrs.evolve(CONTEST, ours=attrs.evolve(SCAN, runner="bench.tools.scan:NOTHING"))

    with pytest.raises(Broken, match=r"regression, CR1 by cluster, ours: .*NOTHING"):
        list(contest_rows(broken, Setting(rows=4_000), tmp_path, lambda *_: None))


def test_peak_memory_is_of_the_process_itself_and_not_of_who_started_it():
    code = "from bench.harness_worker import peak_mib; x = b'x' * (200 << 20); print(peak_mib())"
    ballast = b"x" * (600 << 20)

    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)

    assert len(ballast) == 600 << 20
    assert 200 < float(done.stdout) < 300


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_for_a_seed_and_another_for_another(name):
    first, again, other = (TABLES[name](1_000, seed) for seed in (1, 1, 2))

    assert all((first[column] == again[column]).all() for column in first)
    assert (first["y"] != other["y"]).all()


def test_the_register_has_municipalities_that_start_once_and_never_stop():
    made = TABLES["register"](50_000, 1)

    assert len(set(made["gem"].tolist())) == CLUSTERS
    assert set(made["start"].tolist()) == {0, 4, 6, 8}
    reached = (made["start"] > 0) & (made["t"] >= made["start"])
    assert (made["d"] == reached).all()
    assert EFFECT < 0


def test_the_people_have_the_levels_that_the_published_timing_has():
    made = TABLES["people"](20_000, 1)

    levels = [len(set(made[name].tolist())) for name in list(made)[2:]]

    assert levels == [72, 2, 5, 10, 5]


def test_all_that_can_be_run_is_listed_and_an_unknown_name_says_so(capsys):
    assert {"pooled", "adjustment", "replications", "scheme_simulations"} <= set(names())
    assert main(["fast"]) == 2
    assert "NAME is one of: adjustment," in capsys.readouterr().err
    assert main(["pooled", "--runs", "4"]) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pooled", "adjustment"])
def test_a_benchmark_runs_from_the_command_line(name, capsys):
    assert main([name, "--rows", "20000", "--threads", "2", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert all(row["runs"] == 5 and row["rows"] == 20_000 for row in rows)
    taken_part = [row for row in rows if row["peer_s"] is not None]
    assert all(row["ratio"] == row["peer_s"] / row["ours_s"] for row in taken_part)
    assert taken_part
