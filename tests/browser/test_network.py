"""Questions, clusters and products in a browser: handed in on a phone, and open to everybody."""

import re
import time

import pytest
from playwright.sync_api import expect

from browser.test_pages import look_at
from browser.test_whole_demo import demo  # noqa: F401 - the invented world, served once for a file

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}
STILL = {"reduced_motion": "reduce"}  # a colour on its way to another has too little contrast
# What we assume of the person: somebody who types twenty words (of five letters) a minute on a
# phone, reads two hundred words a minute, and takes three seconds for each field to find it, tap
# it and think. The machine's part is measured.
LETTERS_A_SECOND, WORDS_READ_A_SECOND, FIELD_SECONDS = 20 * 5 / 60, 200 / 60, 3
MOST_SECONDS, MOST_FIELDS = 120, 5
ANSWERS = {
    "text": "Helpt samen eten tegen eenzaamheid, of komen steeds dezelfde mensen?",
    "place": "De Populier",
    "email": "bep@example.org",
}
ON_THE_WAY = """() => {
  const end = document.querySelector('main form button').getBoundingClientRect().bottom;
  const kinds = 'main h1, main .lead, main label, main legend, main .hint, main form button';
  const seen = [...document.querySelectorAll(kinds)]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().bottom <= end);
  return seen.map(e => e.innerText).join(' ').split(/\\s+/).filter(Boolean).length;
}"""
MAIN_PAGES = (
    "/vandaag/", "/praktijkvragen/", "/vraagloketten/", "/onderzoekers/", "/bijeenkomsten/",
    "/onderzoeksplekken/", "/clusters/", "/plaatsen/", "/clustervoorstellen/", "/kennis/",
    "/kennis/werk/", "/netwerk/",
)  # fmt: skip
ONE_OF_EACH = re.compile(
    r"/(praktijkvragen|bijeenkomsten|onderzoeksplekken|clusters|plaatsen|clustervoorstellen"
    r"|kennis/werk|kennis)/[0-9a-f-]{36}/$"
)


@pytest.fixture
def phone(browser):
    """Give a page on a phone."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, **STILL)
    yield context.new_page()
    context.close()


def seconds(act, seen) -> float:
    """Do something, wait until it is seen, and tell how long that took."""
    begun = time.monotonic()
    act()
    expect(seen).to_be_visible()
    return time.monotonic() - begun


def fill_in(page) -> None:
    """Fill in everything but the background, and wait as long as the form asks at least."""
    for name, words in ANSWERS.items():
        page.locator(f"main form [name={name}]").fill(words)
    page.locator("main form [name=asker_kind]").select_option("resident")
    page.wait_for_timeout(2_100)


def test_a_question_is_handed_in_on_a_phone_without_an_account_in_two_minutes(
    phone,
    demo,  # noqa: F811 - pytest's way
    record_property,
):
    heading = phone.get_by_role("heading", level=1)
    machine = seconds(lambda: phone.goto(f"{demo.address}/vraag/"), heading)
    fields = phone.locator("main form :is(input, select, textarea):not([type=hidden])")
    names = set(fields.evaluate_all("all => all.map(one => one.name)"))
    assert len(names) <= MOST_FIELDS
    needed = phone.locator("main form [required]").evaluate_all("all => all.map(one => one.name)")
    assert needed == ["text"]  # who asks is chosen from a list that stands on the first one
    read = phone.evaluate(ON_THE_WAY)
    look_at(phone)
    fill_in(phone)
    kept = phone.get_by_role("heading", name="Bewaar deze pagina")
    machine += seconds(phone.locator("main form button").click, kept)
    typed = sum(map(len, ANSWERS.values())) / LETTERS_A_SECOND
    person = typed + read / WORDS_READ_A_SECOND + FIELD_SECONDS * len(names)
    measured = {"fields": len(names), "words": read, "person": person, "machine": machine}
    record_property("handed in on a phone", measured)
    assert person + machine <= MOST_SECONDS
    look_at(phone)
    assert ANSWERS["text"] in phone.locator("main").inner_text()


@pytest.mark.parametrize(
    ("role", "language"), [("education_coordinator", "nl"), ("lab_researcher", "en")]
)
def test_the_pages_of_the_network_are_for_everybody(browser, demo, role, language):  # noqa: F811 - as above
    context = browser.new_context(viewport=PHONE if language == "en" else None, **STILL)
    page = context.new_page()
    page.goto(f"{demo.address}/inloggen/")
    page.locator(f"form:has(input[value='{role}']) button").click()
    page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    there: dict[str, str] = {}
    for path in MAIN_PAGES:
        answer = page.goto(demo.address + path)
        assert answer is not None
        assert answer.status in (200, 403), path
        if answer.status == 403:
            continue
        look_at(page)
        links = page.locator("main a").evaluate_all("all => all.map(one => one.pathname)")
        for link in links:
            if found := ONE_OF_EACH.match(link):
                there.setdefault(found.group(1), link)
    assert len(there) >= 6
    for link in there.values():
        page.goto(demo.address + link)
        expect(page.locator("main h1")).to_be_visible()
        look_at(page)
    context.close()
