"""Accounts, news, keys, mail and search: for everybody, at every width, by day and by night."""

import time

import pytest
from playwright.sync_api import expect

from biotoop.web.accounts.actions.second_factors import STEP, code_at
from browser.conftest import PASSWORD
from browser.test_pages import WIDTHS, look_at, open_menu, sign_in
from browser.world import SECRET

ERRORS = {
    400: "/probe/refuse",
    403: "/probe/forbid",
    404: "/nergens/",
    410: "/wachtwoord/nieuw/x/y/",
    500: "/probe/trip",
    503: "/probe/fall",
}
ANYBODY = ["/wachtwoord/vergeten/", "/zoeken/", "/zoeken/?q=niets", "/inloggen/"]
OWN = [
    "/account/",
    "/account/profiel/",
    "/account/wachtwoord/",
    "/account/gegevens/",
    "/account/wissen/",
    "/account/sleutels/",
    "/nieuws/",
    "/zoeken/?q=eenx",
]
FORMS = ["/account/profiel/", "/account/wachtwoord/", "/account/sleutels/", "/account/wissen/"]
LANDMARK = "main h1"


@pytest.fixture(scope="session")
def people(browser, server) -> dict[str, dict]:
    """Sign in somebody with much of everything and somebody with nothing; keep their cookies."""
    file = str(server.data.parent / "password")
    seeded = server.command("shell", "-c", f"from browser.world import seed; seed({file!r})")
    assert seeded.returncode == 0, seeded.stderr
    states = {}
    for name in ("vol", "leeg"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.address + "/inloggen/")
        sign_in(page, f"{name}@example.org")
        expect(page.locator(LANDMARK)).to_be_visible()
        states[name] = context.storage_state()
        context.close()
    return states


def look_everywhere(page) -> None:
    """Hold a page to what every page must be at each width by day, and by night on a phone."""
    for width, scheme in [*((width, "light") for width in WIDTHS), (390, "dark")]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        look_at(page)


@pytest.mark.parametrize(("status", "path"), ERRORS.items())
def test_a_page_about_an_error_is_for_everybody(open_page, status, path):
    page = open_page(path)

    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == status
    look_everywhere(page)


@pytest.mark.parametrize("path", ANYBODY)
def test_a_page_before_signing_in_is_for_everybody(open_page, path):
    look_everywhere(open_page(path))


@pytest.mark.parametrize("path", OWN)
@pytest.mark.parametrize("who", ["vol", "leeg"], ids=["long", "empty"])
def test_an_own_page_is_for_everybody_with_much_on_it_or_nothing(open_page, people, who, path):
    look_everywhere(open_page(path, storage_state=people[who]))


@pytest.mark.parametrize("path", FORMS)
def test_a_form_with_errors_is_for_everybody(open_page, people, path):
    page = open_page(path, storage_state=people["leeg"])
    page.locator("main form input:visible").first.fill("")
    page.locator("main .actions button").click()

    expect(page.get_by_role("alert")).to_be_visible()
    look_everywhere(page)


@pytest.mark.usefixtures("people")
def test_renewing_codes_on_paper_is_for_everybody(open_page, server):
    page = open_page("/inloggen/")
    sign_in(page, "twee@example.org")
    page.get_by_label("Code").fill(code_at(SECRET, int(time.time()) // STEP))
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("header summary").first).to_be_attached()
    page.goto(server.address + "/account/codes/")
    look_everywhere(page)

    page.get_by_label("Code").fill("000000")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator(".error")).to_be_visible()
    look_everywhere(page)


def test_the_outbox_is_for_everybody(open_page, people):
    page = open_page("/beheer/post/", storage_state=people["vol"])
    look_everywhere(page)

    page.get_by_role("link", name="Link voor een nieuw wachtwoord").first.click()
    look_everywhere(page)


def test_who_guesses_too_often_gets_a_page_that_says_how_long_to_wait(open_page):
    page = open_page("/inloggen/")
    for _ in range(6):
        page.get_by_label("E-mailadres").fill("raadt@example.org")
        page.get_by_label("Wachtwoord").fill("mis")
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()

    expect(page.get_by_role("alert")).to_contain_text("Wacht 15 minuten")
    look_everywhere(page)


def test_the_menu_on_a_phone_opens_by_key_and_without_javascript(open_page, people):
    page = open_page("/", 390, storage_state=people["leeg"], java_script_enabled=False)
    open_menu(page)
    page.get_by_role("link", name="Nieuws").locator("visible=true").click()
    expect(page.locator(LANDMARK)).to_have_text("Nieuws")

    page = open_page("/", 390, storage_state=people["leeg"])
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    look_at(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu') !== null")


def test_news_is_opened_and_read_without_javascript(open_page, people):
    page = open_page("/nieuws/", storage_state=people["vol"], java_script_enabled=False)
    before = page.locator(".rows .new").count()
    page.locator(".rows .new").first.click()
    expect(page.locator(LANDMARK)).to_have_text("Je account")

    page.go_back()
    page.reload()
    assert page.locator(".rows .new").count() == before - 1


def test_a_new_key_is_shown_once(open_page, people):
    page = open_page("/account/sleutels/", 390, storage_state=people["leeg"])
    page.get_by_label("Waar is de sleutel voor?").fill("Proef")
    page.get_by_label("lezen", exact=True).check()
    page.get_by_role("button", name="Maak een sleutel").click()

    expect(page.locator(".secret")).to_contain_text("bt_")
    look_everywhere(page)
    page.goto(page.url)
    expect(page.locator(".secret")).to_have_count(0)


def test_a_page_on_paper_has_no_menus_and_says_that_it_is_invented(open_page):
    page = open_page("/onderdelen/")
    page.emulate_media(media="print", color_scheme="dark")

    hidden = [page.locator(each).first.is_visible() for each in ("header.site", ".tabs", ".crumbs")]
    assert hidden == [False] * 3
    assert page.locator(".demo").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


def test_signing_in_with_a_wrong_password_keeps_the_address(open_page):
    page = open_page("/inloggen/")
    page.get_by_label("E-mailadres").fill("iemand@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD + "x")
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()

    expect(page.get_by_label("E-mailadres")).to_have_value("iemand@example.org")


@pytest.mark.parametrize("width", [1440, 1100])
def test_the_menu_of_somebody_who_is_signed_in_fits_on_one_row(open_page, people, width):
    page = open_page("/account/", width, storage_state=people["leeg"])

    assert page.locator("header.site").bounding_box()["height"] < 80
