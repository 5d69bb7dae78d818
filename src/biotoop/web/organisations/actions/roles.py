"""Give roles and take them back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.organisations.queries import administrators_of
from biotoop.web.organisations.rules import SECURED, Where
from biotoop.web.shared.actions.records import Refused, change, keep, put_away
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day

PEOPLE = "people"


def give(
    membership: Membership,
    role: Role,
    where: Where,
    *,
    by: UUID | None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give a member a role in a place, from today."""
    today = site_day()
    same = {"kind": where.kind, "scope_id": where.scope_id, "role": role, "membership": membership}
    with transaction.atomic():
        held = RoleGrant.objects.filter(**same, archived_at=None)
        if any(grant.ends_on is None or grant.ends_on >= today for grant in held):
            raise Refused(
                _("This person already has this role there. Change its last day instead.")
            )
        if ends_on and ends_on < today:
            raise Refused(_("The last day lies before today. Choose today or later."))
        fields = {"starts_on": today, "ends_on": ends_on, "given_by": by}
        grant = keep(RoleGrant(user=membership.user, **same, **fields), by=by, purpose=PEOPLE)
        secure(membership.user, role)
    return grant


def secure(user: User, role: Role) -> None:
    """Ask a second factor of who gets a role that opens much."""
    if role in SECURED and not user.needs_second_factor:
        User.objects.filter(pk=user.pk).update(needs_second_factor=True)


def change_role(
    grant: RoleGrant, values: Mapping[str, Any], *, edition: int, by: UUID
) -> RoleGrant:
    """Change until when a role holds."""
    if values.get("ends_on"):
        keep_an_administrator([grant])
    return change(grant, values, edition=edition, by=by, purpose=PEOPLE)


def end(grant: RoleGrant, *, by: UUID) -> None:
    """Take a role back; it can be put back."""
    with transaction.atomic():
        keep_an_administrator([grant])
        put_away(grant, by=by, purpose=PEOPLE)


def keep_an_administrator(ending: list[RoleGrant]) -> None:
    """Refuse to leave an organisation without anybody who can let others in."""
    for grant in ending:
        if grant.role != Role.PARTNER_ADMINISTRATOR or grant.membership is None:
            continue
        if not others_administer(grant.membership.organisation, ending):
            raise Refused(
                _("This is the last administrator here. First make somebody else administrator.")
            )


def others_administer(organisation: Organisation, ending: list[RoleGrant]) -> bool:
    """Tell whether an administrator is left."""
    kept = administrators_of(organisation).exclude(pk__in=[grant.pk for grant in ending])
    return kept.exists()
