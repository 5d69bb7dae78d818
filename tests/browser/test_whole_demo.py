"""What anybody in the demo can reach opens, and leads on."""

import re

import pytest
from playwright.sync_api import expect

from browser.crawl import walk_as_everybody
from browser.test_pages import look_at
from web.running import Workplace

pytestmark = pytest.mark.slow
WIDTHS = (1440, 390)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Serve the invented world."""
    folder = tmp_path_factory.mktemp("demo")
    place = Workplace(folder / "data", f"sqlite:///{folder / 'demo.sqlite3'}", patience=300)
    place.command("migrate", "-v0")
    sown = place.command("seed_demo")
    assert sown.returncode == 0, sown.stderr
    place.serve("--workers", "1", "--no-migrate")
    yield place
    place.end()


@pytest.fixture(scope="module")
def walked(browser, demo):
    return walk_as_everybody(browser, demo.address)


def test_no_link_that_somebody_sees_leads_to_a_closed_door(walked):
    seen, states = walked
    assert len(states) > 15
    closed = [each for each in seen if each.status != 200]
    assert closed == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_professional_comes_in_and_finds_what_needs_her_now(browser, demo, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{demo.address}/inloggen/")
    page.locator("form:has(input[value='lab_researcher']) button").click()
    expect(page).to_have_url(re.compile("/vandaag/"))
    first = page.locator("main ul.rows a, main ul.cards a").first
    expect(first).to_be_in_viewport(ratio=1)
    title = first.inner_text()
    first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert title.strip()
    assert page.title() != "404"
    look_at(page)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_anybody_reads_what_is_known_about_a_policy_goal_and_goes_on_to_its_step(
    browser, demo, width
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{demo.address}/beleidsdoelen/")
    page.locator("main a[href*='/beleidsdoelen/']").first.click()
    page.locator("main a[href*='wat-weten-we']").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("aannemelijk|open|gemengd|averechts"))
    page.locator("main a[href*='/redeneerlijnen/']").first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert "/inloggen/" not in page.url
    context.close()
