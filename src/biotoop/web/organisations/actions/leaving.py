"""Leave an organisation, and hand work over to who stays."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.organisations.actions.roles import PEOPLE, give, keep_an_administrator
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.days import site_day

# Higher apps say here what work of theirs goes from one member to another; they give how much.
# The last is who hands over: the roles that go along were given by nobody else.
HandOver = Callable[[Membership, Membership, UUID], int]
WORK: list[HandOver] = []
Held = tuple[str, str, UUID | None]
# Who holds one of these judges apart from who does research in the same place.
APART = frozenset({Role.SECOND_CODER, Role.SECOND_ASSESSOR})
RESEARCHES = Role.LAB_RESEARCHER
TAKEN_OVER = notice_kind("work_taken_over", gettext_lazy("You take over the work of %(name)s."))


def hands_over(move: HandOver) -> HandOver:
    """Say how work of an app goes from who leaves to who stays."""
    WORK.append(move)
    return move


def leave(
    membership: Membership,
    *,
    last_day: date,
    by: UUID,
    successor: Membership | None = None,
    roles: Collection[UUID] = (),
    duties: Mapping[UUID, Membership | None] | None = None,
) -> None:
    """End a membership, its roles with it; what is handed over goes to the successor now.

    ``duties`` says of each role that judges apart who takes it over, or that nobody does: such a
    role never goes along by itself.
    """
    with transaction.atomic():
        check(membership, last_day, successor)
        held = list(live_grants().filter(membership=membership))
        judging = [grant for grant in held if grant.role in APART]
        if successor is not None:
            chosen = [g for g in held if g.pk in roles and g not in judging]
            hand_over(membership, successor, chosen, by=by)
        hand_over_duties(membership, judging, duties or {}, by=by)
        keep_an_administrator(held)
        Membership.objects.filter(pk=membership.pk).update(
            ends_on=last_day, edition=membership.edition + 1
        )
        noted(membership, "ended", by, PEOPLE)


def hand_over_duties(
    leaver: Membership,
    judging: Iterable[RoleGrant],
    duties: Mapping[UUID, Membership | None],
    *,
    by: UUID,
) -> None:
    """Give every role that judges apart to who was named for it; one that nobody decided stops."""
    for grant in judging:
        if grant.pk not in duties:
            raise Refused(
                _("Choose who takes over the role “%(role)s”, or that it ends.")
                % {"role": grant.get_role_display()}
            )
        heir = duties[grant.pk]
        if heir is not None:
            check_heir(leaver, heir)
            give_on([grant], heir, by=by)


def check(membership: Membership, last_day: date, successor: Membership | None) -> None:
    """Refuse what cannot be."""
    if last_day < membership.starts_on:
        raise Refused(_("The last day lies before the first day of this membership."))
    if last_day < site_day() - timedelta(days=1):
        raise Refused(_("The last day has passed. Choose yesterday or later."))
    if successor is not None:
        check_heir(membership, successor)


def check_heir(leaver: Membership, heir: Membership) -> None:
    """Refuse somebody who is not a colleague."""
    if heir.pk == leaver.pk or heir.organisation_id != leaver.organisation_id:
        raise Refused(_("Choose somebody else of this organisation to take over."))


def hand_over(
    leaver: Membership, successor: Membership, roles: list[RoleGrant], *, by: UUID
) -> None:
    """Give the successor the roles that they do not have yet, and the work of every app."""
    give_on(roles, successor, by=by)
    for move in WORK:
        move(leaver, successor, by)
    noted(successor, "took_over", by, PEOPLE)
    tell([successor.user_id], TAKEN_OVER, url_name="organisations:member",
         object_id=successor.pk, words={"name": leaver.user.name})  # fmt: skip


def give_on(grants: Iterable[RoleGrant], successor: Membership, *, by: UUID) -> int:
    """Give roles to who stays, without what they have already.

    Raises
    ------
    Refused
        The successor would judge their own research.
    """
    has = {place_of(grant) for grant in live_grants().filter(membership=successor)}
    given = 0
    for grant in grants:
        if place_of(grant) in has:
            continue
        if not stays_apart(grant, successor, has):
            raise Refused(clash_words(grant, successor))
        where = Where(Kind(grant.kind), grant.scope_id)
        give(successor, Role(grant.role), where, by=by, ends_on=grant.ends_on)
        has.add(place_of(grant))
        given += 1
    return given


def stays_apart(grant: RoleGrant, successor: Membership, has: Collection[Held]) -> bool:
    """Tell whether the successor can take a role without judging their own research."""
    here = (grant.kind, grant.scope_id)
    if grant.role in APART:
        around = {here, (Kind.ORGANISATION, successor.organisation_id)}
        return not any((RESEARCHES, *place) in has for place in around)
    return grant.role != RESEARCHES or not any((role, *here) in has for role in APART)


def place_of(grant: RoleGrant) -> Held:
    """Give which role is held where."""
    return grant.role, grant.kind, grant.scope_id


def clash_words(grant: RoleGrant, successor: Membership) -> str:
    """Say why somebody cannot take over a role."""
    words = {"name": successor.user, "role": grant.get_role_display()}
    if grant.role in APART:
        return _(
            "%(name)s does the research there, and cannot judge it as “%(role)s” too. Choose"
            " somebody else for it, or let it end."
        ) % words  # fmt: skip
    return _(
        "%(name)s judges the research there as a second, and cannot take over the role “%(role)s”."
        " Choose somebody else for it, or end that other role of %(name)s first."
    ) % words  # fmt: skip


def hand_over_places(leaver: Membership, successor: Membership, kind: Kind, by: UUID) -> int:
    """Give the successor the roles in places of a kind where nobody else has a role.

    Roles that judge apart are asked for one by one, when somebody leaves.
    """
    mine = live_grants().filter(membership=leaver, kind=kind).exclude(role__in=APART)
    others = live_grants().exclude(user=leaver.user_id).filter(kind=kind)
    return give_on(mine.exclude(scope_id__in=others.values("scope_id")), successor, by=by)


def come_back(membership: Membership, *, by: UUID) -> None:
    """Undo that a membership was ended; its roles hold again as they did."""
    with transaction.atomic():
        others = Membership.objects.filter(
            user=membership.user_id, organisation=membership.organisation_id, ends_on=None
        )
        if others.exclude(pk=membership.pk).exists():
            raise Refused(_("This person belongs to the organisation again already."))
        Membership.objects.filter(pk=membership.pk).update(
            ends_on=None, edition=membership.edition + 1
        )
        noted(membership, "put_back", by, PEOPLE)
