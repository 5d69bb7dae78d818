"""Claims and drafts are written whole, in the edition that was seen, by who may."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biotoop.web.accounts.actions import notices
from biotoop.web.api.bridge.requests import NewClaim
from biotoop.web.api.bridge.values import parts_of
from biotoop.web.interviews.actions.claims import ClaimWords, Words, add
from biotoop.web.interviews.models import Claim, Respondent, Round
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions.studies import start
from biotoop.web.studies.models import LiteratureItem, ProcessTest, Study
from biotoop.web.theories.models import Draft, Theory
from web.api.conftest import program
from web.api.test_calls import said
from web.theories.conftest import person

pytestmark = pytest.mark.django_db
NODE = {"kind": "outcome", "label": "Bewoners lenen gereedschap uit"}


def test_a_claim_is_kept_as_on_the_page(lab, study, held, researcher):
    kept = lab.post(f"studies/{study.pk}/claims", said(held, life_role="bewoner"))

    row = Claim.objects.select_related("quote", "respondent").get()
    assert kept.status_code == 201
    assert kept.json() == {"id": str(row.pk), "code": "u1", "edition": 1}
    assert (row.round, row.respondent.code, row.life_role) == (held, "R1", "bewoner")
    assert (row.quote.text[:8], row.quote.language) == ("Ik ken n", "nl")
    assert row.coder == str(researcher.pk)
    assert lab.get(f"claims/{row.pk}").json()["quote"]["text"] == row.quote.text


def test_several_claims_are_kept_whole_or_not_at_all(lab, study, held):
    path = f"studies/{study.pk}/claims/batch"
    good = [said(held, respondent=f"R{n}") for n in range(3)]
    bad = [said(held, target="S99"), said(held, quote="Bel me op 06-12345678."),
           said(held, round=str(uuid4()))]  # fmt: skip

    refused = lab.post(path, {"claims": [*good, *bad]})

    assert refused.status_code == 422
    assert [f["where"] for f in refused.json()["faults"]] == [f"claims[{n}]" for n in (4, 5, 6)]
    assert (Claim.objects.count(), Respondent.objects.count()) == (0, 0)
    kept = lab.post(path, {"claims": good})
    assert [row["code"] for row in kept.json()["claims"]] == ["u1", "u2", "u3"]


def test_faults_of_form_are_told_for_every_claim(lab, study, held):
    claims = [said(held), said(held, count=0), {"stance": "supports"}]

    faults = lab.post(f"studies/{study.pk}/claims/batch", {"claims": claims}).json()["faults"]

    assert {f["where"] for f in faults} >= {"claims[2].count", "claims[3]"}


def test_a_round_of_another_study_is_not_there(lab, held, theory, words, researcher):
    other = start(theory, words, by=researcher)
    answer = lab.post(f"studies/{other.pk}/claims", said(held))

    assert answer.status_code == 422
    assert "ronde" in answer.json()["faults"][0]["text"]


def test_a_claim_that_somebody_changed_is_not_written_over(lab, study, held):
    pk = lab.post(f"studies/{study.pk}/claims", said(held)).json()["id"]
    first = lab.put(f"claims/{pk}", said(held, stance="nuances", edition=1))
    second = lab.put(f"claims/{pk}", said(held, stance="contradicts", edition=1))

    assert (first.status_code, first.json()["edition"]) == (200, 2)
    assert (second.status_code, second.json()["edition"]) == (409, 2)
    assert second.json()["now"]["stance"] == "nuances"
    assert Claim.objects.get().stance == "nuances"
    assert lab.put(f"claims/{pk}", said(held)).json()["faults"][0]["text"].startswith("`edition`")


def test_what_a_program_may_send_fits_the_tables():
    sent = {name: schema for name, schema, _ in parts_of(NewClaim)}
    for name in ("life_age", "life_place", "life_role", "rival", "rival_share", "condition"):
        assert sent[name]["maxLength"] == Claim._meta.get_field(name).max_length


def test_who_belongs_elsewhere_writes_and_sees_nothing(stranger, study, held, theory):
    there = program(stranger)
    draft = f"theories/{theory.pk}/draft"

    assert there.post(f"studies/{study.pk}/claims", said(held)).status_code == 404
    assert there.get(f"studies/{study.pk}/claims").status_code == 404
    assert there.get(draft).status_code == 404
    assert there.post(f"{draft}/nodes", NODE | {"edition": 1}).status_code == 404
    assert Claim.objects.count() == 0
    assert Draft.objects.get(theory=theory).edition == 1


def test_who_may_see_and_not_write_is_refused(beekwaarde, study, held, theory):
    seeing = program(person("Piet", Role.SPONSOR, Kind.ORGANISATION, beekwaarde.pk, beekwaarde))

    assert seeing.get(f"studies/{study.pk}").status_code == 200
    assert seeing.post(f"studies/{study.pk}/claims", said(held)).status_code == 403
    assert seeing.get(f"theories/{theory.pk}/draft").status_code == 403


def test_a_node_is_added_changed_and_taken_out(writer, theory):
    path = f"theories/{theory.pk}/draft"
    added = writer.post(f"{path}/nodes", NODE | {"edition": 1}).json()
    node = f"{path}/nodes/{added['changed']}"
    changed = writer.put(node, NODE | {"label": "Buren groeten elkaar", "edition": 2})
    shown = writer.get(path).json()

    assert (added["edition"], changed.json()["edition"], shown["edition"]) == (2, 3, 3)
    assert shown["content"]["nodes"][-1]["label"] == "Buren groeten elkaar"
    assert writer.call("DELETE", f"{node}?edition=3").json()["edition"] == 4
    assert writer.call("DELETE", f"{node}?edition=4").status_code == 404
    assert writer.call("DELETE", node).status_code == 422


def test_two_programs_that_write_the_same_node_do_not_lose_a_change(writer, theory):
    path = f"theories/{theory.pk}/draft"
    node = writer.get(path).json()["content"]["nodes"][0]["id"]
    first = writer.put(f"{path}/nodes/{node}", NODE | {"edition": 1})
    second = writer.put(f"{path}/nodes/{node}", NODE | {"label": "Anders", "edition": 1})

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["type"].endswith("#stale")
    assert (second.json()["edition"], second.json()["now"]["label"]) == (2, NODE["label"])


def test_a_step_is_added_changed_given_other_ends_and_taken_out(writer, theory):
    path = f"theories/{theory.pk}/draft"
    nodes = [node["id"] for node in writer.get(path).json()["content"]["nodes"]]
    ends = {"start": nodes[0], "end": nodes[-1], "if": "als", "then": "dan", "because": "omdat"}
    added = writer.post(f"{path}/links", ends | {"edition": 1}).json()
    link = f"{path}/links/{added['changed']}"
    again = writer.post(f"{path}/links", ends | {"edition": 2})
    changed = writer.put(link, ends | {"rivals": ["de zomer"], "edition": 2}).json()
    moved = writer.put(link, ends | {"end": nodes[-2], "edition": 3}).json()

    assert (again.status_code, again.json()["type"][-9:]) == (409, "unfitting")
    assert changed["changed"] == added["changed"] != moved["changed"]
    gone = writer.call("DELETE", f"{path}/links/{moved['changed']}?edition=4")
    assert gone.json()["edition"] == 5
    assert len(writer.get(path).json()["content"]["links"]) == len(theory.draft.content["links"])


def test_the_canvas_is_written(writer, theory):
    path = f"theories/{theory.pk}/draft"
    kept = writer.put(f"{path}/canvas", {"edition": 1, "canvas": {"vraagstuk": "Eenzaam"}})
    wrong = writer.put(f"{path}/canvas", {"edition": 2, "canvas": {"A B": "x"}})

    assert (kept.status_code, wrong.status_code) == (200, 422)
    assert writer.get(path).json()["content"]["canvas"] == {"vraagstuk": "Eenzaam"}


def test_a_version_is_read_with_its_text(writer, theory, version):  # noqa: ARG001 - it stands there
    shown = writer.get(f"theories/{theory.pk}/versions/1").json()

    assert (shown["number"], len(shown["document"]["nodes"])) == (1, 11)
    assert [row["number"] for row in writer.all(f"theories/{theory.pk}/versions")] == [1]
    assert writer.get(f"theories/{theory.pk}/versions/2").status_code == 404


MAKERS = {
    "organisations": lambda n, **_: Organisation.objects.create(name=f"O{n}", kind="care"),
    "programmes": lambda n, home, **_: Programme.objects.create(
        organisation=home, name_nl=f"P{n}", slug=f"p{n}"
    ),
    "policy-goals": lambda n, home, **_: PolicyGoal.objects.create(
        organisation=home, name_nl=f"G{n}"
    ),
    "theories": lambda n, study, **_: Theory.objects.create(
        programme=study.theory.programme, title=f"T{n}"
    ),
    "studies": lambda n, study, **_: Study.objects.create(
        theory=study.theory, organisation=study.organisation, title=f"S{n}", question="?",
        period_start=study.period_start, period_end=study.period_end,
    ),
    "notices": lambda _n, by, **_: notices.tell(
        [by.pk], next(iter(notices.TEXTS)), url_name="studies:study", object_id=uuid4()
    ),
    "organisations/{home}/people": lambda n, home, **_: person(
        f"Mens{n}", Role.PROFESSIONAL, Kind.ORGANISATION, home.pk, home
    ),
    "studies/{study}/claims": lambda n, held, by, **_: add(
        held, ClaimWords(target="S1", stance="supports", respondent=f"R{n}",
                         words=Words(text="Goed.")), by=by,
    ),
    "studies/{study}/rounds": lambda n, study, **_: Round.objects.create(
        study=study, code=f"q{n}", method="survey", organisation="x"
    ),
    "studies/{study}/literature": lambda n, study, **_: LiteratureItem.objects.create(
        study=study, target="S1", code=f"L{n}", source="x", level=3, effect=0.2, se=0.1
    ),
    "studies/{study}/tests": lambda n, study, **_: ProcessTest.objects.create(
        study=study, target="S1", code=f"T{n}", kind="straw", family="observation"
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", MAKERS)
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(lab, path, study, held, researcher):
    around = {"study": study, "home": study.organisation, "held": held, "by": researcher}
    address = path.format(study=study.pk, home=study.organisation_id)
    asked = []
    MAKERS[path](0, **around)
    lab.get("me")  # the key is marked as used
    for more in (0, 30):
        for n in range(1, more + 1):
            MAKERS[path](n, **around)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = lab.get(address)
        assert answer.status_code == 200
        assert len(answer.json()["items"]) >= min(1 + more, 30) or path == "organisations"
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12
