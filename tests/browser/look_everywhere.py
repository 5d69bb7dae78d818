"""Look at every kind of page of a served demo, at both widths, and print every fault.

    PYTHONPATH=tests:src python -m browser.look_everywhere http://127.0.0.1:8000

For each kind of page that somebody can reach, the one with the most on it: axe, sideways scroll,
small targets, what the browser objects to, bytes and requests over the wire. Takes minutes.
"""

import os
import sys
import traceback

import django
from playwright.sync_api import Browser, Page, Request, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biotoop.web.config.settings")
os.environ.setdefault("BIOTOOP_MODE", "demo")
django.setup()

from browser.conftest import FLAGS, chromium  # noqa: E402 - after the setup
from browser.crawl import VISITOR, Seen, fullest, walk_as_everybody  # noqa: E402 - as above
from browser.test_pages import look_at  # noqa: E402 - as above

WIDTHS = (1440, 390)
MOST_BYTES, MOST_REQUESTS = 100_000, 6
HEAVIER = ("/tekenen/",)  # brings the code of the drawing board along


def main(address: str) -> int:
    """Look at everything; the faults are counted in what is given back."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        seen, states = walk_as_everybody(browser, address)
        faults = [f"{s.path} ({s.who}): {s.status}" for s in seen if s.status != 200]
        for each in fullest(seen):
            faults += faults_of(browser, address, states, each)
        browser.close()
    sys.stdout.write("\n".join([*faults, f"{len(faults)} faults", ""]))
    return int(bool(faults))


def faults_of(browser: Browser, address: str, states: dict[str, dict], each: Seen) -> list[str]:
    """Look at one page at both widths; say what is wrong with it."""
    state = None if each.who == VISITOR else states[each.who]
    context = browser.new_context(storage_state=state)
    page, sent, faults = context.new_page(), [], []
    note(page, sent, faults)
    page.goto(address + each.path)
    page.wait_for_load_state("networkidle")
    weight = sum(request.sizes()["responseBodySize"] for request in sent)
    if not each.path.endswith(HEAVIER) and (weight > MOST_BYTES or len(sent) > MOST_REQUESTS):
        faults.append(f"{weight} bytes in {len(sent)} requests")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        try:
            look_at(page)
        except AssertionError as fault:
            place = traceback.extract_tb(fault.__traceback__)[-1].line
            faults.append(f"{width} px: {str(fault)[:800] or place}")
    context.close()
    return [f"{each.path} ({each.who}): {fault}" for fault in faults]


def note(page: Page, sent: list[Request], faults: list[str]) -> None:
    """Write down what a page asks for, and what the browser objects to."""
    page.on("requestfinished", lambda request: sent.append(request))  # noqa: PLW0108 - it is marked
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
