"""The pages of organisations, people and programmes, as people see them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import PASSWORD
from browser.test_pages import look_at

SEED = Path(__file__).parent / "seed.py"
WIDTHS = [1440, 390]


@pytest.fixture(scope="session")
def beekwaarde(server) -> str:
    """Fill the workplace with partners; give the address of one organisation."""
    code = SEED.read_text("utf-8") + "\nprint(sow())\n"
    sown = server.command("shell", "--no-imports", "-c", code)
    assert sown.returncode == 0, sown.stderr
    return f"/organisaties/{sown.stdout.split()[0]}/"


def sign_in(page, name: str):
    page.get_by_label("E-mailadres").fill(f"{name}@partners.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    return page


@pytest.fixture
def as_(open_page):
    """Give a function that opens a page as somebody; who is not signed in is asked to first."""

    def open_as(name: str, path: str, width: int = 1440, **options):
        return sign_in(open_page(f"/inloggen/?next={path}", width, **options), name)

    return open_as


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_an_administrator_are_accessible_at_every_width(as_, beekwaarde, server, width):
    page = as_("anouk", beekwaarde, width)
    for part in ["", "wijzigen/", "archiveren/", "mensen/", "mensen/?wie=vroeger",
                 "uitnodigingen/", "uitnodigen/", "uitnodigen/lijst/", "gasten/",
                 "gasten/nieuw/"]:  # fmt: skip
        page.goto(server.address + beekwaarde + part)
        look_at(page)
    for path in ["/organisaties/", "/organisaties/?zoek=niets", "/programmas/",
                 "/programmas/nieuw/", "/beleidsdoelen/", "/onderzoeksprogrammas/"]:  # fmt: skip
        page.goto(server.address + path)
        look_at(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_a_person_and_their_roles_are_accessible(as_, beekwaarde, width):
    page = as_("anouk", f"{beekwaarde}mensen/", width)
    page.get_by_role("link", name="Fatma Yildiz").click()
    look_at(page)
    for button in ["Rol geven", "Functie en uren wijzigen", "Vertrekt bij de organisatie"]:
        page.get_by_role("link", name=button).click()
        look_at(page)
        page.go_back()
    page.get_by_role("link", name=re.compile("^Stoppen")).click()
    look_at(page)


@pytest.mark.usefixtures("beekwaarde")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_research_programme_is_accessible_for_who_coordinates_it(as_, width):
    page = as_("hans", "/onderzoeksprogrammas/", width)
    page.get_by_role("link", name="Lerende biotoop Beekwaarde").click()
    expect(page.get_by_text("geldt nu")).to_be_visible()
    look_at(page)
    for link in ["Nieuwe overeenkomst", "Lijn toevoegen", "Partner toevoegen", "Uren toevoegen"]:
        page.get_by_role("link", name=link, exact=True).click()
        look_at(page)
        page.get_by_role("main").get_by_role("button", name="Toevoegen").click()
        look_at(page)
        page.get_by_role("link", name="Annuleren").click()


@pytest.mark.usefixtures("beekwaarde")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_programme_and_a_public_goal_are_accessible(as_, open_page, width):
    page = as_("fatma", "/programmas/", width)
    page.get_by_role("link", name="Ontmoeten & ontwikkelen").click()
    look_at(page)
    page = open_page("/beleidsdoelen/", width)
    page.get_by_role("link", name="Minder inwoners zijn eenzaam").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Minder inwoners zijn eenzaam")
    look_at(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_list_names_every_fault_and_a_right_one_is_shown_first(
    as_, beekwaarde, tmp_path, width
):
    page = as_("anouk", f"{beekwaarde}uitnodigen/lijst/", width)
    file = tmp_path / "mensen.csv"
    for text in ("geen adres;Pim;baas;gisteren", f"pim{width}@lijst.example;Pim;student;"):
        file.write_text(f"e-mail;naam;rol;tot en met\n{text}\n")
        page.get_by_label("Bestand met mensen").set_input_files(file)
        page.get_by_role("button", name="Laat zien wat erin staat").click()
        look_at(page)
    page.get_by_role("button", name="Allemaal uitnodigen").click()
    expect(page.get_by_role("status")).to_contain_text("1 persoon uitgenodigd")


def test_a_guest_looks_around_without_an_account_or_javascript(as_, open_page, beekwaarde):
    page = as_("anouk", f"{beekwaarde}gasten/nieuw/", java_script_enabled=False)
    page.get_by_label("Voor wie, en waarom").fill("Wethouder")
    page.get_by_label("Link werkt tot en met").fill("2027-06-30")
    page.get_by_role("button", name="Link maken").click()
    look = page.locator("#address").inner_text()

    guest = open_page(look[look.index("/gast/") :], 390, java_script_enabled=False)
    guest.get_by_role("button", name="Rondkijken").click()

    expect(guest.get_by_role("heading", level=1)).to_have_text("Samenkracht Beekwaarde")
    guest.goto(guest.url + "mensen/")
    expect(guest.get_by_text("Fatma Yildiz")).to_have_count(0)


def test_ending_a_role_can_be_undone_with_one_button(as_, beekwaarde):
    page = as_("anouk", f"{beekwaarde}mensen/")
    page.get_by_role("link", name="Fatma Yildiz").click()
    page.get_by_role("link", name=re.compile("^Stoppen")).click()
    page.get_by_role("button", name="Rol stoppen").click()
    expect(page.get_by_text("Geen rollen die jij mag zien")).to_be_visible()

    page.get_by_role("button", name="Ongedaan maken").click()

    expect(page.get_by_role("rowheader", name="Professional")).to_be_visible()
