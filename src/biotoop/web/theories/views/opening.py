"""Open a theory for a reader, with what stands around each of its pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, found, may
from biotoop.web.theories.enums import State
from biotoop.web.theories.models import Theory

AROUND = ("programme__organisation", "latest", "draft", "variant_of")
Trail = list[tuple[str, str]]


def opened(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Theory:
    """Give a theory that the reader may do this with; else it does not exist, or is refused."""
    return found(request.reader, Theory, pk, verb, among=with_surroundings)


def with_surroundings() -> QuerySet[Theory]:
    """Bring along what every page of a theory shows."""
    return Theory.objects.select_related(*AROUND)


def writer(request: ReaderRequest) -> User:
    """Give who writes; nobody writes without an account."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def trail_to(theory: Theory, *more: tuple[str, str]) -> Trail:
    """Tell where a page of a theory stands."""
    whole = [
        (reverse("theories:list"), _("Theories of change")),
        (theory.get_absolute_url(), str(theory)),
    ]
    return [*whole, *more]


def around(
    request: ReaderRequest, theory: Theory, *more: tuple[str, str], verbs: Sequence[Verb] = ()
) -> dict[str, Any]:
    """Give what every page of a theory shows: where it is, its tabs, and what the reader may do."""
    reader = request.reader
    may_change = Verb.CHANGE in verbs or may(reader, Verb.CHANGE, theory)
    may_decide = Verb.DECIDE in verbs or (may_change and may(reader, Verb.DECIDE, theory))
    return {
        "theory": theory,
        "trail": trail_to(theory, *more),
        "tabs": tabs_of(theory, may_change=may_change),
        "may_change": may_change,
        "may_decide": may_decide,
    }


def tabs_of(theory: Theory, *, may_change: bool) -> list[tuple[str, str]]:
    """Give the views of a theory that the reader may open."""
    for_readers = [("read", _("Read")), ("versions", _("Versions"))]
    for_writers = [
        ("draw", _("Draw")), ("edit", _("Write")), ("canvas", _("Canvas")),
        ("review", _("Review and publish")), ("comments", _("Remarks")),
        ("settings", _("Settings")),
    ]  # fmt: skip
    shown = [*for_readers[:1], *for_writers, *for_readers[1:]] if may_change else for_readers
    return [(reverse(f"theories:{name}", args=[theory.pk]), words) for name, words in shown]


def state_of(theory: Theory, *, in_review: bool) -> tuple[str, str]:
    """Tell where a theory stands: the kind of badge, and the word."""
    if in_review:
        return "busy", str(State.IN_REVIEW.label)
    if theory.latest is None:
        return "calm", str(State.DRAFT.label)
    is_same = theory.draft.edition == theory.latest.draft_edition
    return "good", str((State.PUBLISHED if is_same else State.CHANGING).label)
