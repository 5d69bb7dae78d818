"""The pages of theories: who sees what, without JavaScript, in a constant number of queries."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from biotoop.web.shared.enums import Kind, Role
from biotoop.web.theories.actions.drafting import adding_node, changing_node, save
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of
from biotoop.web.theories.bridge.editing import NodeWords
from biotoop.web.theories.enums import Visibility
from biotoop.web.theories.models import Comment, Draft, Theory, Version
from web.theories.conftest import enter, person, sound_theory

pytestmark = pytest.mark.django_db
WORDS = {"label": "Bewoners lenen gereedschap uit", "kind": "outcome"}


def page(name: str, theory: Theory, *more) -> str:
    return reverse(f"theories:{name}", args=[theory.pk, *more])


def publish_again(theory: Theory, count: int) -> None:
    """Put more published theories in the same programme."""
    for _ in range(count):
        other = Theory.objects.create(programme=theory.programme, title="Nog een")
        other.latest = Version.objects.create(theory=other, number=1, content={}, text_hash="x")
        other.save()
        Draft.objects.create(theory=other, content=content_of(sound_theory()))


READING = ["read", "versions", "changes", "svg", "sheet", "cards"]
WRITING = [
    "draw", "board", "edit", "node_new", "link_new", "canvas", "paste", "settings", "review",
    "comments", "goals",
]  # fmt: skip


@pytest.mark.parametrize("name", [*READING, *WRITING, "png", "folder", "linked_data"])
def test_who_works_for_the_programme_opens_every_page_in_few_queries(desk, version, name):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = desk.get(page(name, version.theory))

    assert answer.status_code == 200
    assert len(queries) <= 15, [q["sql"][:90] for q in queries]


@pytest.mark.parametrize("name", READING)
def test_what_is_public_is_open_without_an_account(client, version, name):
    Theory.objects.update(visibility=Visibility.PUBLIC)

    assert client.get(page(name, version.theory)).status_code == 200


@pytest.mark.parametrize("name", [*WRITING, "folder", "linked_data"])
def test_a_draft_is_not_open_to_who_only_reads(client, version, stranger, name):
    Theory.objects.update(visibility=Visibility.PUBLIC)

    assert client.get(page(name, version.theory)).status_code == 302
    assert enter(client, stranger).get(page(name, version.theory)).status_code == 403


@pytest.mark.parametrize("name", [*READING, *WRITING])
def test_another_organisation_does_not_find_it(client, version, stranger, name):
    enter(client, stranger)

    assert client.get(page(name, version.theory)).status_code == 404


def test_a_theory_for_the_programme_only_asks_a_passer_by_to_sign_in(client, version):
    answer = client.get(page("read", version.theory))

    assert answer.status_code == 302
    assert answer.url.startswith("/inloggen/")


def test_a_resident_of_the_programme_reads_the_version_and_not_the_draft(
    client, version, beekwaarde
):
    resident = person(
        "Rita", Role.RESIDENT, Kind.PROGRAMME, version.theory.programme_id, beekwaarde
    )
    enter(client, resident)

    assert client.get(page("read", version.theory)).status_code == 200
    assert client.get(page("edit", version.theory)).status_code == 403


def test_the_list_takes_as_many_queries_for_thirty_as_for_one(desk, version):
    counts = []
    for more in (0, 29):
        publish_again(version.theory, more)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(reverse("theories:list")).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


@pytest.mark.usefixtures("theory")
def test_the_list_searches_titles_and_says_when_nothing_fits(desk):
    assert "Buren die" in desk.get(reverse("theories:list"), {"q": "kennen"}).content.decode()
    assert "past" in desk.get(reverse("theories:list"), {"q": "zzz"}).content.decode()


def test_a_node_is_added_with_a_plain_form(desk, theory):
    answer = desk.post(page("node_new", theory), {**WORDS, "edition": 1}, follow=True)

    assert answer.redirect_chain
    assert WORDS["label"] in answer.content.decode()


def test_an_empty_node_is_refused_with_the_field_named(desk, theory):
    answer = desk.post(page("node_new", theory), {"kind": "outcome", "label": " ", "edition": 1})

    assert answer.status_code == 422
    assert "id_label_error" in answer.content.decode()


def test_two_texts_are_shown_and_the_own_text_can_still_be_saved(desk, theory, colleague):
    node = UUID(theory.draft.content["nodes"][4]["id"])
    theirs = NodeWords(kind="outcome", label="Bewoners groeten elkaar")
    save(theory, changing_node(node, theirs), by=colleague, seen=1)

    answer = desk.post(page("node", theory, node), {**WORDS, "edition": 1})
    again = desk.post(page("node", theory, node), {**WORDS, "edition": 2})

    assert answer.status_code == 409
    body = answer.content.decode()
    assert theirs.label in body
    assert WORDS["label"] in body
    assert 'name="edition" value="2"' in body
    assert again.status_code == 302
    theory.draft.refresh_from_db()
    assert theory.draft.content["nodes"][4]["label"] == WORDS["label"]


def test_the_drawing_board_gets_both_texts_as_json(desk, theory, colleague):
    node = UUID(theory.draft.content["nodes"][4]["id"])
    theirs = NodeWords(kind="outcome", label="Bewoners groeten elkaar")
    save(theory, changing_node(node, theirs), by=colleague, seen=1)

    answer = desk.post(
        page("node", theory, node), {"label": "anders", "edition": 1},
        headers={"Accept": "application/json"},
    )  # fmt: skip

    assert answer.status_code == 409
    assert answer.json()["theirs"]["label"] == theirs.label
    assert answer.json()["edition"] == 2


def test_the_drawing_board_changes_one_field_and_keeps_the_rest(desk, theory, owner):
    node = theory.draft.content["nodes"][0]
    words = NodeWords(kind="intervention", label="Koken", whose="Bewoners", quality="goed")
    save(theory, changing_node(UUID(node["id"]), words), by=owner, seen=1)

    answer = desk.post(
        page("node", theory, node["id"]), {"label": "Samen koken", "edition": 2},
        headers={"Accept": "application/json"},
    )  # fmt: skip

    told = answer.json()
    assert (told["edition"], told["changed"]) == (3, 3)
    theory.draft.refresh_from_db()
    kept = theory.draft.content["nodes"][0]
    assert kept["label"] == "Samen koken"
    assert (kept["whose"], kept["delivery"]) == ("Bewoners", {"quality": "goed"})


def test_the_board_tells_places_of_every_node_and_arrow(desk, theory):
    told = desk.get(page("board", theory)).json()

    assert {box["code"] for box in told["drawing"]["boxes"]} == {n["code"] for n in told["nodes"]}
    assert len(told["drawing"]["arrows"]) == len(told["links"]) == 10
    assert len(told["drawing"]["columns"]) == 4


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "x", "end": "y"},
        {"start": str(uuid4()), "end": str(uuid4())},
        {"start": "", "end": ""},
        {"edition": "-1"},
        {"edition": "9" * 40},
        {"kind": "alles"},
        {"because": "x" * 4000},
    ],
)
def test_wrong_input_for_a_step_is_refused_in_words(desk, theory, fields):
    nodes = [node["id"] for node in theory.draft.content["nodes"]]
    sound = {"start": nodes[0], "end": nodes[8], "kind": "cause", "edition": 1}

    answer = desk.post(
        page("link_new", theory), sound | fields, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert theory.draft.editions.count() == 1


def test_what_is_not_in_the_draft_does_not_exist(desk, theory):
    assert desk.get(page("node", theory, uuid4())).status_code == 404
    assert desk.get(page("link", theory, uuid4())).status_code == 404
    assert desk.get(page("step", theory, uuid4())).status_code == 404


def test_taking_out_can_be_taken_back_from_the_page(desk, theory):
    node = theory.draft.content["nodes"][4]["id"]
    desk.post(page("drop", theory, node), {"edition": 1})

    answer = desk.post(page("undo", theory), {"van": 2}, follow=True)

    theory.draft.refresh_from_db()
    assert answer.status_code == 200
    assert len(theory.draft.content["nodes"]) == 11
    assert len(theory.draft.content["links"]) == 10


def test_a_canvas_keeps_layers_of_your_own(desk, theory):
    fields = {"canvas_vraagstuk": "Buren kennen elkaar niet", "edition": 1}
    desk.post(
        page("canvas", theory), {**fields, "own_name": "Waarde voor de wijk", "own_text": "Rust"}
    )

    theory.draft.refresh_from_db()
    assert theory.draft.content["canvas"]["waarde_voor_de_wijk"] == "Rust"
    assert "waarde voor de wijk" in desk.get(page("canvas", theory)).content.decode()


def test_publishing_with_faults_shows_them_and_stores_nothing(desk, theory, owner):
    save(theory, adding_node(NodeWords(kind="outcome", label="Los")), by=owner, seen=1)

    answer = desk.post(page("publish", theory), {"edition": 2, "alone": "toch", "note": ""})

    assert answer.status_code == 422
    assert "N12" in answer.content.decode()
    assert not Version.objects.exists()


def test_the_whole_way_from_question_to_version(client, theory, owner, colleague):
    enter(client, owner)
    client.post(page("ask", theory), {"question": "Klopt de OMDAT?"})
    refused = client.post(page("decide", theory), {"state": "approved", "remarks": ""})
    enter(client, colleague)
    assert "Klopt de OMDAT?" in client.get(page("review", theory)).content.decode()
    client.post(page("decide", theory), {"state": "approved", "remarks": "Ja."})
    done = client.post(page("publish", theory), {"edition": 1, "note": "eerste"}, follow=True)

    assert refused.status_code == 422
    assert Version.objects.get().read_by_name == "Bas"
    assert "eerste" in client.get(page("versions", theory)).content.decode()
    assert done.status_code == 200


def test_a_remark_is_made_answered_and_dealt_with(desk, theory):
    node = theory.draft.content["nodes"][0]["id"]
    desk.post(page("comments", theory), {"text": "Klopt dit?", "over": node})
    remark = Comment.objects.get()
    desk.post(page("comments", theory), {"text": "Ja.", "antwoord": remark.pk})
    desk.post(page("resolve", theory, remark.pk))

    remark.refresh_from_db()
    assert remark.resolved_at is not None
    assert remark.replies.get().target == UUID(node)


def test_a_remark_about_something_that_is_not_there_is_refused(desk, theory):
    answer = desk.post(page("comments", theory), {"text": "x", "over": uuid4()})

    assert answer.status_code == 404
    assert not Comment.objects.exists()


def test_settings_that_another_changed_are_kept_to_choose(desk, theory):
    fields = {"title": "Nieuw", "language": "nl", "visibility": "partners", "edition": 1}
    desk.post(page("settings", theory), fields)

    answer = desk.post(page("settings", theory), {**fields, "title": "Nog nieuwer"})

    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Nog nieuwer" in body
    assert 'name="edition" value="2"' in body
    theory.refresh_from_db()
    assert theory.title == "Nieuw"


def test_a_variant_has_parts_of_its_own(desk, theory):
    answer = desk.post(page("variant", theory), {"place": "Dordrecht"}, follow=True)

    made = Theory.objects.get(variant_of=theory)
    ids = {n["id"] for n in theory.draft.content["nodes"]}
    assert answer.status_code == 200
    assert made.place == "Dordrecht"
    assert ids.isdisjoint(n["id"] for n in made.draft.content["nodes"])


def test_an_archived_theory_is_away_and_comes_back(desk, theory):
    desk.post(page("archive", theory))
    assert theory.title not in desk.get(reverse("theories:list")).content.decode()

    desk.post(page("archive", theory))

    assert theory.title in desk.get(reverse("theories:list")).content.decode()


def test_a_theory_is_started_and_pasted(desk, programme):
    started = desk.post(
        reverse("theories:make", args=[programme.pk]),
        {"title": "Samen eten", "language": "nl", "visibility": "programme", "dan": "plakken"},
    )
    theory = Theory.objects.get(title="Samen eten")
    text = "Interventie\tUitkomst\nKoken\tMinder eenzaam\n"
    asked = desk.post(started.url, {"text": text, "edition": 1})
    answers = {"vraag:rows": "chain"}
    drawn = desk.post(started.url, {"text": text, "edition": 1, **answers})
    desk.post(started.url, {"text": text, "edition": 1, **answers, "overnemen": "ja"})

    assert "vraag:rows" in asked.content.decode()
    assert "<svg" in drawn.content.decode()
    theory.draft.refresh_from_db()
    assert [n["label"] for n in theory.draft.content["nodes"]] == ["Koken", "Minder eenzaam"]
    assert len(theory.draft.content["links"]) == 1


def test_pasting_over_a_draft_gives_new_codes_and_can_be_taken_back(desk, theory):
    text = "Niveau\tKnoop\ninterventie\tKoken\n"
    desk.post(page("paste", theory), {"text": text, "edition": 1, "overnemen": "ja"})
    theory.draft.refresh_from_db()
    codes = [n["code"] for n in theory.draft.content["nodes"]]

    desk.post(page("undo", theory), {"van": 2})

    theory.draft.refresh_from_db()
    assert codes == ["N12"]
    assert len(theory.draft.content["nodes"]) == 11


def test_nobody_starts_a_theory_for_another_organisation(client, stranger, programme):
    enter(client, stranger)

    answer = client.get(reverse("theories:make", args=[programme.pk]))

    assert answer.status_code == 404


def test_linked_data_and_picture_come_as_files(desk, version):
    data = desk.get(page("linked_data", version.theory))
    picture = desk.get(page("png", version.theory))

    assert json.loads(data.content)["@graph"][1]["@type"] == "cids:ImpactPathway"
    assert "attachment" in data.headers["Content-Disposition"]
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_second_theory_of_the_same_title_is_its_own(programme, owner):
    first, second = (make(programme, Particulars(title="Zelfde"), by=owner) for _ in range(2))

    assert first.pk != second.pk
