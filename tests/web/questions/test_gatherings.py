"""Gatherings: places, the waiting list, calendars; with and without an account."""

import re
from datetime import UTC, timedelta

import icalendar
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from django.utils.timezone import override as timezone

from biotoop.web.accounts.models import Notice
from biotoop.web.questions.actions import gathering as acts
from biotoop.web.questions.actions.arriving import MOST, MOST_LETTERS
from biotoop.web.questions.actions.gathering import forget_people, seat_address
from biotoop.web.questions.models import Gathering, Registration
from biotoop.web.shared.actions.mail import written
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models import Letter
from biotoop.web.shared.rules import matrix
from web.organisations.conftest import member
from web.questions.conftest import old_ticket
from web.signing import signed_in

HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]


def gathering(home, state: str = "open", **fields) -> Gathering:
    begins = now().replace(microsecond=0) + timedelta(days=7)
    fields = {
        "kind": "cafe", "title": "Wie eet er mee?", "about": "Over samen eten; breng iets mee.",
        "place": "Wijkcentrum De Populier", "starts_at": begins,
        "ends_at": begins + timedelta(hours=2), "seats": 1, **fields,
    }  # fmt: skip
    return Gathering.objects.create(organisation=home, state=state, **fields)


def come(row: Gathering, name: str, browser: Client | None = None, **fields):
    asked = {"name": name, "ticket": old_ticket(f"seat {row.pk}"), **fields}
    return (browser or Client()).post(row.get_absolute_url(), asked)


def states() -> dict[str, str]:
    return dict(Registration.objects.values_list("name", "state"))


def event_of(row: Gathering):
    answer = Client().get(reverse("questions:calendar", args=[row.pk]))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    whole = icalendar.Calendar.from_ical(answer.content)
    [event] = whole.walk("VEVENT")
    return whole, event, answer.content


def test_the_first_gets_the_place_and_the_second_waits(beekwaarde):
    row = gathering(beekwaarde)
    for name in ("Riet", "Bep"):
        assert come(row, name).status_code == 302
    assert states() == {"Riet": "seated", "Bep": "waiting"}


def test_who_cannot_come_gives_the_place_to_who_waits_longest(beekwaarde):
    row = gathering(beekwaarde)
    addresses = [come(row, name, email=f"{name}@example.org").url for name in ("a", "b", "c")]
    Client().get(addresses[0])
    assert states()["a"] == "seated", "opening the link changes nothing"
    Client().post(addresses[0])

    assert states() == {"a": "cancelled", "b": "seated", "c": "waiting"}
    told = [written(one)[1] for one in Letter.objects.filter(to="b@example.org")]
    assert any(addresses[1] in text for text in told)
    assert len(told) == 2


def test_the_same_form_twice_is_one_registration(beekwaarde):
    row = gathering(beekwaarde, seats=5)
    ticket = old_ticket(f"seat {row.pk}")
    once, twice = (come(row, "Riet", ticket=ticket).url.partition(":")[0] for _time in range(2))
    assert once == twice  # behind it stand the second and the signature
    assert Registration.objects.count() == 1


def test_a_form_of_one_gathering_registers_for_no_other(beekwaarde):
    first, second = gathering(beekwaarde), gathering(beekwaarde)
    ticket = old_ticket(f"seat {first.pk}")
    codes = [come(row, "Riet", ticket=ticket).status_code for row in (first, second)]
    assert codes == [302, 422]

    words = {"name": "Riet", "email": ""}
    number = Registration.objects.get().pk
    with pytest.raises(Refused):
        acts.register(second, words, number=number, origin="x", user=None)


def test_an_address_is_written_to_five_times_a_day_at_most(beekwaarde):
    rows = [gathering(beekwaarde) for _time in range(MOST_LETTERS + 1)]
    codes = [
        come(row, "Riet", Client(REMOTE_ADDR=f"192.0.2.{number}"), email="Riet@example.org")
        for number, row in enumerate(rows)
    ]
    assert [one.status_code for one in codes] == [302] * MOST_LETTERS + [429]
    assert Letter.objects.count() == MOST_LETTERS
    elsewhere = Client(REMOTE_ADDR="192.0.2.99")
    assert come(rows[-1], "Bep", elsewhere, email="bep@example.org").status_code == 302


def test_who_is_signed_in_is_slowed_down_as_well_and_colleagues_are_not(beekwaarde, noor):
    rows = [gathering(beekwaarde) for _time in range(MOST + 1)]
    codes = [come(row, "Noor", signed_in(noor)).status_code for row in rows]
    assert codes == [302] * MOST + [429]
    vera = member(beekwaarde, "Vera", Role.LECTURER)
    assert come(rows[0], "Vera", signed_in(vera)).status_code == 302


def test_ninety_days_after_a_gathering_who_came_is_forgotten(beekwaarde):
    for name, days in (("Riet", 91), ("Bep", 89)):
        ended = now() - timedelta(days=days)
        row = gathering(beekwaarde, starts_at=ended - timedelta(hours=2), ends_at=ended)
        row.registrations.create(name=name, email=f"{name}@example.org")

    assert [forget_people(), forget_people()] == [1, 0]
    found = set(Registration.objects.values_list("name", "email"))
    assert found == {("…", ""), ("Bep", "Bep@example.org")}


@pytest.mark.parametrize("who", ["Europe/Amsterdam", "America/Curacao"])
def test_times_are_read_and_told_on_the_clock_of_the_organisation(beekwaarde, noor, who):
    beekwaarde.zone = "America/Paramaribo"  # three hours behind UTC the whole year
    beekwaarde.save()
    fields = {
        "organisation": beekwaarde.pk, "kind": "cafe", "title": "Eten", "about": "Samen.",
        "place": "Hier", "seats": 5, "is_public": "on",
        "starts_at": "2999-01-10T10:00", "ends_at": "2999-01-10T12:00",
    }  # fmt: skip
    browser = signed_in(noor)
    with timezone(who):
        assert browser.post(reverse("questions:make_gathering"), fields).status_code == 302
        row = Gathering.objects.get()
        assert row.starts_at.astimezone(UTC).hour == 13
        edit = browser.get(reverse("questions:edit_gathering", args=[row.pk])).content.decode()
        assert 'value="2999-01-10T10:00"' in edit
        acts.open_up(row, by=noor.pk)
        come(row, "Riet", email="riet@example.org")
    assert "10 januari 2999, 10:00" in written(Letter.objects.get())[1]


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_nobody_registers_for_what_is_not_open(beekwaarde, noor, state):
    row = gathering(beekwaarde, state)
    answer = come(row, "Noor", signed_in(noor))
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_nobody_registers_for_what_has_begun(beekwaarde):
    row = gathering(beekwaarde, starts_at=now() - timedelta(hours=1))
    assert come(row, "Riet").status_code == 422


def test_who_has_an_account_registers_once_and_is_told_in_the_news(beekwaarde, noor):
    row = gathering(beekwaarde, seats=5)
    browser = signed_in(noor)
    assert come(row, "Noor", browser).status_code == 302
    assert come(row, "Noor", browser).status_code == 422
    assert Notice.objects.get(user=noor).code == "gathering_seat"


def test_more_places_go_to_who_waits(beekwaarde, noor):
    row = gathering(beekwaarde)
    for name in ("a", "b", "c"):
        come(row, name)
    acts.rearrange(row, {"seats": 2}, edition=row.edition, by=noor.pk)
    assert states() == {"a": "seated", "b": "seated", "c": "waiting"}


def test_what_is_cancelled_tells_everybody_why(beekwaarde, noor):
    row = gathering(beekwaarde, seats=5)
    come(row, "Riet", email="riet@example.org")
    address = reverse("questions:cancel_gathering", args=[row.pk])
    assert signed_in(noor).post(address, {"reason": ""}).status_code == 422
    assert signed_in(noor).post(address, {"reason": "De zaal lekt."}).status_code == 302

    assert "De zaal lekt." in written(Letter.objects.order_by("created_at").last())[1]
    assert signed_in(noor).post(address, {"reason": "Nog eens."}).status_code == 422


def test_the_calendar_file_is_read_by_a_calendar(beekwaarde):
    row = gathering(beekwaarde, about="Regel een,\nregel twee; " + "lang " * 40)
    whole, event, raw = event_of(row)

    assert event.decoded("dtstart") == row.starts_at
    assert event.decoded("dtend") == row.ends_at
    assert str(event["dtstart"].params["TZID"]) == "Europe/Amsterdam"
    assert [str(zone["tzid"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert str(event["description"]) == row.about
    assert (str(event["uid"]), str(event["status"])) == (f"{row.pk}@biotoop", "CONFIRMED")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert whole.walk("VEVENT")[0].get("attendee") is None


def test_a_change_of_time_raises_the_sequence_and_a_cancelled_one_says_so(beekwaarde, noor):
    row = gathering(beekwaarde)
    uid = str(event_of(row)[1]["uid"])
    later = {
        "starts_at": row.starts_at + timedelta(hours=1),
        "ends_at": row.ends_at + timedelta(hours=1),
    }
    acts.rearrange(row, later, edition=row.edition, by=noor.pk)
    row.refresh_from_db()
    acts.rearrange(row, {"about": "Anders."}, edition=row.edition, by=noor.pk)
    row.refresh_from_db()
    assert event_of(row)[1]["sequence"] == 1, "other words are no other time"
    acts.cancel(row, "Ziek.", by=noor.pk)
    event = event_of(Gathering.objects.get())[1]

    assert (event["sequence"], str(event["status"]), str(event["uid"])) == (2, "CANCELLED", uid)


def test_a_registration_is_read_by_who_organises_and_by_no_visitor(beekwaarde, college, noor):
    row = gathering(beekwaarde, seats=5)
    come(row, "Riet Overmars", email="riet@example.org")
    partner = member(college, "Vera", Role.LECTURER)

    def page(browser: Client) -> str:
        return browser.get(row.get_absolute_url()).content.decode()

    assert "Riet Overmars" in page(signed_in(noor))
    assert "Riet Overmars" not in page(signed_in(partner)) + page(Client())
    assert "riet@example.org" not in page(signed_in(noor))


def test_a_link_of_another_kind_opens_no_registration(beekwaarde, client):
    row = gathering(beekwaarde)
    come(row, "Riet")
    address = seat_address(Registration.objects.get())
    assert client.get(address).status_code == 200
    assert client.get(re.sub(r".{6}/$", "aaaaaa/", address)).status_code == 410


ACTS = {
    "open_gathering": ("planned", {}, "open"),
    "cancel_gathering": ("open", {"reason": "Ziek."}, "cancelled"),
}


@pytest.mark.server
@pytest.mark.parametrize("name", ACTS)
def test_each_role_opens_and_cancels_only_what_the_own_organisation_holds(
    beekwaarde, lindelaan, college, name
):
    state, fields, became = ACTS[name]
    for home, role in [(h, r) for h in (beekwaarde, lindelaan, college) for r in HELD]:
        with transaction.atomic():
            row = gathering(beekwaarde, state, is_public=False)
            browser = signed_in(member(home, f"{role}-{home.pk}", role))
            code = browser.post(reverse(f"questions:{name}", args=[row.pk]), fields).status_code
            now_is = Gathering.objects.get(pk=row.pk).state
            transaction.set_rollback(True)
        may = "organisation" in matrix().reaches("questions.Gathering", role, Verb.CHANGE)
        if home == beekwaarde and may:
            assert (code, now_is) == (302, became), role
        else:
            assert code in (403, 404), (role, home)
            assert now_is == state
    row = gathering(beekwaarde, state)
    assert "/inloggen/" in Client().post(reverse(f"questions:{name}", args=[row.pk]), fields).url


@pytest.mark.parametrize(
    "name", ["gatherings", "openings", "agenda", "list", "researchers", "desks"]
)
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(desk, noor, beekwaarde, name):
    browser, numbers = signed_in(noor), []
    for size in (1, 29):
        fill(desk, beekwaarde, size)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(f"questions:{name}")).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 15, numbers


def fill(desk, home, number: int) -> None:
    from biotoop.web.programmes.models import Programme  # noqa: PLC0415
    from web.questions.conftest import desk_of, question  # noqa: PLC0415
    from web.questions.test_openings import a_theory, opening  # noqa: PLC0415

    programme = Programme.objects.create(organisation=home, name_nl="P", slug=f"p{number}")
    for step in range(number):
        question(desk, themes=",youth,")
        desk_of(home, f"loket-{number}-{step}")
        gathering(home)
        theory = a_theory(programme, f"T {number} {step}")
        opening(home, step=theory.links.first())
        user = member(home, f"Iemand{number}x{step}", Role.STUDENT)
        user.expertises.create(organisation=home, themes=",youth,", hours=2)
