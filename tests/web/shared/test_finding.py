"""People find records by words in either language, and only what they may see."""

import pytest
from django.core.management import call_command

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import reader_of
from biotoop.web.shared.actions import finding
from biotoop.web.shared.models import SearchEntry, SearchWord
from biotoop.web.shared.rules import NOBODY

pytestmark = pytest.mark.django_db
TOLD = {
    "Buurthuis De Schakel": "Bewoners ontmoeten elkaar en voelen zich minder eenzaam.",
    "Schuldhulp Lindehof": "Eerder melden, minder schulden, meer rust.",
    "Café Zuid": "Families with debts meet volunteers.",
}


@pytest.fixture(autouse=True)
def _organisations_are_found(monkeypatch):
    def read(row: Organisation) -> finding.Text | None:
        if row.name == "Verborgen":
            return None
        return finding.Text(title=row.name, text=TOLD.get(row.name, ""))

    provider = finding.Provider(Organisation, read, "shared:letter")  # any page with an id
    monkeypatch.setattr(finding, "PROVIDERS", {"organisations.Organisation": provider})
    for name in TOLD:
        Organisation.objects.create(name=name, kind="social_work")


@pytest.fixture
def administrator(client, signed_in):
    return signed_in(client, "system_administrator")


@pytest.fixture
def reader(administrator):
    return reader_of(administrator.user)


def titles(reader, asked: str) -> list[str]:
    return [entry.title for entry in finding.find(reader, asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("eenzaamheid", "Buurthuis De Schakel"),  # another form of the word
        ("BUURTHUIZEN", "Buurthuis De Schakel"),
        ("ontmoet bewoner", "Buurthuis De Schakel"),  # every word
        ("schuldh", "Schuldhulp Lindehof"),  # how a word begins
        ("cafe", "Café Zuid"),  # without the accent
        ("café", "Café Zuid"),
        ("volunteer", "Café Zuid"),  # the other language
        ("the family", "Café Zuid"),  # words that say nothing are left out
    ],
)
def test_a_word_is_found_in_its_other_forms(reader, asked, found):
    assert titles(reader, asked) == [found]


@pytest.mark.parametrize(
    "asked", ["", "de", "x", "onvindbaar", "buurthuis schuldhulp", "%", "' OR 1"]
)
def test_what_is_nowhere_is_not_found(reader, asked):
    assert titles(reader, asked) == []


def test_a_word_in_the_title_counts_for_more(reader):
    TOLD["Eenzaamheid"] = ""
    Organisation.objects.create(name="Eenzaamheid", kind="social_work")

    assert titles(reader, "eenzaam") == ["Eenzaamheid", "Buurthuis De Schakel"]
    del TOLD["Eenzaamheid"]


def test_nobody_finds_what_they_may_not_see(client):
    assert titles(NOBODY, "buurthuis") == []
    page = client.get("/zoeken/?q=buurthuis").content.decode()

    assert "De Schakel" not in page
    assert "Niets gevonden" in page


def test_a_record_is_found_as_it_is_now(reader):
    place = Organisation.objects.get(name="Buurthuis De Schakel")
    place.name = "Lindehof"
    place.save()
    renamed = (titles(reader, "schakel"), len(titles(reader, "lindehof")))
    place.delete()

    assert renamed == ([], 2)
    assert len(titles(reader, "lindehof")) == 1
    assert SearchWord.objects.filter(entry__object_id=place.pk).count() == 0


def test_a_record_that_should_not_be_found_is_taken_out(reader):
    place = Organisation.objects.get(name="Café Zuid")
    place.name = "Verborgen"
    place.save()

    assert titles(reader, "zuid") == []


def test_the_table_can_be_made_anew(reader, capsys):
    SearchEntry.objects.all().delete()
    SearchEntry.objects.create(kind="gone.Kind", object_id=reader.user_id, title="x")
    call_command("reindex")

    assert titles(reader, "buurthuis") == ["Buurthuis De Schakel"]
    assert "3 records" in capsys.readouterr().out
    assert not SearchEntry.objects.filter(kind="gone.Kind").exists()


def test_the_page_shows_what_was_found_and_needs_no_script(administrator):
    page = administrator.get("/zoeken/?q=eenzaam").content.decode()

    assert "Buurthuis De Schakel" in page
    assert "1 gevonden." in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 5000, "q=%00", "q=a&pagina=zeven", "q=a&soort=nothing.Here", "q=<b>"]
)
def test_any_question_gets_a_page(administrator, query):
    assert administrator.get(f"/zoeken/?{query}").status_code == 200


def test_a_page_of_results_takes_as_many_queries_for_one_as_for_twenty(
    administrator, django_assert_max_num_queries
):
    for number in range(30):
        Organisation.objects.create(name=f"Buurthuis {number}", kind="social_work")

    with django_assert_max_num_queries(6):
        page = administrator.get("/zoeken/?q=buurthuis").content.decode()
    assert page.count('class="meta"') == 20
