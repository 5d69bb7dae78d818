"""Runs that are still under way tell who stays how they ended."""

from uuid import UUID

from biotoop.web.accounts.actions.notices import pass_on
from biotoop.web.analyses.enums import ACTIVE
from biotoop.web.analyses.models import Run
from biotoop.web.organisations.actions.leaving import hands_over
from biotoop.web.organisations.models import Membership


@hands_over
def runs(leaver: Membership, successor: Membership, by: UUID) -> int:  # noqa: ARG001 - every hand-over has this form
    """Hand over the runs that one person asked for, and the news about them."""
    mine = Run.objects.filter(study__organisation=leaver.organisation_id)
    told = pass_on(leaver.user, successor.user, mine.values_list("pk", flat=True))
    waiting = mine.filter(state__in=ACTIVE, asked_by=leaver.user_id)
    return told + waiting.update(asked_by=successor.user_id)
