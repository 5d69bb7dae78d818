"""A list of people is taken whole, or refused whole with every fault named."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from biotoop.web.organisations.actions.importing import read
from biotoop.web.organisations.models import Invitation
from biotoop.web.shared.enums import Role
from web.organisations.conftest import member
from web.signing import signed_in

ROLES = {Role.STUDENT, Role.PROFESSIONAL}
GOOD = "e-mail;naam;rol;tot en met\nkees@example.org;Kees;student;31-12-2030\n"


def listing(text: str | bytes, place, name: str = "mensen.csv"):
    return read(name, text if isinstance(text, bytes) else text.encode(), place, ROLES)


def test_every_fault_is_named_with_its_row(beekwaarde):
    member(beekwaarde, "Fatma")
    rows = [
        "geen adres;;baas;gisteren",
        "fatma@example.org;F;student;",
        "x@y.nl;X;student;1-1-2020",
    ]
    found = listing("e-mail;naam;rol;tot\n" + "\n".join(rows), beekwaarde)

    assert [fault.row for fault in found.faults] == [2, 2, 2, 2, 3, 4]
    assert found.people == ()


def test_one_wrong_row_keeps_everybody_out(beekwaarde):
    found = listing(GOOD + "pim@example.org;Pim;koning;\n", beekwaarde)

    assert [fault.row for fault in found.faults] == [3]
    assert found.people == ()


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(";", ","),
        GOOD.replace(";", "\t"),
        "\ufeff" + GOOD,
        "Email,Name,Role,Until\nkees@example.org,Kees,Student,2030-12-31\n",
    ],
    ids=["semicolons", "commas", "tabs", "with a mark", "English"],
)
def test_lists_are_read_as_programs_write_them(beekwaarde, text):
    [person] = listing(text, beekwaarde).people

    assert (person.email, person.name, person.role) == ("kees@example.org", "Kees", Role.STUDENT)
    assert person.ends_on.isoformat() == "2030-12-31"


def test_a_workbook_is_read(beekwaarde):
    book, written = Workbook(), io.BytesIO()
    for row in (["e-mail", "naam", "rol"], ["kees@example.org", "Kees", "professional"]):
        book.active.append(row)
    book.save(written)

    [person] = listing(written.getvalue(), beekwaarde, "mensen.xlsx").people

    assert person.role == Role.PROFESSIONAL


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 not really"),
        ("a.csv", b"\x00\x01\x02"),
        ("a.csv", b""),
        ("a.csv", b'e-mail;naam;rol\n"open'),
        ("a.csv", b"x" * 1_000_001),
        ("a.csv", b"naam;rol\nKees;student\n"),
        ("a.csv", b"e-mail;naam;rol\n" + b"a@b.nl;A;student\n" * 502),
    ],
    ids=["broken zip", "bytes", "empty", "open quote", "too large", "no column", "too long"],
)
def test_files_that_are_none_are_refused_in_words(beekwaarde, name, content):
    found = listing(content, beekwaarde, name)

    assert found.people == ()
    assert [fault.row for fault in found.faults] == [0]


def test_a_list_twice_the_same_person_is_a_fault(beekwaarde):
    found = listing(GOOD + "Kees@example.org;K;student;\n", beekwaarde)

    assert [fault.row for fault in found.faults] == [2, 3]


def test_people_are_invited_only_after_a_look(beekwaarde):
    ann = signed_in(member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR))
    address = reverse("organisations:import", args=[beekwaarde.pk])
    shown = ann.post(address, {"file": SimpleUploadedFile("m.csv", GOOD.encode())})
    assert (shown.status_code, Invitation.objects.count()) == (200, 0)

    done = ann.post(address, {"rows": shown.context["rows"]})
    forged = ann.post(address, {"rows": shown.context["rows"][:-2] + "xx"})

    assert done.url == reverse("organisations:invitations", args=[beekwaarde.pk])
    assert forged.url == address
    assert Invitation.objects.get().role == Role.STUDENT


def test_a_name_that_is_a_formula_does_nothing_in_the_export(beekwaarde):
    ann = member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR)
    member(beekwaarde, "=cmd|calc")

    answer = signed_in(ann).get(reverse("organisations:export", args=[beekwaarde.pk]))

    assert "'=cmd|calc" in answer.content.decode("utf-8-sig")
