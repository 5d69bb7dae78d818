"""Change more than one row at once: in the edition that the person saw, and written down."""

from typing import TypeVar

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Refused, Stale, noted
from biotoop.web.shared.models.records import Record

R = TypeVar("R", bound=Record)


class Reasons(Refused):
    """Something stands in the way; every reason is listed, in the reader's language."""

    def __str__(self) -> str:
        return " ".join(map(str, self.args))


def fresh(row: R, seen: int) -> R:
    """Lock a record, in the edition that the person saw.

    Raises
    ------
    Stale
        It has another edition by now.
    """
    there: R = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if there.edition != seen:
        raise Stale(there, {})
    return there


def keep(row: R, act: str, purpose: str, by: User) -> R:
    """Store a change as the next edition, and write down who made it."""
    row.edition += 1
    row.save()
    noted(row, act, by.pk, purpose)
    return row
