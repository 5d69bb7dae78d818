"""A real browser before a real server; nothing may leave this machine."""

import os
import shutil
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from web.running import Workplace

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
LONGEST = 600  # seconds for one test, on a machine that does other work too
PASSWORD = "een lange zin als wachtwoord"


def chromium() -> str | None:
    """Find the browser of the system."""
    named = os.environ.get("BIOTOOP_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(config, items):  # noqa: ARG001 - pytest's signature
    ours = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if ours and chromium() is None:
        reason = "Chromium is missing; on Debian: apt-get install chromium, or set BIOTOOP_CHROMIUM"
        if os.environ.get("CI") == "true":
            raise pytest.UsageError(reason)
        for item in ours:
            item.add_marker(pytest.mark.skip(reason=reason))


class TooLong(Exception):
    """A page never answered."""


@pytest.fixture(autouse=True)
def _no_page_waits_for_ever():
    """End a test whose page never answers: a script in a page has no limit of its own."""

    def late(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Workplace]:
    """Run a workplace with two people, and two pages of the tests' own."""
    folder = tmp_path_factory.mktemp("browser")
    place = Workplace(
        folder / "data",
        f"sqlite:///{folder / 'browser.sqlite3'}",
        DJANGO_SETTINGS_MODULE="browser.settings",
    )
    (folder / "password").write_text(PASSWORD)
    place.command("migrate", "-v0")
    for email, name, *more in [
        ("fatma@example.org", "Fatma"),
        ("bas@example.org", "Bas", "--staff"),
    ]:
        words = ["--name", name, "--password-file", str(folder / "password"), *more]
        made = place.command("create_account", email, *words)
        assert made.returncode == 0, made.stderr
    place.serve("--workers", "1", "--no-migrate")
    yield place
    place.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, server: Workplace):
    """Give a function that opens a page at a width; what the browser objects to fails the test."""
    contexts: list[BrowserContext] = []
    objections: list[str] = []
    elsewhere: list[str] = []

    def note(request) -> None:
        if not request.url.startswith((server.address, "data:", "blob:")):
            elsewhere.append(request.url)

    def open_(path: str, width: int = 1440, **options) -> Page:
        # Without motion: a colour on its way to another has too little contrast for a moment.
        still = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**still, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", note)
        page.on("console", lambda m: objections.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: objections.append(str(error)))
        page.goto(server.address + path)
        return page

    open_.objections = objections
    yield open_
    for context in contexts:
        context.close()
    # A page about an error is an error to the console as well; that one is no objection.
    assert [text for text in objections if "Failed to load resource" not in text] == []
    assert elsewhere == []
