"""The benchmark of the workplace fills, serves and measures, small."""

import json
import subprocess
import sys

import pytest

from architecture.tree import ROOT

SMALL = ["--studies", "3", "--links", "20", "--claims", "30", "--readers", "8", "--workers", "1"]


@pytest.mark.slow
def test_every_main_page_is_measured_beside_the_bare_page():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "workplace", "--json", "--seconds", "8", *SMALL],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)

    assert [one["readers"] for one in found["rounds"]] == [8, 16]
    for one in found["rounds"]:
        pages = {row["page"]: row for row in one["pages"]}
        assert {"health", "bare page", "today", "overview", "policy goal", "claims"} <= set(pages)
        requests = sum(row["n"] for row in pages.values())
        assert one["requests_per_second"] == pytest.approx(requests / one["seconds"])
        assert 0 <= one["load_generator_share"] < 1
        assert all(row["p95_ms"] >= row["p50_ms"] > 0 for row in pages.values())
