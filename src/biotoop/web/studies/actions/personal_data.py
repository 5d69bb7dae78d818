"""Work on studies goes to who stays; who is the last one on a study first hands it over."""

from uuid import UUID

from django.utils.translation import gettext as _

from biotoop.web.accounts.actions.notices import pass_on
from biotoop.web.accounts.actions.personal_data import must_hand_over
from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.leaving import hand_over_places, hands_over
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import live_grants
from biotoop.web.shared.enums import Kind
from biotoop.web.studies.actions.telling import team_of
from biotoop.web.studies.enums import StudyState
from biotoop.web.studies.models import Cycle, Study


@hands_over
def studies(leaver: Membership, successor: Membership, by: UUID) -> int:
    """Hand over the studies of one person alone, and the news about studies and cycles."""
    mine = Study.objects.filter(organisation=leaver.organisation_id)
    cycles = Cycle.objects.filter(theory__programme__organisation=leaver.organisation_id)
    about = [*mine.values_list("pk", flat=True), *cycles.values_list("pk", flat=True)]
    told = pass_on(leaver.user, successor.user, about)
    return told + hand_over_places(leaver, successor, Kind.STUDY, by)


@must_hand_over
def last_researcher(user: User) -> list[str]:
    """Keep a study that is not closed from losing the last person who may change it."""
    held = live_grants().filter(user=user, kind=Kind.STUDY).values("scope_id")
    rows = Study.objects.filter(pk__in=held, archived_at=None).exclude(state=StudyState.CLOSED)
    return [
        _("You are the only one who works on “%(title)s”. First hand it over.") % {"title": row}
        for row in rows.select_related("theory")
        if team_of(row) == {user.pk}
    ]
