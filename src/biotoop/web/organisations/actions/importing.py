"""Invite many people at once from a list: all of it, or nothing with every fault named."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import attrs
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.inviting import Invited, invite
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import live_memberships, open_invitations
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day

MOST_ROWS, MOST_BYTES, MOST_UNPACKED = 500, 1_000_000, 30_000_000
COLUMNS = {
    "email": {"e-mail", "email", "e-mailadres", "e-mail address", "mail"},
    "name": {"naam", "name"},
    "role": {"rol", "role"},
    "until": {"tot en met", "tot", "until", "einddatum", "end date"},
}
Cells = dict[str, str]


@attrs.frozen
class Fault:
    """What is wrong in one row; row 0 is about the whole file."""

    row: int
    text: str


@attrs.frozen
class Listing:
    """What a file holds: rows as they stand there, people when they are right, and faults."""

    rows: tuple[Cells, ...]
    people: tuple[Invited, ...]
    faults: tuple[Fault, ...]


def read(name: str, content: bytes, organisation: Organisation, roles: set[Role]) -> Listing:
    """Read a csv or xlsx file."""
    if len(content) > MOST_BYTES:
        return refused(_("This file is too large: at most 1 MB."))
    try:
        is_workbook = name.lower().endswith(".xlsx") or content[:2] == b"PK"
        table = list(workbook_rows(content) if is_workbook else text_rows(content))
    except (ValueError, KeyError, zipfile.BadZipFile, InvalidFileException, csv.Error, OSError):
        return refused(_("This file cannot be read. Save it as xlsx or as csv, and try again."))
    if len(table) > MOST_ROWS + 1:
        return refused(_("This list is too long: at most %(most)d people.") % {"most": MOST_ROWS})
    columns = [known_column(cell) for cell in table[0]] if table else []
    missing = {"email", "name", "role"} - set(columns)
    if missing:
        return refused(_("The first row must name the columns: e-mail, name, role, until."))
    rows = [as_cells(columns, line) for line in table[1:]]
    return checked([row for row in rows if any(row.values())], organisation, roles)


def refused(text: str) -> Listing:
    return Listing((), (), (Fault(0, text),))


def workbook_rows(content: bytes) -> Iterator[list[str]]:
    """Read the first sheet, after a look at how large it unpacks."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise ValueError
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        for line in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=20, values_only=True):
            yield [as_text(cell) for cell in line]
    finally:
        book.close()


def as_text(cell: object) -> str:
    """Write a cell as text; dates as in a csv."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def text_rows(content: bytes) -> Iterator[list[str]]:
    """Read csv as spreadsheet programs write it: with commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
        yield [cell.strip() for cell in line]


def known_column(cell: str) -> str:
    """Give which column a heading names."""
    word = cell.strip().lower()
    return next((name for name, words in COLUMNS.items() if word in words), "")


def as_cells(columns: list[str], line: list[str]) -> Cells:
    pairs = zip(columns, line, strict=False)
    return {name: cell for name, cell in pairs if name}


def checked(rows: list[Cells], organisation: Organisation, roles: set[Role]) -> Listing:
    """Check every row; name every fault."""
    if not rows:
        return refused(_("This list has no people in it."))
    times = Counter(User.objects.normalised(row.get("email", "")) for row in rows)
    taken = there_already(organisation, set(times))
    people, faults = [], []
    for number, row in enumerate(rows, start=2):
        person, texts = read_row(row, organisation, roles)
        email = User.objects.normalised(row.get("email", ""))
        if email and times[email] > 1:
            texts.append(_("This e-mail address is in the list twice."))
        if email in taken:
            texts.append(_("This person belongs here already, or has an open invitation."))
        faults += [Fault(number, text) for text in texts]
        people += [person] if person else []
    return Listing(tuple(rows), () if faults else tuple(people), tuple(faults))


def there_already(organisation: Organisation, emails: set[str]) -> set[str]:
    """Give the addresses of who needs no invitation."""
    members = live_memberships().filter(organisation=organisation, user__email__in=emails)
    open_ones = open_invitations(organisation).filter(email__in=emails)
    return {
        *members.values_list("user__email", flat=True),
        *open_ones.values_list("email", flat=True),
    }


def read_row(
    row: Cells, organisation: Organisation, roles: set[Role]
) -> tuple[Invited | None, list[str]]:
    """Read one row: a person, or what is wrong."""
    texts = []
    email, name = User.objects.normalised(row.get("email", "")), row.get("name", "")
    try:
        validate_email(email)
    except ValidationError:
        texts.append(_("“%(cell)s” is no e-mail address.") % {"cell": row.get("email", "")})
    if not 0 < len(name) <= 150:
        texts.append(_("Give a name, of at most 150 letters."))
    role = known_role(row.get("role", ""), roles)
    if role is None:
        texts.append(_("“%(cell)s” is no role that you can give.") % {"cell": row.get("role", "")})
    until, is_date = known_day(row.get("until", ""))
    if not is_date:
        texts.append(_("“%(cell)s” is no date such as 31-12-2027.") % {"cell": row["until"]})
    elif until and until < site_day():
        texts.append(_("The last day has passed."))
    if texts or role is None:
        return None, texts
    where = Where(Kind.ORGANISATION, organisation.pk)
    return Invited(email=email, name=name, role=role, where=where, ends_on=until), []


def known_role(cell: str, roles: set[Role]) -> Role | None:
    """Find a role by its name in Dutch or English, or by its code."""
    word = cell.strip().lower()
    for role in roles:
        names = {role.value}
        for language in ("nl", "en"):
            with override(language):
                names.add(str(role.label).lower())
        if word in names:
            return role
    return None


def known_day(cell: str) -> tuple[date | None, bool]:
    """Read a day as 2027-12-31 or 31-12-2027; tell whether it is one, or empty."""
    if not cell:
        return None, True
    for shape in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(cell, shape).date(), True  # noqa: DTZ007 - a local date
        except ValueError:
            continue
    return None, False


def invite_all(organisation: Organisation, people: tuple[Invited, ...], *, by: UUID) -> int:
    """Invite everybody, or nobody when one cannot be."""
    with transaction.atomic():
        for person in people:
            try:
                invite(organisation, person, by=by)
            except Refused as why:
                raise Refused(_("Nobody was invited. %(why)s") % {"why": why}) from why
    return len(people)
