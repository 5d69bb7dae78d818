"""How fast the pages of the workplace are, full of work, beside a bare page of the same server.

    python -m bench workplace [--json] [--studies N] [--links N] [--claims N] [--seconds S]

Fills a workplace of its own, serves it with two workers, and lets readers open the main pages in
two rounds: ten readers without a pause, and twenty who each click every one to three seconds. The
readers run beside the server, so their own share of the processor is told. ``--database-url`` takes
an empty PostgreSQL database instead of a file of its own. All is held against the bare page as a
person who signed in gets it (3 queries); as a visitor gets it, it is told beside it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from socket import create_server

ROOT = Path(__file__).resolve().parent.parent
BARE, HEALTH, VISITOR = "bare page", "health", "bare page, a visitor"
ROUNDS = {"without a pause": (1, None), "a click every 1-3 s": (2, (1.0, 3.0))}
PATIENCE = 120
Times = dict[str, list[float]]


def main(arguments: list[str] | None = None) -> int:
    """Fill, serve, measure, and print a row for each page."""
    options = parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="biotoop-bench-") as folder:
        environment = surroundings(Path(folder), options.database_url)
        command = [sys.executable, "-m", "bench.harness_workplace"]
        sizes = [str(options.studies), str(options.links), str(options.claims)]
        manage(environment, "migrate", "-v", "0", "--no-input")
        filled = subprocess.run(
            [*command, *sizes], cwd=ROOT, env=environment, check=True, capture_output=True
        )
        world = json.loads(filled.stdout.splitlines()[-1])
        found = served(environment, world, options)
    report = {"studies": options.studies, "links": options.links, "claims": options.claims}
    report |= {"database": environment["DATABASE_URL"].partition(":")[0], **found}
    report |= {"workers": options.workers}
    print(json.dumps(report, indent=1) if options.json else table(report))
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the sizes; the usual ones are those that the workplace is built for."""
    made = argparse.ArgumentParser(prog="python -m bench workplace", description=__doc__)
    made.add_argument("--studies", type=int, default=200)
    made.add_argument("--links", type=int, default=5_000)
    made.add_argument("--claims", type=int, default=50_000)
    made.add_argument("--readers", type=int, default=10, help="at a pace: twice as many")
    made.add_argument("--workers", type=int, default=2)
    made.add_argument("--seconds", type=float, default=60.0, help="of each round")
    made.add_argument("--database-url", default="", help="an empty database; else SQLite")
    made.add_argument("--json", action="store_true")
    return made


def surroundings(folder: Path, database_url: str) -> dict[str, str]:
    """Give the environment of a workplace of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BIOTOOP_", "DJANGO_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {
        "BIOTOOP_MODE": "demo",
        "BIOTOOP_DATA": str(folder / "data"),
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "biotoop.web.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }


def manage(environment: dict[str, str], *words: str) -> None:
    """Run a command of the workplace."""
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def served(
    environment: dict[str, str], world: dict, options: argparse.Namespace
) -> dict[str, object]:
    """Serve the workplace while it is measured."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["--port", str(port), "--workers", str(options.workers), "--no-worker"]
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--no-migrate", *words],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, server)
        return measure(port, world, options)
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/health/live"):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the workplace did not start")


def fetch(connection: http.client.HTTPConnection, path: str, cookie: str = "") -> int:
    """Open a page whole; give its size, and stop at anything but a page."""
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return len(body)


def measure(port: int, world: dict, options: argparse.Namespace) -> dict[str, object]:
    """Let readers open all pages in turn until the time is over, in each round."""
    pages = {HEALTH: "/health/live", VISITOR: "/", BARE: "/", **world["pages"]}
    warm = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    sizes = {name: fetch(warm, path, cookie_for(name, world)) for name, path in pages.items()}
    return {
        "rounds": [
            {"round": name, **one_round(port, world, pages, sizes, name, options)}
            for name in ROUNDS
        ]
    }


def cookie_for(name: str, world: dict) -> str:
    """Give the cookie with which a page is asked: the bare page too is asked by who signed in."""
    return "" if name in (HEALTH, VISITOR) else world["cookie"]


def one_round(
    port: int,
    world: dict,
    pages: dict[str, str],
    sizes: dict[str, int],
    name: str,
    options: argparse.Namespace,
) -> dict[str, object]:
    """Let the readers of one round read."""
    times_over, pause = ROUNDS[name]
    readers = times_over * options.readers
    times: Times = {page: [] for page in pages}
    cookies = {page: cookie_for(page, world) for page in pages}
    began, spent = time.monotonic(), processor()
    until = began + options.seconds
    threads = [
        threading.Thread(target=read_on, args=(port, pages, cookies, until, number, times, pause))
        for number in range(readers)
    ]
    for reader in threads:
        reader.start()
    for reader in threads:
        reader.join()
    took = time.monotonic() - began
    share = (processor() - spent) / (took * (os.cpu_count() or 1))
    rows = [row_of(page, times, sizes[page]) for page in pages]
    requests = sum(map(len, times.values()))
    told = {"readers": readers, "seconds": took, "requests_per_second": requests / took}
    return {**told, "load_generator_share": share, "pages": rows}


def processor() -> float:
    """Give the processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def read_on(
    port: int,
    pages: dict[str, str],
    cookies: dict[str, str],
    until: float,
    start: int,
    times: Times,
    pause: tuple[float, float] | None,
) -> None:
    """Open one page after another; each reader begins at another page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    names, place, dice = list(pages), start, random.Random(start)  # noqa: S311 - no secret
    while time.monotonic() < until:
        if pause:
            time.sleep(dice.uniform(*pause))
        name = names[place % len(names)]
        began = time.perf_counter()
        fetch(connection, pages[name], cookies[name])
        times[name].append(time.perf_counter() - began)
        place += 1


def row_of(name: str, times: Times, size: int) -> dict[str, object]:
    """Give the figures of one page, beside the bare page."""
    found = {p: quantile(times[name], p) for p in (50, 95)}
    base = {p: quantile(times[HEALTH if name == BARE else BARE], p) for p in (50, 95)}
    return {
        "page": name,
        "n": len(times[name]),
        "p50_ms": 1000 * found[50],
        "p95_ms": 1000 * found[95],
        "ratio_p50": found[50] / base[50],
        "ratio_p95": found[95] / base[95],
        "beside": HEALTH if name == BARE else BARE,
        "kilobytes": size / 1000,
    }


def quantile(values: list[float], percent: int) -> float:
    """Give a quantile; a page that nobody opened is a fault of the measurement."""
    if len(values) < 2:
        raise SystemExit("too few requests: give it more --seconds")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(report: dict) -> str:
    """Write the rows for people."""
    lines = [f"{report['database']}, {report['workers']} workers"]
    for done in report["rounds"]:
        lines.append(
            f"\n{done['round']}: {done['readers']} readers, "
            f"{done['requests_per_second']:.1f} requests a second; "
            f"load generator: {done['load_generator_share']:.0%} of the processors"
        )
        lines.append(
            f"{'page':<24}{'n':>6}{'p50 ms':>9}{'p95 ms':>9}{'x p50':>8}{'x p95':>8}  beside"
        )
        lines += [
            f"{r['page']:<24}{r['n']:>6}{r['p50_ms']:>9.1f}{r['p95_ms']:>9.1f}"
            f"{r['ratio_p50']:>8.1f}{r['ratio_p95']:>8.1f}  {r['beside']}"
            for r in done["pages"]
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
