"""What organisations keep about a person: shown to them, and let go of when they go."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.accounts.actions.personal_data import NAMES, about, forgets, must_hand_over
from biotoop.web.accounts.models import User
from biotoop.web.organisations.actions.roles import others_administer
from biotoop.web.organisations.models import Invitation, Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day

Rows = list[dict[str, Any]]
NAMES |= {
    "organisation__name": gettext_lazy("organisation"),
    "job_title": gettext_lazy("job"),
    "hours_a_year": gettext_lazy("hours a year"),
    "starts_on": gettext_lazy("from"),
    "ends_on": gettext_lazy("until"),
    "role": gettext_lazy("role"),
    "kind": gettext_lazy("where"),
    "accepted_at": gettext_lazy("accepted"),
}


@about("memberships", gettext_lazy("Organisations that you belong to"))
def memberships(user: User) -> Rows:
    """Give where a person belongs or belonged."""
    fields = ("organisation__name", "job_title", "hours_a_year", "starts_on", "ends_on")
    return list(Membership.objects.filter(user=user).order_by("starts_on").values(*fields))


@about("roles", gettext_lazy("Roles that you were given"))
def roles(user: User) -> Rows:
    """Give which roles a person has or had."""
    fields = ("role", "kind", "starts_on", "ends_on")
    return list(RoleGrant.objects.filter(user=user).order_by("starts_on").values(*fields))


@about("invitations", gettext_lazy("Invitations to your address"))
def invitations(user: User) -> Rows:
    """Give the invitations that a person got."""
    fields = ("organisation__name", "role", "sent_at", "accepted_at")
    return list(Invitation.objects.filter(email=user.email).order_by("sent_at").values(*fields))


@must_hand_over
def last_administrator(user: User) -> list[str]:
    """Keep an organisation from losing its last administrator."""
    held = live_grants().filter(user=user, role=Role.PARTNER_ADMINISTRATOR)
    rows = list(held.exclude(membership=None).select_related("membership__organisation"))
    places = {grant.membership.organisation for grant in rows if grant.membership}
    return [
        _("You are the last administrator of %(name)s. First make somebody else administrator.")
        % {"name": place}
        for place in sorted(places, key=str)
        if not others_administer(place, rows)
    ]


@forgets
def let_go(user: User) -> None:
    """End what a person belongs to and may do, and forget what they were invited to."""
    yesterday = site_day() - timedelta(days=1)
    going = Q(ends_on=None) | Q(ends_on__gt=yesterday)
    for model in (Membership, RoleGrant):
        rows = model._default_manager.filter(going, user=user)
        rows.update(ends_on=Greatest(F("starts_on"), yesterday), archived_at=now())
    Membership.objects.filter(user=user).update(job_title="", hours_a_year=None)
    Invitation.objects.filter(email=user.email).delete()
