"""Every page of the foundation: accessible, narrow or wide, light or dark, from one address."""

import os
import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from biotoop.web.accounts.actions.second_factors import code_at
from browser.conftest import PASSWORD

OPEN_PAGES = [
    "/",
    "/inloggen/",
    "/nergens/",
    "/probe/trip",
    "/probe/fall",
    "/inloggen/organisatie/",
    "/onderdelen/",
]
WIDTHS = [1440, 390, 320]


def violations(page) -> list[str]:
    """Let axe look; say what is wrong and where. Not on a page without scripts: axe waits there."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in found]


def look_at(page) -> None:
    """Hold one page to what every page must be; keep a picture when asked for."""
    if folder := os.environ.get("BIOTOOP_PICTURES"):
        name = re.sub(r"\W+", "-", page.title()) + f"-{page.viewport_size['width']}"
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('a:not(p a, li a, th a, .skip), button, summary')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24)"
        ".map(e => e.outerHTML)"
    )
    assert small == []


def sign_in(page, email: str) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_is_accessible_at_every_width(open_page, path, width):
    look_at(open_page(path, width))


@pytest.mark.parametrize("path", ["/", "/inloggen/", "/nergens/", "/onderdelen/"])
def test_a_page_is_accessible_in_the_dark(open_page, path):
    look_at(open_page(path, color_scheme="dark"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_with_errors_is_accessible_and_says_what_to_do(open_page, width):
    page = open_page("/inloggen/", width)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()

    look_at(page)
    described = page.get_by_label("E-mailadres").get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text() != ""
    assert page.get_by_label("E-mailadres").get_attribute("aria-invalid") == "true"


def test_a_page_without_javascript_signs_a_person_in_and_out(open_page):
    page = open_page("/inloggen/", java_script_enabled=False)
    sign_in(page, "fatma@example.org")
    page.locator(".drop summary", has_text="Fatma").click()

    page.get_by_role("button", name="Uitloggen").click()

    expect(page.get_by_role("status")).to_have_text("Je bent uitgelogd.")


def open_menu(page) -> None:
    """Open what stands behind the reader's name, or behind the menu on a phone."""
    page.locator("header summary").locator("visible=true").last.click()


def set_up_second_factor(page) -> str:
    """Set the second factor up as the page asks; give a code on paper."""
    page.locator(".qr").evaluate("image => image.decode()")  # fails when it cannot be drawn
    look_at(page)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_at(secret, int(time.time()) // 30))
    page.get_by_role("button", name="Aanzetten").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look_at(page)
    return page.locator(".codes li").first.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_set_up_their_second_factor_and_come_in_with_it(open_page, width, server):
    email, file = f"staf{width}@example.org", str(server.data.parent / "password")
    server.command("create_account", email, "--name", "Staf", "--staff", "--password-file", file)
    page = open_page("/inloggen/", width)
    sign_in(page, email)
    paper = set_up_second_factor(page)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    open_menu(page)
    page.get_by_role("link", name="Je account").locator("visible=true").click()
    look_at(page)
    open_menu(page)
    look_at(page)
    page.get_by_role("button", name="Uitloggen").locator("visible=true").click()

    page.goto(f"{server.address}/inloggen/")
    sign_in(page, email)
    look_at(page)
    page.get_by_label("Code").fill(paper)
    page.get_by_role("button", name="Verder").click()

    open_menu(page)
    expect(page.get_by_role("button", name="Uitloggen").locator("visible=true")).to_be_visible()


def test_a_reader_with_only_a_keyboard_reaches_everything_in_order(open_page):
    page = open_page("/inloggen/")
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.innerText || document.activeElement.name")
        )

    assert reached == [
        "Naar de inhoud", "Biotoop", "email", "password", "Inloggen", "Wachtwoord vergeten?",
        "Nederlands", "English",
    ]  # fmt: skip
    page.goto(page.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_at_twice_the_size_loses_nothing(open_page):
    page = open_page("/inloggen/", 720)
    look_at(page)  # half the width of a desktop is what twice the size leaves


def test_english_is_one_click_away_on_a_phone(open_page):
    page = open_page("/", 390)
    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "What difference does social work make?"
    )
    assert page.evaluate("document.documentElement.lang") == "en"
    look_at(page)


def test_a_page_weighs_little_and_is_set_in_its_own_typeface(open_page):
    page = open_page("/")
    page.evaluate("document.fonts.ready")
    sizes = page.evaluate(
        "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
        ".map(e => e.transferSize)"
    )

    assert len(sizes) <= 6
    assert sum(sizes) <= 100_000
    assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    assert re.search("Atkinson", page.evaluate("getComputedStyle(document.body).fontFamily"))
