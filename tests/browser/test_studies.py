"""Studies, cycles and claims as people see them, and the story of adding a claim."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import PASSWORD
from browser.test_pages import look_at

SEED = Path(__file__).parent / "seed_studies.py"
DEMO = Path(__file__).parents[1] / "engine" / "theory" / "demo"
NAMES = ("study", "empty", "cycle", "theory", "plan", "proposal", "claim", "test", "round")
WIDTHS = [1440, 390]
OF_A_STUDY = [
    "", "wijzigen/", "documenten/", "documenten/?naam=study.yaml", "documenten/?naam=effects.yaml",
    "documenten/?naam=effects.yaml&voorbeeld=ja", "plan/", "waarborgen/", "bewijs/",
    "literatuur/nieuw/", "toetsen/nieuw/", "gegevens/", "publicatie/", "archief/", "uitspraken/",
    "uitspraken/?over=S9", "uitspraken/nieuw/", "uitspraken/plakken/", "rondes/nieuw/", "gemist/",
]  # fmt: skip


@pytest.fixture(scope="session")
def haven(server) -> dict[str, str]:
    """Fill the workplace with studies; give the numbers of the pages by what they are about."""
    code = SEED.read_text("utf-8") + f"\nprint(sow_studies({str(DEMO)!r}))\n"
    sown = server.command("shell", "--no-imports", "-c", code)
    assert sown.returncode == 0, sown.stderr
    return dict(zip(NAMES, sown.stdout.split(), strict=True))


@pytest.fixture
def as_(open_page):
    """Give a function that opens a page as somebody; who is not signed in is asked to first."""

    def open_as(name: str, path: str, width: int = 1440, **options):
        page = open_page(f"/inloggen/?next={path}", width, **options)
        page.get_by_label("E-mailadres").fill(f"{name}@studies.example")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        return page

    return open_as


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("which", ["study", "empty"])
def test_pages_of_a_study_are_accessible_at_every_width(as_, haven, server, width, which):
    page = as_("noor", "/studies/", width)
    for part in OF_A_STUDY:
        page.goto(f"{server.address}/studies/{haven[which]}/{part}")
        look_at(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_around_studies_are_accessible_at_every_width(as_, haven, server, width):
    page = as_("noor", "/studies/", width)
    for path in [
        "/studies/", "/studies/?zoek=niets", "/studies/niet-gepubliceerd/", "/cycli/",
        f"/cycli/{haven['cycle']}/", f"/cycli/{haven['cycle']}/wijzigen/",
        f"/redeneerlijnen/{haven['theory']}/studies/nieuw/",
        f"/redeneerlijnen/{haven['theory']}/cycli/nieuw/", f"/plannen/{haven['plan']}/",
        f"/gemist/{haven['proposal']}/", f"/uitspraken/{haven['claim']}/",
        f"/toetsen/{haven['test']}/", f"/rondes/{haven['round']}/",
    ]:  # fmt: skip
        page.goto(server.address + path)
        look_at(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_claim_is_added_after_its_phone_number_was_masked(as_, haven, width):
    page = as_("noor", f"/studies/{haven['study']}/uitspraken/", width)
    page.get_by_role("link", name="Voeg een uitspraak toe").click()
    page.get_by_label("Wat er gezegd is").fill("Bel mij op 06-12345678, ik kom elke week.")
    page.get_by_label("Over wiens leven gaat het?").fill("bewoner")
    page.get_by_label("Code van de respondent").fill(f"R{width}")
    page.get_by_label("Waar gaat het over?").select_option("S2")
    page.get_by_label("Wat zegt het daarover?").select_option("contradicts")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("06-12345678")
    look_at(page)
    masked = page.locator("#masked").inner_text()
    page.get_by_label("Wat er gezegd is").fill(masked)
    page.get_by_role("button", name="Bewaren", exact=True).click()
    row = page.get_by_role("row").filter(has_text=f"R{width}")
    expect(row).to_contain_text("Bel mij op [phone]")
    expect(row).to_contain_text("weerspreekt")


def test_only_stances_that_fit_can_be_chosen(as_, haven):
    page = as_("noor", f"/studies/{haven['study']}/uitspraken/nieuw/")
    stances = page.get_by_label("Wat zegt het daarover?")

    page.get_by_label("Waar gaat het over?").select_option("N1")

    expect(stances).to_have_value("recognised")
    expect(stances.locator("option[value=supports]")).to_be_disabled()


def test_a_claim_is_added_without_javascript(as_, haven):
    page = as_("noor", f"/studies/{haven['study']}/uitspraken/nieuw/", java_script_enabled=False)
    page.get_by_label("Waar gaat het over?").select_option("N1")
    page.get_by_label("Wat zegt het daarover?").select_option("supports")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("past niet")
    page.get_by_label("Wat zegt het daarover?").select_option("recognised")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("is bewaard")


def test_who_may_not_read_words_sees_who_stands_where(as_, haven):
    page = as_("olga", f"/studies/{haven['study']}/uitspraken/")

    expect(page.get_by_text("De woorden zelf zijn voor het team van de studie.")).to_be_visible()
    assert "We groeten elkaar weer" not in page.content()
    look_at(page)
