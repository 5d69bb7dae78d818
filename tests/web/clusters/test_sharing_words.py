"""What people said in a joint study: open to its controller and by agreement, as its files are."""

from typing import Any

import attrs
import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import Dataset, DatasetAccess
from biotoop.web.interviews.actions.importing import Table, take
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.interviews.views.frame import answering_for, rounds_to_fill
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import as_guest, reader_of
from biotoop.web.shared.actions.finding import find
from biotoop.web.shared.actions.records import Refused, put_away
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import NOBODY, may, visible
from biotoop.web.studies.models import Study
from web.api.conftest import program
from web.clusters.conftest import member, organisation, seat_of
from web.clusters.test_invariants import dataset_of, part_of
from web.clusters.test_private import grant
from web.clusters.test_sharing import ENDS, agree, holder_in, in_study
from web.signing import signed_in
from web.theories.conftest import hash_of, sound_theory, whole_of

pytestmark = pytest.mark.django_db
SAID = {
    "Samenkracht": "Sinds de maaltijd slaap ik beter",
    "Lindelaan": "Door de maaltijd groeten we elkaar",
}
HEARD = (Round, Claim, Quote, Respondent)


@attrs.define
class Joint:
    """A study that two organisations share; each heard one person in a round of its own."""

    dataset: Dataset
    owners: dict[str, Any]

    @property
    def study(self) -> Study:
        return self.dataset.study

    def rows(self, model: type[Model], name: str) -> Model:
        """Give what one organisation has of a kind."""
        ways = {Round: "controller", Claim: "round__controller",
                Quote: "claim__round__controller", Respondent: "claims__round__controller",
                Proposal: "claims__round__controller"}  # fmt: skip
        return model._default_manager.get(**{ways[model]: self.owners[name]})


@pytest.fixture
def joint(cluster, buyer, other, said) -> Joint:
    for owner in (buyer, other):
        seat_of(cluster, owner, SeatState.TAKEN)
    made = Joint(dataset_of(cluster, buyer, said), {str(each): each for each in (buyer, other)})
    sound = sound_theory()
    made.study.version = made.study.theory.versions.create(
        number=1, content=whole_of(sound), text_hash=hash_of(sound)
    )
    made.study.save()
    for number, (name, owner) in enumerate(made.owners.items(), start=1):
        part_of(made.dataset, owner, said)
        heard_by(made.study, owner, number, SAID[name])
    return made


def heard_by(study: Study, owner, number: int, words: str) -> None:
    """Let an organisation hear somebody, who misses something in the theory."""
    asked = Round.objects.create(
        study=study, code=f"r{number}", method="interview", organisation=str(owner),
        controller=owner,
    )  # fmt: skip
    person = Respondent.objects.create(study=study, code=f"R{number}")
    missed = Proposal.objects.create(study=study, label=f"Rust {number}", key=f"rust {number}")
    claim = Claim.objects.create(
        study=study, round=asked, code=f"u{number}", respondent=person, target="S1",
        target_kind="link", stance="supports", proposal=missed,
    )  # fmt: skip
    Quote.objects.create(claim=claim, text=words)


def read_by(belongs: Membership, joint: Joint) -> set[str]:
    """Look in every way that a person has; all of them must say the same."""
    reader, found_in = reader_of(belongs.user), []
    seen = {model: set(visible(reader, model).values_list("pk", flat=True)) for model in HEARD}
    found_in += [
        {name for name in SAID if joint.rows(model, name).pk in rows}
        for model, rows in seen.items()
    ]
    told = " ".join(hit.summary for hit in find(reader, "maaltijd", Quote._meta.label))
    page = signed_in(belongs.user).get(reverse("interviews:claims", args=[joint.study.pk]))
    sent = program(belongs.user).get(f"studies/{joint.study.pk}/claims")
    for words in (told, page.content.decode(), sent.content.decode()):
        found_in.append({name for name, text in SAID.items() if text in words})
    for name in SAID:
        one = reverse("interviews:claim", args=[joint.rows(Claim, name).pk])
        assert (signed_in(belongs.user).get(one).status_code == 200) == (name in found_in[0])
    assert all(found == found_in[0] for found in found_in), found_in
    return found_in[0]


def test_a_role_in_the_study_opens_what_the_own_organisation_heard_alone(joint, host, buyer, other):
    for home, wanted in ((buyer, {"Samenkracht"}), (other, {"Lindelaan"}), (host, set())):
        assert read_by(in_study(joint.dataset, home), joint) == wanted


def test_an_agreement_opens_what_was_said_in_one_part_for_one_line(joint, buyer, other, said):
    holder, colleague = holder_in(joint.dataset, other), in_study(joint.dataset, other)
    assert read_by(holder, joint) == set()
    agree(joint.dataset, buyer, holder, said)

    assert read_by(holder, joint) == {"Samenkracht"}
    assert read_by(colleague, joint) == {"Lindelaan"}
    grant(holder, Role.STUDENT, Kind.STUDY, joint.study.pk)
    assert read_by(holder, joint) == {"Samenkracht", "Lindelaan"}


def test_the_words_close_at_once_when_anything_under_them_ends(joint, buyer, other, said):
    holder = holder_in(joint.dataset, other)
    agree(joint.dataset, buyer, holder, said)
    there = joint.rows(Quote, "Samenkracht")
    assert may(reader_of(holder.user), Verb.SEE, there)
    for what, end in ENDS.items():
        start = transaction.savepoint()
        end(DatasetAccess.objects.get(), said)
        assert not may(reader_of(holder.user), Verb.SEE, there), what
        transaction.savepoint_rollback(start)
    assert may(reader_of(holder.user), Verb.SEE, there)


def test_an_agreement_is_to_read_and_only_the_controller_writes(joint, buyer, other, said):
    holder, heard = holder_in(joint.dataset, other), joint.rows(Claim, "Samenkracht")
    grant(holder, Role.LAB_RESEARCHER, Kind.STUDY, joint.study.pk)
    agree(joint.dataset, buyer, holder, said)
    reader, own = reader_of(holder.user), reader_of(in_study(joint.dataset, buyer).user)
    for row in (heard, heard.round):
        assert may(reader, Verb.SEE, row)
        for verb in (Verb.CHANGE, Verb.ARCHIVE):
            assert not may(reader, verb, row)
            assert may(own, verb, row)
    assert {each.code for each in rounds_to_fill(reader, joint.study)} == {"r2"}
    assert {each.code for each in rounds_to_fill(own, joint.study)} == {"r1"}
    body = {"round": str(heard.round_id), "target": "S1", "stance": "supports"}
    assert program(holder.user).post(f"studies/{joint.study.pk}/claims", body).status_code == 422
    writes = program(in_study(joint.dataset, buyer).user)
    assert writes.post(f"studies/{joint.study.pk}/claims", body).status_code == 201


def test_a_table_goes_into_the_rounds_of_who_sends_it(joint, host, other):
    text = "step\tstance\twords\trespondent\tmethod\tround\torganisation\tasked_by\n{}"
    row = "S1\tsupports\tGoed zo.\tR9\tinterview\tr1\tSamenkracht\town_organisation\n"
    by = in_study(joint.dataset, other).user
    table = Table(text=text.format(row), controller=other)
    with (
        override("nl"),
        pytest.raises(Refused, match="heeft al een ronde met deze code"),
    ):
        take(joint.study, table, "nl", by=by)
    take(joint.study, attrs.evolve(table, text=text.format(row.replace("r1", "r7"))), "nl", by=by)

    assert Round.objects.get(code="r7").controller == other
    assert Claim.objects.filter(round=joint.rows(Claim, "Samenkracht").round).count() == 1
    assert answering_for(reader_of(by), joint.study) == [other]
    with pytest.raises(PermissionDenied):
        answering_for(reader_of(in_study(joint.dataset, host).user), joint.study)


def test_what_people_miss_is_open_to_who_may_read_all_that_stands_behind_it(joint, buyer):
    reader = reader_of(in_study(joint.dataset, buyer).user)
    mine, theirs = (joint.rows(Proposal, name) for name in SAID)
    for verb in (Verb.SEE, Verb.DECIDE):
        assert may(reader, verb, mine)
        assert not may(reader, verb, theirs)
    Claim.objects.filter(proposal=theirs).update(proposal=mine)

    assert not may(reader, Verb.SEE, mine)
    assert may(reader, Verb.SEE, theirs)


def test_the_study_folder_is_for_who_may_read_every_word(joint, buyer, other, said):
    holder = holder_in(joint.dataset, other)
    grant(holder, Role.STUDENT, Kind.STUDY, joint.study.pk)
    folder = reverse("interviews:folder", args=[joint.study.pk])
    assert signed_in(holder.user).get(folder).status_code == 403
    agree(joint.dataset, buyer, holder, said)
    answer = signed_in(holder.user).get(folder)

    assert answer.status_code == 200
    assert signed_in(in_study(joint.dataset, buyer).user).get(folder).status_code == 403


def test_untying_opens_nothing_and_a_guest_reads_no_words(joint, buyer, other, said):
    link = other.guest_links.create(
        kind=Kind.STUDY, scope_id=joint.study.pk, purpose="kijken", digest="x" * 40,
        expires_at="2999-01-01T00:00Z",
    )  # fmt: skip
    guest = as_guest(NOBODY, link.pk)
    assert not any(visible(guest, model).exists() for model in HEARD)
    assert read_by(member(organisation("Verweg"), Role.LAB_RESEARCHER), joint) == set()
    put_away(joint.dataset, by=said.by)

    assert read_by(in_study(joint.dataset, buyer), joint) == {"Samenkracht"}
    assert read_by(in_study(joint.dataset, other), joint) == {"Lindelaan"}


def test_a_study_of_one_organisation_is_guarded_by_its_roles_as_before(joint, buyer, host):
    alone = Study.objects.create(
        theory=joint.study.theory, organisation=buyer, title="S", question="?",
        period_start=joint.study.period_start, period_end=joint.study.period_end,
    )  # fmt: skip
    heard_by(alone, buyer, 9, "Rust")
    outside = member(host)
    grant(outside, Role.STUDENT, Kind.STUDY, alone.pk)
    reader = reader_of(outside.user)

    assert visible(reader, Quote).filter(claim__study=alone).exists()
    assert visible(reader, Claim, Verb.CHANGE).filter(study=alone).exists()
    assert answering_for(reader, alone) == [buyer]
