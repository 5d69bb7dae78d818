"""A workplace in processes of its own, as an installation runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from architecture.tree import ROOT

PATIENCE = 90


def free_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Workplace:
    """Run commands of ``manage.py`` on one data folder and one database."""

    def __init__(
        self, data: Path, database_url: str, *, patience: float = PATIENCE, **more: str
    ) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("BIOTOOP_", "DJANGO_"))}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        self.data, self.patience = data, patience
        self.environment = kept | {
            "BIOTOOP_MODE": "demo",
            "BIOTOOP_DATA": str(data),
            "DATABASE_URL": database_url,
            "PYTHONUTF8": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
            **more,
        }
        self.log = data.with_name(f"{data.name}.log")
        self.running: list[subprocess.Popen[bytes]] = []
        self.port = free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.environment | more,
            capture_output=True,
            encoding="utf-8",
            timeout=self.patience,
            check=False,
        )

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a command that runs on."""
        # Into a file: a pipe that nobody empties makes the server wait as soon as it is full.
        with self.log.open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), *words],
                env=self.environment | more,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, as a terminal gives it
            )
        self.running.append(process)
        return process

    def serve(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """Start the workplace, and wait until it answers."""
        process = self.start("serve", "--port", str(self.port), *words, **more)
        self.wait_for(lambda: self.get("/health/live")[0] == 200)
        return process

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Fetch a page: status, text, headers."""
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310 - our own server
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), dict(refused.headers)
        except OSError:
            return 0, "", {}

    def wait_for(self, condition) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + self.patience
        while not condition():
            for process in self.running[-1:]:
                assert process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.1)

    def ended(self, process: subprocess.Popen[bytes]) -> str:
        """Wait for the end of a command, and give what was said."""
        process.wait(timeout=40)
        return self.log.read_text(encoding="utf-8")

    def end(self) -> None:
        """Stop what still runs."""
        for process in self.running:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
