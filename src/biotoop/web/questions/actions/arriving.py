"""Slow down who sends much without an account; who that is, we do not know."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.questions.models import Arrival
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.actions.sealing import keyed_digest
from biotoop.web.shared.models.days import site_day

WINDOW, MOST, MOST_OF_ALL = timedelta(minutes=15), 5, 120
KEPT = timedelta(days=1)
LETTERS, MOST_LETTERS = "letter", 5  # to one address in a day, before anybody said it is theirs


class TooMany(Refused):
    """Too much came from one place, or from everywhere at once."""


def arrive(kind: str, address: str) -> None:
    """Let something in, unless too much came. A place is a digest that changes every day."""
    moment = now()
    origin = keyed_digest(f"arrivals {site_day()}", address)
    with transaction.atomic():
        recent = Arrival.objects.filter(at__gt=moment - WINDOW)
        all_of_it = recent.exclude(kind=LETTERS)
        if recent.filter(origin=origin).count() >= MOST or all_of_it.count() >= MOST_OF_ALL:
            raise TooMany(_("Much was sent from here just now. Wait a quarter and try again."))
        Arrival.objects.filter(at__lt=moment - KEPT).delete()
        Arrival.objects.create(kind=kind, origin=origin)


def ask_for_letter(email: str) -> None:
    """Let an address be written to because somebody filled it in, unless that was done much today.

    Who fills in a form without an account may fill in the address of somebody else.
    """
    origin = keyed_digest(f"letters {site_day()}", email.strip().lower())
    with transaction.atomic():
        if Arrival.objects.filter(kind=LETTERS, origin=origin).count() >= MOST_LETTERS:
            raise TooMany(
                _("This address gets no more letters today. Leave it out, or come back tomorrow.")
            )
        Arrival.objects.create(kind=LETTERS, origin=origin)
