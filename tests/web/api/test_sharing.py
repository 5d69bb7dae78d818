"""What is learned together: seats with who sits there, meetings, and what was published."""

from uuid import uuid4

import pytest

from biotoop.web.clusters.models import Holder, Seat
from biotoop.web.knowledge.models import Release
from biotoop.web.questions.models import Gathering, Question
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.models import Cycle
from biotoop.web.theories.models import Theory
from web.api import seeded
from web.api.conftest import program
from web.theories.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor(db):  # noqa: ARG001 - it must be there
    return seeded.build()


def test_what_is_fuzzed_with_real_ids_opens(noor):
    asking = program(noor)
    for path, model in (("cycles", Cycle), ("questions", Question), ("gatherings", Gathering),
                        ("releases", Release)):  # fmt: skip
        assert asking.get(f"{path}/{model.objects.get().pk}").status_code == 200
        assert [row["id"] for row in asking.all(path)] == [str(model.objects.get().pk)]


@pytest.mark.usefixtures("noor")
def test_a_seat_names_who_sits_and_who_sat_there():
    seat = Seat.objects.get()
    first = Holder.objects.get()
    Holder.objects.filter(pk=first.pk).update(ends_on=first.starts_on)
    other = person("Bas", Role.STUDENT, Kind.ORGANISATION, seat.organisation_id, seat.organisation)
    fields = {"seat": seat, "membership": other.memberships.get(), "starts_on": first.starts_on}
    Holder.objects.create(**fields, enrolment=2)

    home = seat.organisation
    eva = person("Eva", Role.EDUCATION_COORDINATOR, Kind.ORGANISATION, home.pk, home)

    [told] = program(eva).all(f"clusters/{seat.cluster_id}/seats")

    assert [(row["name"], row["enrolment"]) for row in told["holders"]] == [("Noor", 1), ("Bas", 2)]
    assert told["holders"][1]["ends_on"] is None


def test_of_a_release_is_told_what_its_page_tells(noor):
    row, theory = Release.objects.get(), Theory.objects.get()
    named = {"theory": {"id": str(theory.pk), "number": 1}, "sources": [str(uuid4())]}
    touch = {"theory": str(theory.pk), "title": "x", "link": "", "text": "x", "change": "x"}
    whole = row.content | named | {"touches": [touch]}
    shown = Release.objects.bulk_create([Release(
        product=row.product, number=2, title="Rapport", kind="report", content=whole,
        content_hash="1" * 64,
    )])[0]  # fmt: skip
    asking = program(noor)

    closed = asking.get(f"releases/{shown.pk}").json()["document"]
    Theory.objects.update(visibility="public")
    opened = asking.get(f"releases/{shown.pk}").json()["document"]

    assert closed == row.content
    assert (opened["theory"]["number"], len(opened["touches"]), opened["sources"]) == (1, 1, [])
    assert "document" not in asking.all("releases")[0]


def test_the_question_of_a_meeting_is_named_to_who_sees_the_question(noor):
    row = Gathering.objects.get()
    far = person(
        "Vera", Role.PROFESSIONAL, Kind.ORGANISATION, row.organisation_id, row.organisation
    )
    far.role_grants.all().delete()

    seen = program(noor).get(f"gatherings/{row.pk}").json()
    public = program(far).get(f"gatherings/{row.pk}").json()

    assert (seen["question"], public["question"]) == (str(row.question_id), None)
    assert public["title"] == "Kenniscafé"
