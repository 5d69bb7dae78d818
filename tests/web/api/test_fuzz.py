"""Every operation, called thousands of times with what its description allows and forbids.

A real server in a process of its own, on a small world, with a key that may write. The calls come
from schemathesis; ids that exist are mixed in, so that most calls get past the door.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SECONDS, EXAMPLES = 60, 10  # with the seed, the same calls on a fast machine and a slow one
ADDRESSES = {
    "organisations": "organisation", "programmes": "programme", "policy-goals": "policygoal",
    "theories": "theory", "studies": "study", "claims": "claim", "runs": "run",
    "cycles": "cycle", "clusters": "cluster", "questions": "question", "releases": "release",
    "gatherings": "gathering",
}  # fmt: skip
WORDS = {
    "targets": ["S1", "S2", "N1", "N2", "N1>N2", "X9"],
    "stances": ["supports", "contradicts", "recognised", "missing"],
    "editions": [1, 2, 3],
}
# Whether a claim fits its theory, a step its draft, and a repeated key its call, no schema can say.
FITS = """[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", 304, 403, 404, 409, 422, 429]"""


def configuration(seeded: dict) -> str:
    """Write which ids and words are mixed in where."""
    known = {name: values for name, values in seeded.items() if name != "secret"} | WORDS
    lines = ["seed = 20260101"]
    for name, values in known.items():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(values)}"]
    for start, name in ADDRESSES.items():
        lines += ["[[operations]]", f'include-path-regex = "^/{start}"', "[operations.parameters]"]
        lines += [mixed("path.pk", name)]
        if start == "theories":
            lines += [mixed("path.number", "editions"), mixed("body.edition", "editions")]
            lines += [mixed("query.edition", "editions"), mixed("body.start", "nodes")]
            lines += [mixed("body.end", "nodes"), FITS]
        if start in ("studies", "claims"):
            lines += [mixed("body.round", "round"), mixed("body.target", "targets")]
            lines += [mixed("body.stance", "stances"), mixed("body.edition", "editions")]
            lines += [FITS]
    for part in ("nodes", "links"):
        lines += ["[[operations]]", f'include-path-regex = "/draft/{part}/"']
        lines += ["[operations.parameters]", mixed("path.pk", "theory"), mixed("path.part", part)]
        lines += [mixed(f"{where}.edition", "editions") for where in ("body", "query")]
        lines += [FITS]
    return "\n".join(lines) + "\n"


def mixed(place: str, name: str) -> str:
    return f'"{place}" = {{ dictionary = "{name}", probability = 0.8 }}'


@pytest.fixture
def served(workplace):
    """Serve the world, with a key."""
    workplace.command("migrate", "-v0")
    built = workplace.command(
        "shell", "--no-imports", "-c", "from web.api import seeded as s; s.main()"
    )
    assert built.returncode == 0, built.stderr
    workplace.serve("--no-worker", "--no-migrate", "--workers", "1", BIOTOOP_API_CALLS="100000")
    workplace.wait_for(lambda: workplace.get("/api/v1/openapi.json")[0] == 200)
    return workplace, json.loads(built.stdout.strip().splitlines()[-1])


def fuzz(address: str, seeded: dict, folder: Path) -> dict:
    """Call everything, and give the report."""
    settings = folder / "schemathesis.toml"
    settings.write_text(configuration(seeded), encoding="utf-8")
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings),
        "run", f"{address}/api/v1/openapi.json", "-H", f"Authorization: Bearer {seeded['secret']}",
        "--max-time", str(SECONDS), "--max-examples", str(EXAMPLES),
        "--report", "json,ndjson", "--report-dir", str(folder),
        "--report-json-path", str(folder / "report.json"),
        "--report-ndjson-path", str(folder / "calls.ndjson"),
        "--generation-allow-x00", "false",  # refused by hand: tests of calls
        "--continue-on-failure", "--no-color", "--generation-database", "none",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=400, check=False
    )
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return report | {"said": done.stdout + done.stderr}


def test_no_call_brings_the_server_down_and_every_answer_is_as_described(served, tmp_path):
    place, seeded = served

    report = fuzz(place.address, seeded, tmp_path)

    assert report["exit_code"] == 0, report["said"]
    assert report["operations"]["tested"] == report["operations"]["total"]
    assert report["test_cases"]["generated"] >= report["operations"]["total"]
    assert (report["failures"], report["errors"]) == ([], [])
    assert "Internal Server Error" not in place.log.read_text(encoding="utf-8")
