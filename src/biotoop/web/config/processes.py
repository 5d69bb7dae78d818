"""Start the web server and the worker as processes, and stop both together."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

import attrs

GRACE = 12.0
ATTENDED = [sys.executable, "-m", "biotoop.web.config.attended"]


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens at this port yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def server_command(host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """Give the command of the production server."""
    return [
        *ATTENDED, "granian", "biotoop.web.config.wsgi:application",
        "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads),
        "--workers-kill-timeout", "10", "--respawn-failed-workers",
        "--log-level", "warning",
    ]  # fmt: skip


@attrs.define
class Troupe:
    """Processes that live and die together."""

    children: list[subprocess.Popen[bytes]] = attrs.field(factory=list)
    is_stopping: bool = False

    def run(self, commands: Sequence[Sequence[str]]) -> int:
        """Start all; wait until one ends or somebody says stop; stop the others."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.on_signal)
        # In sessions of their own: Ctrl-C on a terminal reaches only us, and we stop them calmly.
        self.children = [
            subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own programs
            for command in commands
        ]
        while not self.is_stopping and all(child.poll() is None for child in self.children):
            time.sleep(0.1)
        fell = not self.is_stopping
        self.stop()
        return 1 if fell else 0

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Note that all should stop; a second signal changes nothing."""
        self.is_stopping = True

    def stop(self) -> None:
        """Ask every process to end, and end those that do not listen."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
