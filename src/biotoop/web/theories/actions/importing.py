"""Take over a theory from a file: the same identity goes on, a new one starts a theory."""

from collections.abc import Sequence

from django.db import transaction

from biotoop.web.accounts.models import User
from biotoop.web.programmes.models import Programme
from biotoop.web.theories.actions.drafting import Edit, save, taking_over
from biotoop.web.theories.actions.parts import PartsClash
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import TheoryOfChange, content_of
from biotoop.web.theories.bridge.files import FileReading
from biotoop.web.theories.enums import Act, Language
from biotoop.web.theories.models import Theory


class CannotImport(Exception):
    """The file cannot be taken over; every fault is named, and nothing was stored."""

    def __init__(self, faults: Sequence[str | tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__(str(faults))


@transaction.atomic
def into_draft(theory: Theory, reading: FileReading, *, by: User, seen: int) -> Theory:
    """Put what a file says in the draft of the theory that it is about.

    What was published stays; the draft as it was stays in its editions.

    Raises
    ------
    CannotImport
        The file has faults, or its parts belong to others.
    """
    found = sound(reading)
    if found.id != theory.pk:
        raise CannotImport(("other_theory",))
    if theory.draft.edition != seen:
        raise CannotImport(("changed",))
    edit: Edit = taking_over(content_of(found), Act.IMPORTED, own_codes=True)
    try:
        save(theory, edit, by=by, seen=seen)
    except PartsClash as clash:
        raise CannotImport(clash.clashes) from clash
    return theory


@transaction.atomic
def as_new(programme: Programme, reading: FileReading, *, by: User) -> Theory:
    """Start a theory from a file, under the identity that the file gives it.

    Raises
    ------
    CannotImport
        The file has faults, its parts belong to another theory, or the theory is there already.
    """
    found = sound(reading)
    if Theory.objects.filter(pk=found.id).exists():
        raise CannotImport(("exists",))
    title = str(found.title)
    particulars = Particulars(
        title=title[:150],
        language=Language.DUTCH if found.title.nl or found.title.plain else Language.ENGLISH,
        place=str(found.place or "")[:100],
        invented=found.invented,
    )
    try:
        return make(programme, particulars, by=by, content=content_of(found), identity=found.id)
    except PartsClash as clash:
        raise CannotImport(clash.clashes) from clash


def sound(reading: FileReading) -> TheoryOfChange:
    """Give the theory of a file without faults."""
    if reading.theory is None:
        raise CannotImport(reading.faults)
    return reading.theory
