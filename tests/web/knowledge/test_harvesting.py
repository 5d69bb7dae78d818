"""Harvesters get what is public and what once was, as the protocol says, and nothing else."""

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.bridge import harvesting
from biotoop.web.knowledge.enums import Act
from biotoop.web.knowledge.models import Product
from web.knowledge.conftest import drafted, fill, released

pytestmark = pytest.mark.django_db
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def asked(client, post=None, **words) -> ET.Element:
    words = {name.rstrip("_"): value for name, value in words.items()}
    answer = client.post("/oai/", words) if post else client.get("/oai/", words)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314 - our own bytes


def code_of(whole: ET.Element) -> str:
    fault = whole.find(f"{OAI}error")
    return "" if fault is None else fault.get("code")


def identifier(product: Product) -> str:
    return f"oai:127.0.0.1:{product.pk}"


DUBLIN = {"metadataPrefix": "oai_dc"}
REFUSED = {
    "no verb": ({}, "badVerb"),
    "an unknown verb": ({"verb": "Everything"}, "badVerb"),
    "an unknown argument": ({"verb": "Identify", "colour": "red"}, "badArgument"),
    "a missing argument": ({"verb": "ListRecords"}, "badArgument"),
    "an empty argument": ({"verb": "ListRecords", **DUBLIN, "set": ""}, "badArgument"),
    "no such day": ({"verb": "ListRecords", **DUBLIN, "from": "2026-02-30"}, "badArgument"),
    "a strange day": ({"verb": "ListRecords", **DUBLIN, "from": "yesterday"}, "badArgument"),
    "days and seconds": (
        {"verb": "ListRecords", **DUBLIN, "from": "2026-01-01", "until": "2026-01-02T00:00:00Z"},
        "badArgument",
    ),
    "from after until": (
        {"verb": "ListRecords", **DUBLIN, "from": "2026-01-02", "until": "2026-01-01"},
        "badArgument",
    ),
    "a token with more": (
        {"verb": "ListRecords", **DUBLIN, "resumptionToken": "x"},
        "badArgument",
    ),
    "a false token": ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    "a token of sets": ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    "an unknown form": (
        {"verb": "ListRecords", "metadataPrefix": "marc"},
        "cannotDisseminateFormat",
    ),
    "an unknown record": (
        {"verb": "GetRecord", **DUBLIN, "identifier": "oai:127.0.0.1:1"},
        "idDoesNotExist",
    ),
    "forms of an unknown record": (
        {"verb": "ListMetadataFormats", "identifier": "x"},
        "idDoesNotExist",
    ),
    "an unknown set": ({"verb": "ListRecords", **DUBLIN, "set": "colour:red"}, "noRecordsMatch"),
    "a programme that is none": (
        {"verb": "ListRecords", **DUBLIN, "set": "programme:x"},
        "noRecordsMatch",
    ),
    "a time long ago": (
        {"verb": "ListIdentifiers", **DUBLIN, "until": "1999-12-31"},
        "noRecordsMatch",
    ),
}


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
@pytest.mark.parametrize(("words", "code"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_request_gets_the_code_of_the_protocol(client, public, words, code, post):
    assert public.is_public
    whole = asked(client, post, **words)

    assert code_of(whole) == code
    repeated = whole.find(f"{OAI}request").attrib
    assert bool(repeated) == (code not in ("badVerb", "badArgument"))


def test_an_argument_that_comes_twice_is_refused(client):
    answer = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=datacite")

    assert code_of(ET.fromstring(answer.content)) == "badArgument"  # noqa: S314 - as above


@pytest.mark.parametrize("post", [False, True], ids=["get", "post"])
def test_the_repository_says_what_it_is(client, public, post):
    told = asked(client, post, verb="Identify").find(f"{OAI}Identify")
    words = {child.tag.removeprefix(OAI): child.text for child in told}

    assert words["deletedRecord"] == "persistent"
    assert words["granularity"] == "YYYY-MM-DDThh:mm:ssZ"
    assert words["earliestDatestamp"] == public.stamped_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert words["protocolVersion"] == "2.0"


def test_forms_and_sets_are_listed(client, public):
    forms = asked(client, verb="ListMetadataFormats", identifier=identifier(public))
    sets = {one.text for one in asked(client, verb="ListSets").iter(f"{OAI}setSpec")}

    assert [one.text for one in forms.iter(f"{OAI}metadataPrefix")] == [
        "oai_dc", "datacite", "didl_mods",
    ]  # fmt: skip
    assert {"kind", "kind:report", "programme", f"programme:{public.programme_id}"} <= sets


@pytest.mark.parametrize("prefix", ["oai_dc", "datacite", "didl_mods"])
def test_a_record_comes_in_every_form(client, public, prefix):
    words = {"identifier": identifier(public), "metadataPrefix": prefix}
    whole = asked(client, verb="GetRecord", **words)

    texts = [one.text for one in whole.iter() if one.text]
    assert public.title in texts
    assert "Wijkstra, Fenna" in texts or "Wijkstra" in texts


def test_words_that_look_like_markup_stay_words(client, home, maker):
    title = '<b>Samen</b> & "apart" ]]> \x0b\ud83d\ude00'.encode("utf-16", "surrogatepass")
    made = released(home, maker, title=title.decode("utf-16"))
    whole = asked(client, verb="GetRecord", identifier=identifier(made), **DUBLIN)

    assert next(whole.iter(f"{DC}title")).text == '<b>Samen</b> & "apart" ]]> 😀'


def test_only_what_is_public_or_was_is_listed(client, home, maker, public):
    drafted(home, maker, title="Geheim")
    gone = released(home, maker, title="Fout gegaan")
    gone = take_step(gone, Act.WITHDRAW, "Fout.", by=home.pk, seen=gone.edition)
    changed = take_step(public, Act.REVISE, "", by=maker.pk, seen=public.edition)
    Product.objects.filter(pk=changed.pk).update(title="Nog geheim")
    answer = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    whole = ET.fromstring(answer)  # noqa: S314 - as above

    heads = {
        head.find(f"{OAI}identifier").text: head.get("status")
        for head in whole.iter(f"{OAI}header")
    }
    assert heads == {identifier(public): None, identifier(gone): "deleted"}
    assert "Geheim" not in answer
    assert "Nog geheim" not in answer
    assert "Fout gegaan" not in answer


def test_a_period_holds_both_of_its_ends(client, public):
    at = public.stamped_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    later = (public.stamped_at + dt.timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    listing = {"verb": "ListIdentifiers", **DUBLIN}

    assert code_of(asked(client, **listing, from_=at, until=at)) == ""
    assert code_of(asked(client, **listing, from_=later)) == "noRecordsMatch"
    day = public.stamped_at.strftime("%Y-%m-%d")
    assert code_of(asked(client, **listing, from_=day, until=day)) == ""


def test_a_list_goes_on_where_it_was_though_things_change(client, home):
    fill(home, 150)
    first = asked(client, verb="ListIdentifiers", **DUBLIN)
    token = next(first.iter(f"{OAI}resumptionToken"))
    seen = {one.text for one in first.iter(f"{OAI}identifier")}
    moved = Product.objects.order_by("stamped_at", "pk").first()
    Product.objects.filter(pk=moved.pk).update(stamped_at=now().replace(microsecond=0))
    second = asked(client, verb="ListIdentifiers", resumptionToken=token.text)
    rest = [one.text for one in second.iter(f"{OAI}identifier")]
    last = next(second.iter(f"{OAI}resumptionToken"))

    assert (token.get("completeListSize"), token.get("cursor")) == ("150", "0")
    assert (last.text, last.get("cursor")) == (None, "100")
    assert (len(seen), len(rest)) == (100, 51)
    assert seen & set(rest) == {identifier(moved)}


def test_a_token_serves_its_own_verb_for_a_day(client, home, monkeypatch):
    fill(home, 101)
    first = asked(client, verb="ListIdentifiers", **DUBLIN)
    text = next(first.iter(f"{OAI}resumptionToken")).text

    other = asked(client, verb="ListRecords", resumptionToken=text)
    assert code_of(other) == "badResumptionToken"
    assert code_of(asked(client, verb="ListIdentifiers", resumptionToken=text)) == ""
    forged = signing.dumps({"verb": "ListIdentifiers"}, salt="another")
    wrong = asked(client, verb="ListIdentifiers", resumptionToken=forged)
    assert code_of(wrong) == "badResumptionToken"
    monkeypatch.setattr(harvesting, "LIFE", dt.timedelta(seconds=-1))
    late = asked(client, verb="ListIdentifiers", resumptionToken=text)
    assert code_of(late) == "badResumptionToken"


def test_a_part_of_a_list_asks_the_database_as_much_for_one_as_for_hundred(client, home):
    numbers = []
    for start, more in ((0, 1), (1, 149)):
        fill(home, more, start=start)
        with CaptureQueriesContext(connection) as queries:
            asked(client, verb="ListRecords", **DUBLIN)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] <= 4, numbers
