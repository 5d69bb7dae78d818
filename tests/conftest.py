"""What holds for every test: nothing is skipped in CI, and hypothesis is repeatable there."""

import os
import shutil
import signal

import pytest
from hypothesis import settings

IN_CI = os.environ.get("CI") == "true"
# Marks of tests that need a program from outside Python: (command, Debian package).
NEEDS = {"poppler": ("pdfinfo", "poppler-utils")}

# A shell that starts the tests in the background makes them deaf to Ctrl-C, with their children.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("house", deadline=None, derandomize=IN_CI, print_blob=True)
settings.load_profile("house")


def pytest_collection_modifyitems(config, items):  # noqa: ARG001 - pytest's signature
    for mark, (command, package) in NEEDS.items():
        if shutil.which(command) is not None:
            continue
        marked = [item for item in items if item.get_closest_marker(mark)]
        reason = f"{command} is missing; on Debian: apt-get install {package}"
        if marked and IN_CI:
            raise pytest.UsageError(reason)
        for item in marked:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if IN_CI and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI=true: a skipped test counts as a failure", red=True)
