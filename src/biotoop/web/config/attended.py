"""Run a program as a child that does not outlive its parent.

    python -m biotoop.web.config.attended MODULE [ARGUMENT ...]

Whoever kills the parent outright (kill -9, or no memory left) gives it no chance to stop its
children; they would go on answering at the port. So each child looks for itself.
"""

import os
import runpy
import signal
import sys
import threading
import time

LOOK_EVERY, GRACE = 1.0, 15.0


def watch(parent: int) -> None:
    """Stop this process when its parent is gone: politely first."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def main() -> None:
    """Watch the parent, and be the program."""
    threading.Thread(target=watch, args=(os.getppid(),), name="parent watch", daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
