"""Questions, seats, proposals and products stand on the first page of who can do something."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import Interest, Proposal, Seat
from biotoop.web.dashboards.queries.waiting import waiting_for
from biotoop.web.knowledge.models import Product
from biotoop.web.organisations.queries import reader_of
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Contributor, Question
from biotoop.web.shared.enums import Role
from web.clusters import conftest as clusters
from web.dashboards.conftest import queries_of
from web.knowledge.conftest import drafted
from web.organisations.conftest import member, organisation
from web.questions.conftest import desk_of, matched, question
from web.signing import signed_in

pytestmark = pytest.mark.django_db
QUESTIONS, SEATS = "Questions from practice", "Seats that wait for your step"
PROPOSALS = "Proposals for a cluster"
PRODUCTS = "Knowledge products to read before they are published"


@pytest.fixture
def home(db):  # noqa: ARG001 - it stands there
    return organisation("Samenkracht")


@pytest.fixture
def other(db):  # noqa: ARG001 - as above
    return organisation("Lindelaan")


def waits(user, kind: str) -> list[str]:
    """Give the titles of one kind that wait for somebody."""
    with override("en"):
        groups = {str(group.title): group.tasks for group in waiting_for(reader_of(user))}
    return [task.title for task in groups.get(kind, ())]


def test_a_question_waits_for_the_desk_for_its_researcher_and_for_who_asked_in_turn(home, other):
    desk = desk_of(home)
    noor, joris = member(home, "Noor", Role.LAB_RESEARCHER), member(other, "Joris", Role.LECTURER)
    stranger = member(other, "Vera", Role.LAB_RESEARCHER)
    asker = member(other, "Bep", Role.PROFESSIONAL)
    row = question(desk, QuestionState.ACCEPTED, title="Samen eten")
    Contributor.objects.create(question=row, user=asker, name="Bep", kind="resident", is_owner=True)
    from biotoop.web.questions.models import Expertise  # noqa: PLC0415 - of one test

    Expertise.objects.create(
        user=joris, organisation=other, themes=",loneliness,", methods=",interviews,", hours=9
    )
    matched(row, joris)
    turns = {
        "submitted": {noor}, "triage": {noor}, "asked": {asker}, "accepted": {noor},
        "matched": {joris}, "reflection": {joris}, "coproduction": {joris},
        "product": {noor, joris}, "reported": set(), "refused": set(), "withdrawn": set(),
    }  # fmt: skip
    for state, whose in turns.items():
        Question.objects.filter(pk=row.pk).update(state=state)
        for user in (noor, joris, asker, stranger):
            assert bool(waits(user, QUESTIONS)) == (user in whose), (state, user.name)


def test_a_question_that_waits_longer_than_promised_is_called_late(home):
    noor, row = member(home, "Noor", Role.LAB_RESEARCHER), question(desk_of(home))
    [group] = [g for g in waiting_for(reader_of(noor)) if g.tasks[0].title == str(row)]
    assert group.tasks[0].badge == ""
    long_ago = row.created_at - timedelta(days=100)
    Question.objects.filter(pk=row.pk).update(created_at=long_ago)
    [group] = [g for g in waiting_for(reader_of(noor)) if g.tasks[0].title == str(row)]

    assert group.tasks[0].badge


def test_a_seat_waits_for_whose_step_comes_next(home, other):
    cluster = clusters.cluster_of(clusters.theme_of(other))
    seat = clusters.seat_of(cluster, home)
    offers = member(other, "Ans", Role.EDUCATION_COORDINATOR)
    buys = member(home, "Piet", Role.PARTNER_ADMINISTRATOR)
    third = member(organisation("Verweg"), "Vera", Role.PARTNER_ADMINISTRATOR)
    today = localdate()
    for state, ends_on, whose in (
        (SeatState.REQUESTED, None, {offers}),
        (SeatState.PROMISED, None, {offers}),
        (SeatState.CONFIRMED, None, {offers, buys}),
        (SeatState.TAKEN, today + timedelta(days=9), set()),
        (SeatState.TAKEN, today, {offers}),
        (SeatState.FINISHED, today, set()),
    ):
        starts_on = today - timedelta(days=99)
        Seat.objects.filter(pk=seat.pk).update(state=state, starts_on=starts_on, ends_on=ends_on)
        for user in (offers, buys, third):
            assert bool(waits(user, SEATS)) == (user in whose), (state, user.name)


def test_a_proposal_that_looks_for_partners_stands_with_who_can_join_and_did_not(home, other):
    host = organisation("Hogeschool")
    made = Proposal.objects.create(
        organisation=home, host=host, title="Samen thuis", question="?", wanted="?"
    )
    own, may_join = (member(each, f"P{n}", Role.PARTNER_ADMINISTRATOR)
                     for n, each in enumerate((home, other)))  # fmt: skip
    offers, reads = member(host, "Ans", Role.EDUCATION_COORDINATOR), member(other, "Gast")
    for state, whose in (
        ("proposed", {offers}), ("seeking", {may_join}), ("feasible", {may_join, offers}),
        ("withdrawn", set()),
    ):  # fmt: skip
        Proposal.objects.update(state=state)
        for user in (own, may_join, offers, reads):
            assert bool(waits(user, PROPOSALS)) == (user in whose), (state, user.name)
    Proposal.objects.update(state="seeking")
    Interest.objects.create(proposal=made, organisation=other)
    assert waits(may_join, PROPOSALS) == []


def test_a_product_in_review_waits_for_another_than_who_offered_it(home, other):
    fatma, boss = (member(home, name, Role.PROGRAMME_OWNER) for name in ("Fatma", "Bas"))
    stranger = member(other, "Vera", Role.PROGRAMME_OWNER)
    made = drafted(home, fatma, state="review", offered_by=fatma.pk)
    assert [waits(user, PRODUCTS) for user in (fatma, boss, stranger)] == [[], [made.title], []]
    Product.objects.update(state="draft")
    assert waits(boss, PRODUCTS) == []


@pytest.mark.parametrize("role", [Role.LAB_RESEARCHER, Role.EDUCATION_COORDINATOR])
def test_the_page_asks_the_same_with_one_of_each_and_with_ten(home, role):
    browser, desk = signed_in(member(home, "Noor", role)), desk_of(home)
    cluster, buyer = clusters.cluster_of(clusters.theme_of(home)), organisation("Koper")

    def fill() -> None:
        question(desk)
        drafted(home, state="review")
        Seat.objects.create(cluster=cluster, organisation=buyer, motive="?")
        Proposal.objects.create(
            organisation=buyer, host=home, title="V", question="?", wanted="?", state="seeking"
        )

    fill()
    with_one = queries_of(browser, "/vandaag/")
    for _number in range(9):
        fill()
    assert queries_of(browser, "/vandaag/") == with_one <= 15
