"""Data of a cluster dataset: open to their controller and by agreement, closed to all others."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.analyses.models import Run
from biotoop.web.clusters.actions import datasets, seats
from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import Dataset, DatasetAccess, DatasetPart, OwnLine
from biotoop.web.clusters.queries import current_holder
from biotoop.web.clusters.rules import SEAT_STEPS
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import reader_of
from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.records import put_away
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models import AuditEntry
from biotoop.web.shared.rules import may
from biotoop.web.studies.actions.snapshots import Refused, refuse_other_controller
from biotoop.web.studies.models import Snapshot, Study
from biotoop.web.studies.rules import controllers_for
from biotoop.web.theories.models import Version
from web.clusters.conftest import TODAY, member, seat_of
from web.clusters.test_invariants import dataset_of, part_of
from web.clusters.test_private import grant
from web.signing import signed_in

pytestmark = pytest.mark.django_db
ROWS = b"id,score\n1,7\n"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def dataset(cluster, buyer, other, said) -> Dataset:
    """Tie a study of one organisation; it and another one bring in a part, with a file each."""
    for owner in (buyer, other):
        seat_of(cluster, owner, SeatState.TAKEN)
    made = dataset_of(cluster, buyer, said)
    for owner in (buyer, other):
        part_of(made, owner, said)
        file_of(made.study, owner)
    return made


def file_of(study: Study, controller) -> Snapshot:
    """Keep a data file for which an organisation answers."""
    row = Snapshot(study=study, name=f"data/{controller.pk}.csv", controller=controller)
    by = member(controller).user_id
    row.file = files.keep(Dataset(pk=row.pk), SimpleUploadedFile("a.csv", ROWS), actor=by)
    row.sha256, row.rows, row.columns = row.file.sha256, 1, 2
    row.save(force_insert=True)
    return row


def in_study(dataset: Dataset, home, role: Role = Role.LAB_RESEARCHER) -> Membership:
    """Make somebody of an organisation with a role in the study itself."""
    belongs = member(home)
    grant(belongs, role, Kind.STUDY, dataset.study_id)
    return belongs


def holder_in(dataset: Dataset, organisation) -> Membership:
    return current_holder(dataset.cluster.seats.get(organisation=organisation)).membership


def agree(dataset: Dataset, owner, line_of, said, **dates) -> DatasetAccess:
    """Let a controller agree that the line of somebody works with its part."""
    row = DatasetAccess(
        part=DatasetPart.objects.get(dataset=dataset, organisation=owner),
        line=OwnLine.objects.get(holder__membership=line_of),
        purpose="Vergelijken",
        **{"starts_on": TODAY, **dates},
    )
    return datasets.open_for(row, said)


def taken(belongs: Membership, dataset: Dataset) -> set[str]:
    """Try every file in a browser; give the organisations of which one came through."""
    browser, given = signed_in(belongs.user), set()
    for row in dataset.study.snapshots.select_related("controller"):
        answer = browser.get(reverse("studies:download", args=[row.pk]))
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content) == ROWS
            given.add(row.controller.name)
        else:
            assert answer.status_code in (403, 404)
    return given


def test_a_role_in_the_study_opens_the_part_of_the_own_organisation_alone(
    dataset, host, buyer, other
):
    for home, wanted in ((buyer, {"Samenkracht"}), (other, {"Lindelaan"}), (host, set())):
        assert taken(in_study(dataset, home), dataset) == wanted

    assert AuditEntry.objects.filter(action="snapshot_downloaded").count() == 2


def test_without_a_role_in_the_study_the_own_part_stays_closed_too(dataset, other):
    assert taken(member(other, Role.PROFESSIONAL), dataset) == set()


def test_an_agreement_opens_one_part_for_the_holder_of_one_line(dataset, buyer, other, said):
    holder, colleague = holder_in(dataset, other), in_study(dataset, other, Role.STUDENT)
    assert taken(holder, dataset) == set()
    agree(dataset, buyer, holder, said)

    assert taken(holder, dataset) == {"Samenkracht"}
    assert taken(colleague, dataset) == {"Lindelaan"}
    assert taken(holder_in(dataset, buyer), dataset) == set()


def test_who_may_take_a_file_finds_it_on_the_page_of_the_dataset(dataset, buyer, other, said):
    holder = holder_in(dataset, other)
    agree(dataset, buyer, holder, said)
    words = signed_in(holder.user).get(dataset.get_absolute_url()).content.decode()
    here, there = (dataset.study.snapshots.get(controller=each) for each in (buyer, other))

    assert reverse("studies:download", args=[here.pk]) in words
    assert reverse("studies:download", args=[there.pk]) not in words


def ended(rows) -> None:
    """Let rows have ended yesterday."""
    rows.update(starts_on=YESTERDAY, ends_on=YESTERDAY)


def finish_seat(access: DatasetAccess, said) -> None:
    seats.take_step(access.line.holder.seat, SEAT_STEPS["finish"], said)


ENDS = {
    "the agreement is put away": lambda access, said: put_away(access, by=said.by),
    "the part is taken out": lambda access, said: put_away(access.part, by=said.by),
    "the study is untied": lambda access, said: put_away(access.part.dataset, by=said.by),
    "the agreement was until yesterday": lambda _access, _said: ended(DatasetAccess.objects),
    "the part was until yesterday": lambda _access, _said: ended(DatasetPart.objects),
    "the arrangement was until yesterday": lambda _access, _said: ended(Dataset.objects),
    "the seat is finished": finish_seat,
    "the holder left the organisation": lambda access, _said: ended(
        Membership.objects.filter(pk=access.line.holder.membership_id)
    ),
}


def test_the_files_close_at_once_when_anything_under_them_ends(dataset, buyer, other, said):
    holder = holder_in(dataset, other)
    agree(dataset, buyer, holder, said)
    assert taken(holder, dataset) == {"Samenkracht"}
    for what, end in ENDS.items():
        start = transaction.savepoint()
        end(DatasetAccess.objects.get(), said)
        assert taken(holder, dataset) == set(), what
        transaction.savepoint_rollback(start)

    assert taken(holder, dataset) == {"Samenkracht"}


def test_an_agreement_opens_nothing_before_its_first_day(dataset, buyer, other, said):
    holder = holder_in(dataset, other)
    agree(dataset, buyer, holder, said, starts_on=TOMORROW)

    assert taken(holder, dataset) == set()


def test_an_untied_study_gives_nobody_the_file_of_another_organisation(dataset, buyer, said):
    researcher = in_study(dataset, buyer)
    put_away(dataset, by=said.by)

    assert taken(researcher, dataset) == {"Samenkracht"}


def test_the_whole_folder_is_for_who_may_take_every_file(dataset, buyer, other, said):
    holder = holder_in(dataset, other)
    grant(holder, Role.STUDENT, Kind.STUDY, dataset.study_id)
    theory = dataset.study.theory
    version = Version.objects.create(theory=theory, number=1, content={}, text_hash="0" * 64)
    run = Run.objects.create(study=dataset.study, version=version, evidence_until=now())
    one_part = reader_of(in_study(dataset, buyer).user)
    for row in (dataset.study, run):
        assert may(one_part, Verb.SEE, row)
        assert not may(one_part, Verb.EXPORT, row)
    assert not may(one_part, Verb.CHANGE, run)
    folder = reverse("interviews:folder", args=[dataset.study_id])
    assert signed_in(holder.user).get(folder).status_code == 403
    agree(dataset, buyer, holder, said)

    for verb in (Verb.CHANGE, Verb.EXPORT):
        assert may(reader_of(holder.user), verb, run)
    assert may(reader_of(holder.user), Verb.EXPORT, dataset.study)


def test_a_study_without_partners_is_guarded_by_its_roles_as_before(dataset, buyer, host):
    alone = Study.objects.create(
        theory=dataset.study.theory, organisation=buyer, title="S", question="?",
        period_start=TODAY, period_end=TODAY,
    )  # fmt: skip
    row = file_of(alone, buyer)
    guest = member(host)
    grant(guest, Role.STUDENT, Kind.STUDY, alone.pk)

    assert may(reader_of(guest.user), Verb.EXPORT, row)


def test_a_file_names_as_controller_who_brought_in_a_part_and_keeps_it(dataset, host, buyer, other):
    assert set(controllers_for(dataset.study)) == {buyer, other}
    assert host not in controllers_for(dataset.study)
    before = dataset.study.snapshots.select_related("controller").get(controller=other)
    with pytest.raises(Refused, match="Lindelaan"):
        refuse_other_controller(before, Snapshot(study=dataset.study, controller=buyer))
