"""Run a study and read an arrow; put another grade beside the computed one."""

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import PASSWORD
from browser.test_pages import look_at

pytestmark = pytest.mark.slow
SEED = f"""
from web.analyses.conftest import prepared
from biotoop.web.theories.models import Link
study, noor, _ = prepared()
noor.set_password({PASSWORD!r})
noor.save()
link = Link.objects.get(theory=study.theory, code="S4")
print(f"/studies/{{study.pk}}/ /redeneerlijnen/{{study.theory_id}}/stappen/{{link.pk}}/")
"""
PATIENCE = 240_000
WIDTHS = (1440, 390)
CHAPTERS = ("theory", "steps", "voices", "effects", "euros", "next", "appendix")


@pytest.fixture(scope="module")
def places(server) -> list[str]:
    """Prepare a study; give its address and that of a step of its theory."""
    sown = server.command("shell", "--no-imports", "-c", SEED)
    assert sown.returncode == 0, sown.stderr
    return sown.stdout.split()


def entered(open_page, path: str, width: int = 1440):
    page = open_page(f"/inloggen/?next={path}", width)
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    return page


def run_study(page) -> None:
    """Ask for a run, and wait until the page shows the answer; once it ran, that is at once."""
    page.get_by_role("button", name=re.compile("Bereken")).click()
    asked = page.get_by_role("heading", name="Welk verschil is er gevonden?")
    expect(asked).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("width", WIDTHS)
def test_run_a_study_and_read_an_arrow(open_page, server, places, width):
    study, step = places
    page = entered(open_page, f"{study}bevindingen/", width)
    run_study(page)
    look_at(page)
    answer = page.url
    for anchor in CHAPTERS:
        page.goto(f"{answer}hoofdstuk/{anchor}/")
        look_at(page)
    page.goto(server.address + step)
    page.get_by_role("link", name="Al het bewijs").click()
    expect(page.get_by_text("averechts").first).to_be_visible()
    expect(page.get_by_role("heading", name="Wat spreekt ertegen")).to_be_visible()
    look_at(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_put_another_grade_beside_the_computed_one_with_a_reason(open_page, server, places, width):
    study, step = places
    reason = f"Het ging over de bus, {width}."
    page = entered(open_page, f"{study}bevindingen/", width)
    if not page.get_by_role("link", name="Lees de bevindingen").count():
        run_study(page)
    page.goto(server.address + step)
    page.get_by_role("link", name="Al het bewijs").click()
    page.get_by_role("link", name="Geef een ander oordeel").click()
    look_at(page)
    page.get_by_label(re.compile("jouw oordeel", re.IGNORECASE)).select_option(label="nog open")
    page.get_by_role("button", name="Zet het ernaast").click()
    look_at(page)
    page.get_by_label(re.compile("waarom", re.IGNORECASE)).fill(reason)
    page.get_by_role("button", name="Zet het ernaast").click()
    said = page.get_by_text("Een beoordelaar zegt: nog open. Berekend: averechts.")
    expect(said.first).to_be_visible()
    expect(page.get_by_text(reason)).to_be_visible()
    look_at(page)
