"""The pages of clusters: who sees what, short forms, and a constant number of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from biotoop.web.accounts.models import Notice
from biotoop.web.clusters.enums import FOR_ORGANISATION, FOR_STUDENT, SeatState
from biotoop.web.clusters.models import Decision, OwnLine, Proposal, Report, Seat, Theme
from biotoop.web.clusters.queries import current_holder
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import matrix
from web.clusters.conftest import TODAY, cluster_of, member, organisation, seat_of, theme_of
from web.clusters.test_invariants import dataset_of
from web.questions.test_openings import a_theory
from web.signing import signed_in

pytestmark = pytest.mark.django_db


def test_an_open_cluster_is_read_without_an_account_and_a_seat_is_not(client, cluster, buyer):
    seat = seat_of(cluster, buyer)

    assert client.get(cluster.get_absolute_url()).status_code == 200
    assert client.get(seat.get_absolute_url()).url.startswith("/inloggen/")
    assert buyer.name not in client.get(cluster.get_absolute_url()).content.decode()


def test_an_organisation_asks_for_itself_only(cluster, buyer, other):
    browser = signed_in(member(buyer, Role.PARTNER_ADMINISTRATOR).user)
    address = reverse("clusters:ask", args=[cluster.pk])

    refused = browser.post(address, {"organisation": other.pk, "motive": "x"})
    assert (refused.status_code, Seat.objects.count()) == (422, 0)
    assert browser.post(address, {"organisation": buyer.pk, "motive": "x"}).status_code == 302


def test_the_request_has_three_fields_and_tells_the_coordinator(cluster, buyer):
    coordinator = member(cluster.organisation, Role.EDUCATION_COORDINATOR)
    browser = signed_in(member(buyer, Role.PARTNER_ADMINISTRATOR).user)
    address = reverse("clusters:ask", args=[cluster.pk])
    form = browser.get(address).context["form"]
    browser.post(address, {"organisation": buyer.pk, "motive": "Leren"})

    assert [field.name for field in form.visible_fields()] == ["organisation", "motive", "sponsor"]
    assert Notice.objects.get(user=coordinator.user).code == "clusters.seat_asked"


def test_an_administrator_of_another_organisation_sees_no_seat(cluster, buyer, other):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    browser = signed_in(member(other, Role.PARTNER_ADMINISTRATOR).user)

    for name in ("seat", "employee", "sponsor", "add_yield"):
        assert browser.get(reverse(f"clusters:{name}", args=[seat.pk])).status_code == 404
    assert browser.get(reverse("clusters:yields", args=[cluster.pk])).status_code == 404


def test_a_sponsor_reads_everything_of_the_seat_and_can_hold_nothing_back(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    line = OwnLine.objects.get(holder__seat=seat)
    told = Report.objects.create(line=line, kind="publication", title="Werk af", on=TODAY)
    browser = signed_in(seat.sponsor.user)
    page = browser.get(seat.get_absolute_url())

    assert "Werk af" in page.content.decode()
    for name in ("edit_report", "archive_report"):
        assert browser.post(reverse(f"clusters:{name}", args=[told.pk])).status_code == 403
    for model in ("Seat", "OwnLine", "Report", "Yield"):
        for verb in set(Verb) - {Verb.SEE}:
            assert not matrix().reaches(f"clusters.{model}", Role.SPONSOR, verb)


def test_a_published_work_is_public_and_progress_is_not(client, cluster, buyer):
    line = OwnLine.objects.get(holder__seat=seat_of(cluster, buyer, SeatState.TAKEN))
    work, progress = (
        Report.objects.create(line=line, kind=kind, title=kind, on=TODAY)
        for kind in ("publication", "progress")
    )

    assert client.get(reverse("clusters:work", args=[work.pk])).status_code == 200
    assert client.get(reverse("clusters:work", args=[progress.pk])).status_code == 302


def test_the_participant_tells_and_the_community_hears(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    line = OwnLine.objects.get(holder__seat=seat)
    browser = signed_in(current_holder(seat).membership.user)
    fields = {"kind": "publication", "title": "Artikel", "on": TODAY, "address": "https://x.nl/a"}
    answer = browser.post(reverse("clusters:report", args=[line.pk]), fields)

    assert answer.status_code == 302
    assert Notice.objects.filter(user=seat.sponsor.user, code="clusters.work_out").exists()


def test_a_decision_has_an_owner_who_follows_it_up(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    other_seat = seat_of(cluster, buyer, SeatState.TAKEN)
    fields = {"text": "Bellen", "owner": seat.sponsor.pk, "due_on": TODAY}
    browser = signed_in(other_seat.sponsor.user)
    assert (
        browser.post(reverse("clusters:add_decision", args=[cluster.pk]), fields).status_code == 302
    )
    row = Decision.objects.get()
    follow = reverse("clusters:follow", args=[row.pk])

    assert browser.post(follow, {"done_on": TODAY}).status_code == 403
    signed_in(seat.sponsor.user).post(follow, {"done_on": TODAY, "outcome": "Gebeld"})
    assert Decision.objects.get().outcome == "Gebeld"


def test_the_yield_page_names_all_thirteen_kinds(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    browser = signed_in(seat.sponsor.user)
    context = browser.get(reverse("clusters:yields", args=[cluster.pk])).context

    assert (len(context["for_organisation"]), len(context["for_student"])) == (7, 6)
    assert (len(FOR_ORGANISATION), len(FOR_STUDENT)) == (7, 6)


def test_what_is_not_covered_and_what_overlaps_is_said(cluster, buyer):
    browser = signed_in(member(cluster.organisation, Role.EDUCATION_COORDINATOR).user)
    made = {}
    for name in ("niemand", "een", "twee"):
        made[name] = cluster.aspects.create(name_nl=name)
    for names in (("een", "twee"), ("twee",)):
        line = OwnLine.objects.get(holder__seat=seat_of(cluster, buyer, SeatState.TAKEN))
        line.aspects.set([made[name] for name in names])
    cover = browser.get(cluster.get_absolute_url()).context["cover"]

    assert {row.aspect.name_nl: len(row.lines) for row in cover} == {
        "niemand": 0, "een": 1, "twee": 2,
    }  # fmt: skip


def fill(host, number: int) -> None:
    for n in range(number):
        buyer = organisation(f"Organisatie {number} {n}")
        cluster = cluster_of(theme_of(host), name_nl=f"Cluster {number} {n}")
        seat_of(cluster, buyer)
        Proposal.objects.create(
            organisation=buyer, host=host, title=f"V{n}", question="x", wanted="x", state="seeking"
        )


@pytest.mark.parametrize("name", ["list", "seats", "proposals", "themes", "group"])
def test_a_list_takes_as_many_queries_for_thirty_rows_as_for_one(host, name):
    browser = signed_in(member(host, Role.EDUCATION_COORDINATOR).user)
    counts = []
    for number in (1, 29):
        fill(host, number)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(reverse(f"clusters:{name}")).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 15


def fill_cluster(cluster, dataset, number: int) -> None:
    """Add rows of everything that the pages of one cluster list."""
    dates = {"on": TODAY, "title": "T"}
    for n in range(number):
        buyer = organisation(f"O {number} {n}")
        seat = Seat.objects.create(
            cluster=cluster, organisation=buyer, sponsor=member(buyer), motive="?", state="taken",
            starts_on=TODAY, ends_on=TODAY,
        )  # fmt: skip
        holder = seat.holders.create(membership=member(buyer), starts_on=TODAY)
        line = OwnLine.objects.create(holder=holder, title=f"L {n}")
        line.aspects.add(cluster.aspects.create(name_nl=f"Deel {number} {n}"))
        Report.objects.create(line=line, kind="publication", **dates)
        seat.yields.create(kind="o_network", text="x", evidence="x", on=TODAY)
        cluster.meetings.create(organisation=cluster.organisation, **dates)
        cluster.decisions.create(text="x", owner=seat.sponsor, due_on=TODAY)
        cluster.after_care.create(kind="network", **dates)
        part = dataset.parts.create(organisation=buyer, content="x", signed_by="x", starts_on=TODAY)
        part.accesses.create(line=line, purpose="x", starts_on=TODAY)


def test_the_pages_of_a_cluster_ask_no_more_for_thirty_rows_than_for_one(
    cluster, host, other, said
):
    seat_of(cluster, other, SeatState.TAKEN)
    dataset = dataset_of(cluster, other, said)
    browser = signed_in(member(host, Role.EDUCATION_COORDINATOR).user)
    pages = [
        reverse(f"clusters:{name}", args=[cluster.pk])
        for name in ("detail", "community", "yields", "datasets")
    ]
    asked = []
    for number in (1, 29):
        fill_cluster(cluster, dataset, number)
        asked.append(
            {page: queries(browser, page) for page in (*pages, dataset.get_absolute_url())}
        )

    assert asked[0] == asked[1]


def queries(browser, page: str) -> int:
    """Count what a page asks the database; the second time, when its questions have words."""
    assert browser.get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)
    return len(asked)


def test_a_theme_is_changed_by_who_offers_it_only(host, other):
    theme = theme_of(host)
    here, there = (
        signed_in(member(place, Role.EDUCATION_COORDINATOR).user) for place in (host, other)
    )
    fields = {"name_nl": "Nieuw", "kind": "offered", "position": 1, "edition": 1}
    address = reverse("clusters:edit_theme", args=[theme.pk])

    assert there.post(address, fields).status_code == 403
    assert here.post(address, fields).status_code == 302
    assert Theme.objects.get().name_nl == "Nieuw"


def test_a_participant_of_another_cluster_sees_no_work_community(host, cluster, buyer):
    seat = seat_of(cluster_of(theme_of(host)), buyer, SeatState.TAKEN)
    browser = signed_in(current_holder(seat).membership.user)

    assert browser.get(reverse("clusters:community", args=[seat.cluster_id])).status_code == 200
    assert browser.get(reverse("clusters:community", args=[cluster.pk])).status_code == 404


def test_a_role_in_the_cluster_is_given_for_the_cluster_only(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    grants = current_holder(seat).membership.role_grants.all()

    assert [(grant.role, grant.kind, grant.scope_id) for grant in grants] == [
        (Role.STUDENT, Kind.CLUSTER, cluster.pk)
    ]


def test_a_part_that_another_organisation_covers_is_not_called_open(cluster, buyer, other, client):
    from biotoop.web.clusters.models import Aspect, OwnLine  # noqa: PLC0415 - one test

    parts = [Aspect.objects.create(cluster=cluster, name_nl=f"Deel {n}") for n in range(2)]
    for owner in (buyer, other):
        seat = seat_of(cluster, owner, "taken")
        line = OwnLine.objects.get(holder__seat=seat)
        line.aspects.add(parts[0])
    page = signed_in(member(buyer, Role.PROFESSIONAL).user).get(cluster.get_absolute_url())
    words = page.content.decode()

    assert "1 van een andere organisatie" in words
    assert "overlap" in words
    assert words.count("niemand dekt dit nog") == 1
    assert "niemand dekt dit nog" not in client.get(cluster.get_absolute_url()).content.decode()


def test_a_part_of_the_question_leads_to_the_step_and_its_evidence(cluster, host):
    from biotoop.web.programmes.models import Programme  # noqa: PLC0415 - one test
    from web.questions.test_openings import a_theory  # noqa: PLC0415 - as above

    theory = a_theory(Programme.objects.create(organisation=host, name_nl="P", slug="p"))
    step = theory.links.get(code="S2")
    browser = signed_in(member(host, Role.EDUCATION_COORDINATOR).user)
    address = reverse("clusters:add_aspect", args=[cluster.pk])
    form = browser.get(address).content.decode()
    assert f"{theory}: {step}" in form
    browser.post(address, {"name_nl": "Buren", "position": 1, "step": step.pk})

    page = browser.get(cluster.get_absolute_url()).content.decode()
    assert reverse("theories:step", args=[theory.pk, step.pk]) in page
    theory.visibility = "programme"
    theory.save()
    assert str(step) not in Client().get(cluster.get_absolute_url()).content.decode()


def test_a_step_that_cannot_be_taken_yet_says_what_is_missing_before_it_is_sent(cluster, host):
    browser = signed_in(member(host, Role.EDUCATION_COORDINATOR).user)
    page = browser.get(reverse("clusters:cluster_step", args=[cluster.pk, "start"]))

    assert "Dit kan nu nog niet" in page.content.decode()
    assert "hoogleraar" in page.content.decode()


def test_a_step_that_the_editor_may_not_see_stays_when_a_part_is_changed(cluster, buyer, host):
    theory = a_theory(Programme.objects.create(organisation=buyer, name_nl="P", slug="p"))
    step = theory.links.get(code="S1")
    part = cluster.aspects.create(name_nl="Deel", step=step)
    browser = signed_in(member(host, Role.EDUCATION_COORDINATOR).user)
    address = reverse("clusters:edit_aspect", args=[part.pk])
    sent = {"name_nl": "Anders", "position": 2, "edition": 1}

    for visible, fields in ((False, sent), (True, {**sent, "step": "", "edition": 2})):
        type(theory).objects.update(visibility="public" if visible else "programme")
        assert ("step" in browser.get(address).context["form"].fields) == visible
        assert browser.post(address, fields).status_code == 302
        part.refresh_from_db()
        assert (part.name_nl, part.step) == ("Anders", None if visible else step)
