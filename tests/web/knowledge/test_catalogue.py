"""What everybody reads: only what was published, as it was published."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from biotoop.web.accounts.models import Notice
from biotoop.web.knowledge.actions.stepping import take_step
from biotoop.web.knowledge.enums import Act, ProductKind
from biotoop.web.knowledge.models import Product, Release, Source, Touch, UseReport
from biotoop.web.knowledge.rules.chain import public_theories
from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.finding import find
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models import StoredFile
from biotoop.web.shared.queries import files_of
from biotoop.web.shared.rules import NOBODY
from biotoop.web.studies.models import PlanRegistration
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models.frozen import Frozen
from web.knowledge.conftest import PLAIN, drafted, fill, released
from web.organisations.conftest import member
from web.signing import signed_in
from web.studies.conftest import (  # noqa: F401 - fixtures of the floor below
    beekwaarde,
    owner,
    researcher,
    study,
    theory,
    version,
    words,
)

pytestmark = pytest.mark.django_db
HARVEST = "/oai/?verb=ListRecords&metadataPrefix={}"
PDF = b"%PDF-1.7\n%%EOF\n"


def page(client, name: str, *args, **asked) -> str:
    return client.get(reverse(f"knowledge:{name}", args=args), asked).content.decode()


def test_nothing_that_was_not_published_reaches_a_visitor(client, home, maker, public):
    for state in ("idea", "draft", "review"):
        drafted(home, maker, state=state, title="Nog geheim eten")
    changed = take_step(public, Act.REVISE, "", by=maker.pk, seen=public.edition)
    changed.title, changed.plain = "Geheime titel eten", "geheim " * 50
    changed.save()

    everything = (
        page(client, "catalogue") + page(client, "catalogue", zoek="eten")
        + page(client, "product", public.pk) + page(client, "datacite_json", public.pk)
        + page(client, "datacite_xml", public.pk) + client.get("/zoeken/?q=eten").content.decode()
        + client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    )  # fmt: skip
    assert "Samen eten in Lindehof" in everything
    assert "eheim" not in everything
    assert [entry.title for entry in find(NOBODY, "eten")] == ["Samen eten in Lindehof"]


@pytest.mark.parametrize("name", ["product", "datacite_json", "datacite_xml"])
def test_a_draft_has_no_public_page(client, product, name):
    answer = client.get(reverse(f"knowledge:{name}", args=[product.pk]))

    assert answer.status_code in (302, 404)
    assert product.title not in answer.content.decode()


def test_what_is_withdrawn_leaves_a_page_that_says_so_and_nothing_else(client, home, public):
    release = public.latest
    take_step(public, Act.WITHDRAW, "De cijfers klopten niet.", by=home.pk, seen=public.edition)
    answer = client.get(reverse("knowledge:product", args=[public.pk]))

    text = answer.content.decode()
    assert answer.status_code == 410
    assert "De cijfers klopten niet." in text
    assert PLAIN[:40] not in text
    assert client.get(reverse("knowledge:datacite_json", args=[public.pk])).status_code == 410
    assert client.get(release.get_absolute_url()).status_code == 302
    assert not list(find(NOBODY, "eten"))
    assert public.title not in page(client, "catalogue")


def test_a_release_never_changes(public):
    release = public.latest
    release.title = "Anders"
    with pytest.raises(Frozen):
        release.save()
    with pytest.raises(Frozen):
        Release.objects.filter(pk=release.pk).update(title="Anders")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE knowledge_release SET title = 'Anders'")


def test_a_new_version_follows_the_old_one_which_stays(client, home, maker, public):
    first = public.latest
    there = take_step(public, Act.REVISE, "", by=maker.pk, seen=public.edition)
    there.title = "Samen eten, tweede druk"
    there.save()
    for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
        there = take_step(there, act, "Beter.", by=by, seen=there.edition)

    assert (first.number, there.latest.number) == (1, 2)
    assert there.latest.content["previous"] == str(first.pk)
    assert "Samen eten, tweede druk" in page(client, "product", public.pk)
    old = page(client, "release", first.pk)
    assert first.title in old
    assert "Een eerdere versie" in old
    assert [entry.title for entry in find(NOBODY, "eten")] == ["Samen eten, tweede druk"]


@pytest.mark.parametrize(
    "field", ["summary", "plain", "theme", "licence", "intellectual_property", "for_residents"]
)
def test_what_is_not_complete_is_not_offered(home, maker, field):
    made = drafted(home, maker, **{field: ""})
    address = reverse("knowledge:step", args=[made.pk, Act.OFFER.value])

    assert signed_in(maker).post(address, {"edition": 1}).status_code == 422


@pytest.mark.parametrize("kind", ["module", "dataset", "theory"])
def test_some_kinds_ask_for_more(home, maker, kind):
    made = drafted(home, maker, kind=kind)
    address = reverse("knowledge:step", args=[made.pk, Act.OFFER.value])

    assert signed_in(maker).post(address, {"edition": 1}).status_code == 422


def test_a_product_without_makers_is_not_offered(home, maker):
    made = drafted(home, maker)
    made.authors.all().delete()

    address = reverse("knowledge:step", args=[made.pk, Act.OFFER.value])
    assert signed_in(maker).post(address, {"edition": 1}).status_code == 422


def test_the_catalogue_finds_dutch_words_by_their_stem_and_filters(client, home, maker, programme):
    released(home, maker, title="Ouderen aan tafel", theme="ageing", kind="method")
    other = released(home, maker, title="Fietsenmaker gezocht", programme=programme)

    def titles(**asked):
        text = page(client, "catalogue", **asked)
        return {name for name in ("Ouderen aan tafel", "Fietsenmaker gezocht") if name in text}

    assert titles() == {"Ouderen aan tafel", "Fietsenmaker gezocht"}
    assert titles(zoek="oudere tafels") == {"Ouderen aan tafel"}
    assert titles(zoek="fietsenmakers", soort="method") == set()
    assert titles(soort="method") == titles(thema="ageing") == {"Ouderen aan tafel"}
    assert titles(programma=programme.pk) == {other.title}
    assert titles(zoek="zwemmen") == set()


@pytest.mark.parametrize("name", ["catalogue", "work", "network"])
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(home, decider, name):
    browser = signed_in(decider)
    numbers = []
    for start, more in ((0, 1), (1, 29)):
        fill(home, more, start=start)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(f"knowledge:{name}")).status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1], numbers
    assert numbers[1] <= 15, numbers


def opened(client, address: str) -> int:
    """Fetch a file to its end, so that it closes."""
    answer = client.get(address)
    b"".join(answer)  # reading to the end closes the file; closing it here ends the connection too
    return answer.status_code


def test_files_go_along_with_a_release_and_close_when_it_is_withdrawn(client, home, maker):
    made = drafted(home, maker)
    kept = files.keep(made, SimpleUploadedFile("rapport.pdf", PDF), actor=maker.pk)
    draft_address = reverse("shared:file", args=[kept.pk])
    assert opened(client, draft_address) in (302, 404)
    for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
        made = take_step(made, act, "", by=by, seen=made.edition)
    copy = files_of(made.latest).get()
    address = reverse("shared:file", args=[copy.pk])

    assert opened(client, address) == 200
    assert opened(client, draft_address) in (302, 404)
    assert made.latest.content["files"][0]["name"] == "rapport.pdf"
    with pytest.raises(Refused):
        files.remove(kept, actor=maker.pk)
    StoredFile.objects.filter(pk=kept.pk).update(removed_at="2020-01-01T00:00Z")
    files.purge()
    assert opened(client, address) == 200
    take_step(made, Act.WITHDRAW, "Fout.", by=home.pk, seen=made.edition)
    assert opened(client, address) in (302, 404)


@pytest.mark.parametrize("verb", ["add_file", "remove_file"])
def test_nobody_changes_the_files_of_a_release(home, decider, maker, verb):
    made = drafted(home, maker)
    files.keep(made, SimpleUploadedFile("rapport.pdf", PDF), actor=maker.pk)
    for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
        made = take_step(made, act, "", by=by, seen=made.edition)
    copy = files_of(made.latest).get()
    args = ["knowledge.Release", made.latest.pk] if verb == "add_file" else [copy.pk]

    assert signed_in(decider).post(reverse(f"shared:{verb}", args=args)).status_code == 403


def test_the_chain_from_question_by_product_to_module_is_on_the_page(client, home, maker):
    report = released(home, maker, question_text="Helpt samen eten tegen eenzaamheid?")
    module = drafted(home, maker, kind="module", title="Les over samen eten")
    Source.objects.create(product=module, source=report)
    for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
        module = take_step(module, act, "", by=by, seen=module.edition)

    lesson, told = page(client, "product", module.pk), page(client, "product", report.pk)
    assert "Helpt samen eten tegen eenzaamheid?" in lesson
    assert lesson.index("Helpt samen eten") < lesson.index(report.title)
    assert "Les over samen eten" in told


def test_a_step_of_a_theory_that_is_not_public_stays_inside(client, home, maker, theory, version):  # noqa: F811 - pytest's way
    link = theory.links.first()
    type(link).objects.filter(pk=link.pk).update(label="Geheime stap")
    for visibility, is_shown in ((Visibility.PROGRAMME, False), (Visibility.PUBLIC, True)):
        type(theory).objects.filter(pk=theory.pk).update(visibility=visibility, latest=version)
        made = drafted(home, maker, title=f"Over {visibility}")
        Touch.objects.create(
            product=made, theory=theory, link=link, change="supports", because="Zo is het."
        )
        for act, by in ((Act.OFFER, maker.pk), (Act.PUBLISH, home.pk)):
            made = take_step(made, act, "", by=by, seen=made.edition)
        assert ("Geheime stap" in page(client, "product", made.pk)) == is_shown
    assert public_theories([made.latest]) == {str(theory.pk)}
    assert str(theory.pk) in page(client, "datacite_json", made.pk)
    type(theory).objects.filter(pk=theory.pk).update(visibility=Visibility.PROGRAMME)
    for name in ("product", "datacite_json", "datacite_xml"):
        told = page(client, name, made.pk)
        assert "Geheime stap" not in told
        assert str(theory.pk) not in told
    for prefix in ("oai_dc", "datacite", "didl_mods"):
        assert str(theory.pk) not in client.get(HARVEST.format(prefix)).content.decode()
    assert not find(NOBODY, "Geheime stap").exists()


def test_use_is_told_by_who_signs_in_and_shown_when_who_decides_agrees(
    client, maker, decider, elsewhere, public
):
    user = member(elsewhere, "Vera", Role.PROFESSIONAL)
    address = reverse("knowledge:tell_use", args=[public.pk])
    fields = {"who": "Team Zuid", "used_for": "Een avond", "used_on": "2026-03-01"}
    assert client.post(address, fields).url.startswith("/inloggen/")
    assert signed_in(user).post(address, fields).status_code == 302
    told = UseReport.objects.get()
    assert Notice.objects.get(user=maker, code="product_used").words == {"title": public.title}
    assert "Team Zuid" not in page(client, "product", public.pk)
    shown = reverse("knowledge:show_use", args=[told.pk])
    assert signed_in(user).post(shown).status_code == 403
    assert signed_in(decider).post(shown).status_code == 302
    assert "Team Zuid" in page(client, "product", public.pk)


def test_who_decides_hears_of_an_offer_and_the_maker_of_the_answer(home, maker, decider, product):
    there = take_step(product, Act.OFFER, "", by=maker.pk, seen=product.edition)
    assert Notice.objects.get(user=decider).code == "product_offered"
    take_step(there, Act.RETURN, "Te lang.", by=decider.pk, seen=there.edition)
    assert Notice.objects.get(user=maker).code == "product_returned"
    assert home.pk == there.organisation_id


def test_what_is_read_or_published_cannot_be_written_in(home, maker, public):
    browser = signed_in(maker)
    address = reverse("knowledge:edit", args=[public.pk, "teksten"])
    answer = browser.post(address, {"plain": "Anders", "edition": public.edition})

    assert answer.status_code == 422
    assert Product.objects.get().plain == PLAIN
    assert browser.post(reverse("knowledge:add_author", args=[public.pk]),
                        {"name": "X", "position": 2}).status_code == 422  # fmt: skip
    assert home.pk == public.organisation_id


def test_what_was_published_is_not_put_away(decider, public):
    address = reverse("knowledge:archive", args=[public.pk])

    assert signed_in(decider).post(address).status_code == 422


def test_a_product_names_nothing_of_another_organisation(maker, product, study):  # noqa: F811 - as above
    fields = {"kind": "report", "title": "T", "language": "nl", "edition": 1, "study": study.pk}
    answer = signed_in(maker).post(reverse("knowledge:edit", args=[product.pk, "feiten"]), fields)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("number", "is_right"),
    [("0000-0002-1825-0097", True), ("0000-0002-1825-0098", False), ("12", False)],
)
def test_an_orcid_is_checked_by_its_last_figure(maker, product, number, is_right):
    fields = {"name": "Carberry, Josiah", "is_person": "on", "orcid": number, "position": 2}
    answer = signed_in(maker).post(reverse("knowledge:add_author", args=[product.pk]), fields)

    assert (answer.status_code == 302) == is_right


def test_what_was_registered_and_not_published_stands_with_its_age(
    researcher, study, version, home, maker  # noqa: F811 - as above
):  # fmt: skip
    PlanRegistration.objects.create(
        study=study, digest="d", scheme="1", scheme_digest="s", version=version,
        registered_at="2026-01-01T12:00Z", record={}, documents={},
    )  # fmt: skip
    browser = signed_in(researcher)
    listed = browser.get(reverse("knowledge:network"))
    assert [row["study"].pk for row in listed.context["sleeping"]] == [study.pk]
    assert listed.context["sleeping"][0]["days"] > 0
    released(home, maker, study=study, kind=ProductKind.DATASET)
    assert browser.get(reverse("knowledge:network")).context["sleeping"] != []
    released(home, maker, study=study, kind=ProductKind.REPORT)
    assert browser.get(reverse("knowledge:network")).context["sleeping"] == []


def test_metadata_are_json_that_names_version_and_licence(client, public):
    found = json.loads(page(client, "datacite_json", public.pk))

    assert found["version"] == "1"
    assert found["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert found["url"].endswith(reverse("knowledge:product", args=[public.pk]))
