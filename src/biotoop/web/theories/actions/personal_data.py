"""Work on theories goes to who stays; who is the last one on a theory first hands it over."""

from uuid import UUID

from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.notices import pass_on
from biotoop.web.accounts.actions.personal_data import must_hand_over
from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.leaving import hand_over_places, hands_over
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import live_grants
from biotoop.web.shared.enums import Kind
from biotoop.web.theories.actions.telling import writers_of
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models import Review, Theory


@hands_over
def theories(leaver: Membership, successor: Membership, by: UUID) -> int:
    """Hand over the theories of one person alone, what they asked to be read, and their news."""
    mine = Theory.objects.filter(programme__organisation=leaver.organisation_id)
    asked = Review.objects.filter(
        theory__in=mine, state=ReviewState.ASKED, asked_by=leaver.user_id
    ).update(asked_by=successor.user_id)
    told = pass_on(leaver.user, successor.user, mine.values_list("pk", flat=True))
    return asked + told + hand_over_places(leaver, successor, Kind.THEORY, by)


@must_hand_over
def last_writer(user: User) -> list[str]:
    """Keep a theory from losing the last person who may write it."""
    held = live_grants().filter(user=user, kind=Kind.THEORY).values("scope_id")
    rows = Theory.objects.filter(pk__in=held, archived_at=None).select_related("programme")
    return [
        _("You are the only one who works on “%(title)s”. First hand it over.") % {"title": row}
        for row in rows
        if writers_of(row) == {user.pk}
    ]
