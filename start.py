"""Start Biotoop on a machine that has only Python.

    python3 start.py demo              install, run the example study, start the workplace with
                                       invented people, programmes and studies in it
    python3 start.py test [ARG ...]    install with the test tools, run the tests (ARG: for pytest)

Only the standard library is used here. Everything is installed in the folder .venv, from the
hashed locks in requirements/; a second time nothing is fetched, so that no network is needed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
EXAMPLE = Path("examples") / "nsw"
OUT = Path("out") / "nsw"
WORKPLACE = {"BIOTOOP_MODE": "demo", "BIOTOOP_DATA": str(ROOT / "out" / "workplace")}
# The test set contains the app set: whoever has the tests needs nothing more for the demo.
CONTAINS = {"app": ["app"], "test": ["app", "test"]}
# One file, one worker: what a file of tests prepares is prepared once.
AS_USUAL = ["-n", "auto", "--dist", "loadfile"]
# Programs that are no Python package: (command, Debian package, why the tests need it).
PROGRAMS = [("pdfinfo", "poppler-utils", "de tests van het PDF-rapport / the PDF report's tests")]


class CannotStart(Exception):
    """Something that the reader can mend stands in the way; the text says what and how."""


def say(dutch: str, english: str) -> None:
    """Tell the reader one thing, in both languages."""
    print(f"* {dutch}\n  {english}", flush=True)


def run(*command: str | Path, check: bool = True) -> int:
    """Run a program from the root of the checkout; Ctrl-C lets it finish its own ending."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    # Without its caches every start of Python compiles hundreds of modules anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(timeout=15)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            child.terminate()
            child.wait()
        raise
    if check and code != 0:
        raise subprocess.CalledProcessError(code, [str(part) for part in command])
    return code


def workplace() -> dict[str, str]:
    """Give the environment in which the workplace of the demo runs."""
    return {**os.environ, "PYTHONUTF8": "1", **WORKPLACE}


def seed() -> int:
    """Put the invented world in the workplace, once; what people did there stays."""
    say(
        "De verzonnen wereld klaarzetten: de eerste keer een halve minuut.",
        "Making the invented world: half a minute the first time.",
    )
    for command in (["migrate", "--no-input", "-v", "0"], ["seed_demo"]):
        done = subprocess.run(
            [str(PYTHON), "manage.py", *command], cwd=ROOT, env=workplace(), check=False
        )
        if done.returncode != 0:
            return done.returncode
    return 0


def serve(port: int) -> int:
    """Run the workplace, web and worker, until Ctrl-C or SIGTERM; then stop both."""
    environment = workplace()
    command = [str(PYTHON), "manage.py", "serve", "--port", str(port)]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    child = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()  # on a terminal it has heard Ctrl-C itself; twice does no harm
        return child.wait()


def check_port(port: int) -> None:
    """Refuse a port where something else listens, before the reader waits for anything."""
    if not 0 < port < 65536:
        raise CannotStart(
            f"Poort {port} bestaat niet; kies een getal van 1 tot en met 65535.\n"
            f"  There is no port {port}; choose a number from 1 to 65535."
        )
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise CannotStart(
                f"Poort {port} is al in gebruik. Kies een andere met --port, of stop wat daar "
                "draait.\n"
                f"  Port {port} is taken. Choose another one with --port, or stop what runs there."
            )


# ---------------------------------------------------------------- the environment


def check_python() -> None:
    """Refuse a Python that is too old, or one that cannot make an environment."""
    if sys.version_info[:2] < OLDEST:
        raise CannotStart(
            "Biotoop heeft Python 3.11 of nieuwer nodig; dit is "
            f"{sys.version.split()[0]} ({sys.executable}).\n"
            "  Biotoop needs Python 3.11 or newer. Install it and start again with that one."
        )
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise CannotStart(
            "Deze Python kan geen eigen omgeving maken: de onderdelen venv en ensurepip "
            "ontbreken.\n"
            "  Op Debian en Ubuntu zitten die in een apart pakket: apt-get install python3-venv\n"
            "  This Python cannot make an environment: venv and ensurepip are missing. "
            "On Debian and Ubuntu they are in the package python3-venv."
        )


def make_environment() -> None:
    """Make .venv, or make it anew when it is broken or belongs to another Python."""
    if PYTHON.exists():
        probe = "import pip, sys; raise SystemExit(sys.version_info[:2] < (3, 11))"
        whole = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False)
        if whole.returncode == 0:
            return
        say("De map .venv is niet bruikbaar; hij wordt opnieuw gemaakt.", ".venv is made anew.")
    else:
        say("Een eigen omgeving maken in de map .venv.", "Making an environment in .venv.")
    run(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)


def fingerprint(name: str) -> str:
    """Return what an installation of this set depends on, as one hash."""
    digest = hashlib.sha256()
    for path in ("pyproject.toml", "requirements/uv.txt", f"requirements/{name}.txt"):
        digest.update((ROOT / path).read_bytes().replace(b"\r\n", b"\n"))
    digest.update((ENVIRONMENT / "pyvenv.cfg").read_bytes())
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def stamp(name: str) -> Path:
    """Return the file that tells which version of a set is installed."""
    return ENVIRONMENT / f"biotoop-{name}.stamp"


def is_installed(name: str) -> bool:
    """Tell whether a set is installed exactly as the locks ask."""
    return stamp(name).is_file() and stamp(name).read_text("utf-8") == fingerprint(name)


def put(name: str, *installer: str | Path) -> bool:
    """Install a set and the package itself with one installer; tell whether that worked."""
    locked = ["--require-hashes", "-r", f"requirements/{name}.txt"]
    itself = ["--no-deps", "--no-build-isolation", "--editable", "."]
    return all(run(*installer, *what, check=False) == 0 for what in (locked, itself))


def install(name: str) -> None:
    """Bring .venv to what the lock of this set says, and put the package itself in it."""
    check_python()
    make_environment()
    if is_installed(name):
        return
    say(
        "Installeren wat Biotoop nodig heeft: de eerste keer een tot drie minuten, met netwerk.",
        "Installing what Biotoop needs: one to three minutes the first time, with a network.",
    )
    pip = [PYTHON, "-m", "pip", "install", "-q"]
    uv = [PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON]
    has_uv = run(*pip, "--require-hashes", "-r", "requirements/uv.txt", check=False) == 0
    if not (has_uv and put(name, *uv)):
        say("Met uv lukt het niet; pip doet het werk, langzamer.", "uv fails; pip does it, slower.")
        if not put(name, *pip):
            raise CannotStart(
                "Het installeren is niet gelukt; hierboven staat waarom. De eerste keer is een "
                "netwerk nodig.\n"
                "  Installing failed, for the reason above. The first time needs a network."
            )
    for contained in CONTAINS[name]:
        stamp(contained).write_text(fingerprint(contained), "utf-8")


# ---------------------------------------------------------------- the two verbs


def demo(options: argparse.Namespace) -> int:
    """Run the example study, tell where its report lies, and start the workplace."""
    if not options.no_serve:
        check_port(options.port)
    install("app")
    say(
        "De voorbeeldstudie doorrekenen: National Supported Work (echte, openbare gegevens).",
        "Running the example study: National Supported Work (real, public data).",
    )
    code = run(PYTHON, "-m", "biotoop", "run", EXAMPLE, "--out", OUT, check=False)
    if code != 0:
        return code
    reports = sorted(path for kind in ("*.html", "*.pdf") for path in (ROOT / OUT).rglob(kind))
    listed = "".join(f"\n    {path}" for path in reports)
    say(f"Het rapport / the report:{listed}", f"Alle uitkomsten / all results:\n    {ROOT / OUT}")
    if options.no_serve:
        return 0
    if (code := seed()) != 0:
        return code
    say(
        f"De werkplaats start op http://localhost:{options.port}/ ; stoppen met Ctrl-C. "
        "Kies bij Inloggen als wie je rondkijkt.",
        f"The workplace starts at http://localhost:{options.port}/ ; stop it with Ctrl-C. "
        "Under Sign in you choose as whom you look around.",
    )
    return serve(options.port)


def check_programs() -> None:
    """Name each program that the tests miss; in CI, where nothing may be skipped, refuse."""
    for command, package, reason in PROGRAMS:
        if shutil.which(command) is None:
            dutch = (
                f"{command} ontbreekt; nodig voor {reason}. Op Debian: apt-get install {package}"
            )
            if os.environ.get("CI") == "true":
                raise CannotStart(dutch)
            say(dutch, "Those tests are skipped.")


def test(options: argparse.Namespace) -> int:
    """Run the tests: all but the slow ones, on every core, unless the reader asks otherwise."""
    check_programs()
    install("test")
    return run(PYTHON, "-m", "pytest", *(options.arguments or AS_USUAL), check=False)


def parser() -> argparse.ArgumentParser:
    """Describe the two verbs."""
    top = argparse.ArgumentParser(prog="start.py", description=__doc__.splitlines()[0])
    verbs = top.add_subparsers(dest="verb", required=True)
    shown = verbs.add_parser("demo", help="install, run the example study, show the report")
    shown.add_argument("--no-serve", action="store_true", help="run the study, start no server")
    shown.add_argument("--port", type=int, default=8000, help="where the workplace listens")
    shown.set_defaults(action=demo)
    tested = verbs.add_parser(
        "test",
        usage="start.py test [-h] [ARG ...]",
        help="install with the test tools and run the tests; every ARG goes to pytest",
    )
    tested.set_defaults(action=test)
    return top


def asked(words: list[str]) -> argparse.Namespace:
    """Read what the reader asks; what comes after ``test`` is for pytest."""
    options, rest = parser().parse_known_args(words)
    if rest and options.verb != "test":
        parser().error(f"onbekend / unknown: {' '.join(rest)}")
    options.arguments = rest
    return options


def main() -> int:
    """Do what was asked; end with a sentence, never with a traceback."""
    sys.stdout.reconfigure(errors="replace")
    options = asked(sys.argv[1:])
    try:
        return options.action(options)
    except KeyboardInterrupt:
        say("Gestopt.", "Stopped.")
        return 130
    except CannotStart as reason:
        print(f"\n! {reason}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failure:
        print(f"\n! Mislukt / failed ({failure.returncode}): {failure.cmd}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
