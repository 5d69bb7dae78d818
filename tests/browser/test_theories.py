"""Drawing, writing and reading theories in a real browser, by mouse, finger and keys."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser.conftest import PASSWORD
from browser.test_pages import look_at

HERE = Path(__file__).parent
DEMO = HERE.parent / "engine" / "theory" / "demo" / "p1.yaml"
WIDTHS = [1440, 390]
READING = ["", "versies/", "a3/", "kaarten/"]
WRITING = [
    "tekenen/", "schrijven/", "knoop/nieuw/", "stap/nieuw/", "canvas/", "plakken/",
    "instellingen/", "publiceren/", "opmerkingen/", "beleidsdoelen/", "verschil/?naar=concept",
]  # fmt: skip
STEPS = (
    "Van\tNaar\tAls\tDan\tOmdat\tAannames\tAndere verklaring\tTermijn\n"
    "Vrijwilligers koken elke week\tBezoekers eten mee\ter elke week wordt gekookt\t"
    "eten bezoekers vaker mee\teen vaste dag houvast geeft\tde maaltijd is betaalbaar\t"
    "mensen aten al samen\tweken\n"
    "Bezoekers eten mee\tBezoekers voelen zich minder eenzaam\tbezoekers vaak mee-eten\t"
    "voelen zij zich minder eenzaam\therhaald contact vertrouwen geeft\t\tde zomer\tmaanden\n"
)


@pytest.fixture(scope="session")
def sown(server) -> dict[str, str]:
    """Fill the workplace; give the address of a theory for each story."""
    code = (HERE / "seed_theories.py").read_text("utf-8")
    code += f"\nprint(sow({DEMO.read_text('utf-8')!r}))\n"
    done = server.command("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout.splitlines()[-1])
    return {story: f"/redeneerlijnen/{number}/" for story, number in made.items()}


@pytest.fixture
def as_(open_page):
    """Give a function that opens a page as somebody."""

    def open_as(name: str, path: str, width: int = 1440, **options):
        page = open_page(f"/inloggen/?next={path}", width, **options)
        page.get_by_label("E-mailadres").fill(f"{name}@buurt.example")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        return page

    return open_as


def told(sown, story: str, width: int) -> str:
    """Give the theory of a story; on a phone it is told about another one."""
    return sown[story if width == WIDTHS[0] else f"{story}-{width}"]


def box(page, words: str):
    return page.get_by_role("button", name=re.compile(rf"^N\d+ {re.escape(words)}")).first


def saved(page) -> None:
    expect(page.locator("#board-status")).to_have_text(re.compile("Bewaard|Teruggedraaid"))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_theory_are_accessible_at_every_width(as_, sown, server, width):
    page = as_("fenna", sown["lezen"], width)
    for part in [*READING, *WRITING]:
        page.goto(server.address + sown["lezen"] + part)
        look_at(page)
    for path in ["/redeneerlijnen/", "/redeneerlijnen/?q=niets", sown["leeg"] + "tekenen/"]:
        page.goto(server.address + path)
        look_at(page)


def test_a_theory_is_read_at_night_and_without_javascript(open_page, sown):
    look_at(open_page(sown["lezen"], color_scheme="dark"))
    page = open_page(sown["lezen"], java_script_enabled=False)

    expect(page.locator("figure svg")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("de opbouwwerker er elke week")


def test_a_public_theory_is_read_on_a_phone_in_english_without_an_account(open_page, sown):
    page = open_page(sown["lezen"], 390)
    expect(page.locator(".toc-list")).to_be_visible()
    expect(page.locator("figure.toc-picture").first).to_be_hidden()

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", name="The steps in words")).to_be_visible()
    expect(page.locator(".toc-list")).to_contain_text("leads to")
    look_at(page)


def test_an_arrow_in_the_drawing_opens_its_evidence_beside_it(open_page, sown):
    page = open_page(sown["lezen"])
    page.locator("figure a[aria-label^='S4:']").click()

    expect(page.locator("#evidence h2").first).to_contain_text("Bewoners organiseren samen")
    look_at(page)
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()


def test_an_arrow_in_the_drawing_leads_to_its_step(open_page, sown):
    page = open_page(sown["lezen"], java_script_enabled=False)
    page.locator("figure a[aria-label^='S4:']").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Bewoners organiseren samen")
    look_at(open_page(urlsplit(page.url).path))  # axe needs scripts


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_from_excel_becomes_a_drawing(as_, sown, width):
    page = as_("fenna", told(sown, "plakken", width) + "plakken/", width)
    page.get_by_label("Plak hier").fill(STEPS)
    page.get_by_role("button", name="Lezen", exact=True).click()
    expect(page.get_by_label('Wat is "Bezoekers eten mee"?')).to_have_value("result")
    look_at(page)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.locator("figure svg")).to_be_visible()
    page.get_by_role("button", name="Neem het over").click()

    expect(page.locator(".toc-node")).to_have_count(3)
    expect(page.locator(".toc-label")).to_have_text(["S1", "S2"])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_draft_is_written_by_keyboard_only(as_, sown, width):
    page = as_("fenna", told(sown, "toetsen", width) + "tekenen/", width)
    expect(page.locator(".toc-node")).to_have_count(11)
    box(page, "Bewoners krijgen hulp").focus()
    page.keyboard.press("ArrowRight")
    expect(box(page, "Bewoners organiseren samen")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Bewoners organiseren zelf een feest")
    confirm(page)
    saved(page)
    expect(box(page, "Bewoners organiseren zelf een feest")).to_be_focused()

    joins_by_keyboard(page)
    page.keyboard.press("Alt+ArrowUp")
    saved(page)
    page.keyboard.press("Delete")
    expect(page.locator(".toc-node")).to_have_count(10)
    page.keyboard.press("Control+z")
    expect(page.locator(".toc-node")).to_have_count(11)
    look_at(page)


def confirm(page) -> None:
    """Go from a field to the button after it, and press it."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def joins_by_keyboard(page) -> None:
    """Draw a step from the node that has the focus."""
    page.keyboard.press("l")
    page.locator("#link-end").press_sequentially("N6")
    page.locator("#link-because").focus()
    page.keyboard.type("wie samen iets doet, vertelt meer")
    confirm(page)
    expect(page.locator(".toc-label")).to_have_count(11)
    saved(page)


def test_a_step_is_drawn_with_mouse_from_a_grip(as_, sown):
    page = as_("fenna", sown["slepen"] + "tekenen/")
    expect(page.locator(".toc-node")).to_have_count(11)
    before = page.locator(".toc-label").count()
    grip = box(page, "Opbouwwerker is elke").locator(".toc-grip").bounding_box()
    end = box(page, "Bewoners melden").bounding_box()

    page.mouse.move(grip["x"] + 12, grip["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 20, steps=6)
    page.mouse.up()

    expect(page.locator(".toc-label")).to_have_count(before + 1)
    expect(page.locator("#proof")).to_contain_text("OMDAT is leeg")


@pytest.mark.parametrize("width", WIDTHS)
def test_two_people_on_one_draft_lose_nothing(as_, sown, width):
    address = told(sown, "samen", width) + "tekenen/"
    first, second = as_("fenna", address, width), as_("bart", address, width)
    for page, words in ((first, "Buren lenen elkaar gereedschap"), (second, "Buren passen op")):
        box(page, "Buren").dblclick()
        page.locator("#node-label").fill(words)
        page.get_by_role("button", name="Bewaren", exact=True).click()
        if page is first:
            saved(first)

    expect(second.locator("#stale-mine")).to_have_text("Buren passen op")
    expect(second.locator("#stale-theirs")).to_contain_text("Buren lenen elkaar gereedschap")
    look_at(second)
    second.get_by_role("button", name="Bewaar mijn tekst").click()

    expect(box(second, "Buren passen op")).to_be_visible()
    first.reload()
    expect(box(first, "Buren passen op")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_draft_is_read_published_and_its_difference_told(as_, server, sown, width):
    address = told(sown, "publiceren", width)
    writes = as_("fenna", address + "schrijven/", width)
    writes.get_by_role("link", name="Bewoners melden zorgen eerder").first.click()
    writes.get_by_label("De knoop in één korte zin").fill("Bewoners melden zorgen veel eerder")
    writes.get_by_role("button", name="Bewaren").click()
    for row in writes.locator(".toc-missing").all():
        row.locator("xpath=..").get_by_role("link").click()
        writes.get_by_label("Als").fill("de opbouwwerker er is")
        writes.get_by_label("Dan").fill("melden bewoners eerder")
        writes.get_by_label("Omdat").fill("zij weten bij wie zij terechtkunnen")
        writes.get_by_role("button", name="Bewaren").click()
    publishes(writes, server.address + address)
    writes.goto(f"{server.address}{address}verschil/")

    expect(writes.locator("ins").filter(has_text="veel")).to_be_visible()
    look_at(writes)


def publishes(page, address: str) -> None:
    """Mend what is left, and publish alone with the reason."""
    page.goto(f"{address}publiceren/")
    page.get_by_label("Niemand anders las deze tekst").fill("alleen in deze proef")
    page.get_by_label("Wat is er veranderd, en waarom?").fill("Na gesprekken met bewoners")
    page.get_by_role("button", name="Publiceer versie").click()
    expect(page.get_by_role("status").first).to_contain_text("is gepubliceerd")


def test_words_survive_when_the_connection_drops(as_, sown):
    page = as_("fenna", sown["los"] + "tekenen/")
    page.get_by_role("button", name="Toevoegen: Impact").click()
    page.locator("#node-label").fill("De buurt is hechter")
    page.context.set_offline(True)
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.locator("#board-status")).to_contain_text("geen verbinding")

    page.context.set_offline(False)
    page.get_by_role("button", name="Opnieuw proberen").click()

    expect(box(page, "De buurt is hechter")).to_be_visible()
