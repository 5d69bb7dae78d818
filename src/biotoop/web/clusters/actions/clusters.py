"""Make a cluster, take it through its life, and let a professor adopt it."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.places import enter, leave
from biotoop.web.clusters.actions.steps import (
    Said,
    fresh,
    moved,
    refuse_unless_possible,
    write_step,
)
from biotoop.web.clusters.actions.telling import ADOPTED, about_cluster
from biotoop.web.clusters.enums import SOLD, ClusterState, SeatState, ThemeKind
from biotoop.web.clusters.models import Adoption, Cluster
from biotoop.web.clusters.models.clusters import LEAST_ORGANISATIONS
from biotoop.web.clusters.queries import current_adoption, sold_in
from biotoop.web.clusters.rules import Transition
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import live_grants
from biotoop.web.shared.actions.records import Refused, keep, noted
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models.days import site_day

PAID = (SeatState.CONFIRMED, SeatState.TAKEN)


@transaction.atomic
def begin(cluster: Cluster, said: Said) -> Cluster:
    """Make a cluster, and write its first step."""
    if cluster.theme.organisation_id != cluster.organisation_id:
        raise Refused(_("This theme is offered by another organisation. Choose one of your own."))
    made = keep(cluster, by=said.by)
    write_step(made, "", said)
    return made


@transaction.atomic
def take_step(cluster: Cluster, step: Transition, said: Said) -> Cluster:
    """Take a cluster one step on, if nothing is missing."""
    there = fresh(Cluster.objects.select_related("theme"), cluster)
    refuse_unless_possible(there, step, said)
    if reasons := list(missing_for(there, step)):
        raise Refused(" ".join(reasons))
    return moved(there, step, said)


def missing_for(cluster: Cluster, step: Transition) -> Iterable[str]:
    """Say what a cluster needs before a step."""
    states = list(cluster.seats.filter(archived_at=None).values_list("organisation", "state"))
    if step.target == ClusterState.RUNNING:
        if current_adoption(cluster) is None:
            yield _("No professor has adopted this cluster yet.")
        buyers = {organisation for organisation, state in states if state in PAID}
        if cluster.theme.kind != ThemeKind.FREE and len(buyers) < LEAST_ORGANISATIONS:
            yield _("At least two organisations need a paid seat; now it is %(number)s.") % {
                "number": len(buyers)
            }
    held = sum(state in SOLD and state != SeatState.FINISHED for _who, state in states)
    if step.target in (ClusterState.FINISHED, ClusterState.STOPPED) and held:
        yield _("%(number)s seats are still promised, paid or taken. Finish them first.") % {
            "number": held
        }


def refuse_too_small(cluster: Cluster, capacity: int) -> None:
    """Refuse fewer seats than were sold."""
    sold = sold_in(cluster)
    if capacity < sold:
        raise Refused(
            _("%(number)s seats were promised already. Choose at least that many.")
            % {"number": sold}
        )


@transaction.atomic
def adopt(cluster: Cluster, professor: Membership, said: Said) -> Adoption:
    """Let a professor lead a cluster; who led it hands it over, with the reason."""
    there = fresh(Cluster.objects.all(), cluster)
    if there.state in (ClusterState.FINISHED, ClusterState.STOPPED):
        raise Refused(_("This cluster is over; nobody leads it any more."))
    if not is_professor(professor):
        raise Refused(
            _("%(name)s is no supervisor or professor in an organisation now.")
            % {"name": professor.user.name}
        )
    before = current_adoption(there)
    if before is not None:
        hand_over(before, professor, said)
    starts = said.on if before is None else max(said.on, before.starts_on)
    row = Adoption(cluster=there, professor=professor, starts_on=starts, reason=said.reason.strip())
    made = keep(row, by=said.by)
    enter(professor, Role.SUPERVISOR, there, by=said.by)
    about_cluster(there, ADOPTED, [professor.user_id], by=said.by)
    return made


def hand_over(before: Adoption, professor: Membership, said: Said) -> None:
    """End what the former professor led."""
    if before.professor.user_id == professor.user_id:
        raise Refused(_("This professor leads the cluster already."))
    if not said.reason.strip():
        raise Refused(_("Say why the cluster is handed over. The reason is kept."))
    before.ends_on = max(before.starts_on, said.on - timedelta(days=1))
    before.edition += 1
    before.save()
    noted(before, "handed_over", said.by)
    leave(before.professor, Role.SUPERVISOR, before.cluster, by=said.by)


def is_professor(membership: Membership) -> bool:
    """Tell whether a member supervises somewhere today."""
    day = site_day()
    held = live_grants(day).filter(membership=membership, role=Role.SUPERVISOR)
    return held.exists()
