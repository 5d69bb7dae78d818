"""Open and cancel a gathering; come, wait for a place, and let others have yours."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.accounts.models import User
from biotoop.web.questions.actions.arriving import arrive, ask_for_letter
from biotoop.web.questions.actions.links import secret_for
from biotoop.web.questions.enums import GatheringState, SeatState
from biotoop.web.questions.models import Gathering, Registration
from biotoop.web.shared.actions.mail import letter_kind, link, send
from biotoop.web.shared.actions.records import Refused, change, check, keep, noted

PURPOSE = "gathering"
LETTER = letter_kind("questions/seat", gettext_lazy("News about a registration"))
SEATED = notice_kind("gathering_seat", gettext_lazy("You have a place: %(title)s."))
WAITING = notice_kind("gathering_waiting", gettext_lazy("You are on the waiting list: %(title)s."))
MOVED = notice_kind("gathering_moved", gettext_lazy("Time or place changed: %(title)s."))
CANCELLED = notice_kind("gathering_cancelled", gettext_lazy("It is cancelled: %(title)s."))
IN_CALENDARS = ("title", "place", "starts_at", "ends_at")
KEPT = timedelta(days=90)  # how long we know who came
GONE = "…"
COMING = (SeatState.SEATED, SeatState.WAITING)


def seat_address(row: Registration) -> str:
    """Give the secret page of a registration."""
    return reverse("questions:seat", args=[secret_for("seat", row.pk)])


def locked(gathering: Gathering) -> Gathering:
    """Take the row so that two who come at once get one place after the other."""
    return Gathering.objects.select_for_update().get(pk=gathering.pk)


def open_up(gathering: Gathering, *, by: UUID) -> None:
    """Let people register."""
    with transaction.atomic():
        there = locked(gathering)
        if there.state != GatheringState.PLANNED:
            raise Refused(_("Only what is being prepared can be opened."))
        change(there, {"state": GatheringState.OPEN}, edition=there.edition, by=by)


def cancel(gathering: Gathering, reason: str, *, by: UUID) -> None:
    """Cancel it; who would come hears why, and calendars strike it through."""
    with transaction.atomic():
        there = locked(gathering)
        if there.state == GatheringState.CANCELLED or there.is_over:
            raise Refused(_("This is over, or cancelled already."))
        values = {
            "state": GatheringState.CANCELLED, "reason": reason, "sequence": there.sequence + 1,
        }  # fmt: skip
        made = change(there, values, edition=there.edition, by=by)
        for row in made.registrations.filter(state__in=COMING):
            inform(row, made, CANCELLED, made.sequence)


def rearrange(gathering: Gathering, values: Mapping[str, Any], *, edition: int, by: UUID) -> None:
    """Change a gathering; who comes hears of another time or place, and more places are given."""
    with transaction.atomic():
        there = locked(gathering)
        is_moved = any(
            name in values and getattr(there, name) != values[name] for name in IN_CALENDARS
        )
        wanted = {**values, "sequence": there.sequence + 1} if is_moved else dict(values)
        made = change(there, wanted, edition=edition, by=by)
        if is_moved and made.state == GatheringState.OPEN and not made.is_over:
            for row in made.registrations.filter(state__in=COMING):
                inform(row, made, MOVED, made.sequence)
        fill_seats(made)


def register(
    gathering: Gathering, values: Mapping[str, Any], *, number: UUID, origin: str, user: User | None
) -> Registration:
    """Give a place, or one on the waiting list; the same form twice is one registration.

    Raises
    ------
    Refused
        It is not open, this person comes already, or the form was of another gathering.
    """
    with transaction.atomic():
        there = locked(gathering)
        known = Registration.objects.filter(pk=number).first()
        if known is not None and known.gathering_id == there.pk:
            return known
        if known is not None:
            raise Refused(_("This form was of another gathering. Open this page again."))
        if not there.takes_people:
            raise Refused(_("Nobody can register for this now."))
        coming = there.registrations.filter(state__in=COMING)
        if user is not None and coming.filter(user=user).exists():
            raise Refused(_("You are registered already."))
        arrive(PURPOSE, str(user.pk) if user else origin)
        if values.get("email"):
            ask_for_letter(values["email"])
        has_room = coming.filter(state=SeatState.SEATED).count() < there.seats
        row = Registration(
            pk=number, gathering=there, user=user, language=(get_language() or "nl")[:2],
            state=SeatState.SEATED if has_room else SeatState.WAITING, **values,
        )  # fmt: skip
        keep(row, by=user.pk if user else None, purpose=PURPOSE)
        inform(row, there, SEATED if has_room else WAITING, 0)
    return row


def give_up(row: Registration, *, by: UUID | None) -> None:
    """Give a place up; the first who waits gets it."""
    with transaction.atomic():
        gathering = locked(row.gathering)
        there = Registration.objects.select_for_update().get(pk=row.pk)
        if there.state == SeatState.CANCELLED:
            raise Refused(_("This registration is cancelled already."))
        there.state = SeatState.CANCELLED
        there.email, there.edition = "", there.edition + 1
        check(there)
        there.save()
        noted(there, "gave_up", by, PURPOSE)
        fill_seats(gathering)


def fill_seats(gathering: Gathering) -> None:
    """Give free places to who waits longest."""
    if not gathering.takes_people:
        return
    taken = gathering.registrations.filter(state=SeatState.SEATED).count()
    waiting = gathering.registrations.filter(state=SeatState.WAITING).order_by("created_at", "pk")
    for row in waiting[: max(0, gathering.seats - taken)]:
        change(row, {"state": SeatState.SEATED}, edition=row.edition, by=None, purpose=PURPOSE)
        inform(row, gathering, SEATED, 1)


def inform(row: Registration, gathering: Gathering, code: str, time: int) -> None:
    """Tell who registered, in the news or by mail."""
    if row.user_id:
        tell(
            [row.user_id], code, url_name="questions:gathering", object_id=gathering.pk,
            words={"title": gathering.title},
        )  # fmt: skip
    if not row.email:
        return
    zone = ZoneInfo(gathering.organisation.zone)
    with override(row.language):
        begins = date_format(gathering.starts_at.astimezone(zone), "j F Y, H:i")
    words = {
        "code": code,
        "title": gathering.title,
        "place": gathering.place,
        "begins": begins,
        "reason": gathering.reason,
        "address": link(seat_address(row)),
    }
    send(row.email, LETTER, words, row.language, f"seat:{row.pk}:{code}:{time}")


def forget_people() -> int:
    """Take names and addresses away of who registered for what ended some months ago."""
    over = Registration.objects.filter(gathering__ends_at__lt=now() - KEPT)
    return over.exclude(name=GONE, email="").update(name=GONE, email="")
