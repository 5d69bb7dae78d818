"""Mark off an own line, tell how it goes, and work along in a cluster."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.places import enter, leave
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.actions.telling import WORK_OUT, about_cluster
from biotoop.web.clusters.enums import ClusterState, ReportKind, SeatState, ThemeKind, YieldKind
from biotoop.web.clusters.models import Aspect, Cluster, Joining, OwnLine, Report, Seat, Yield
from biotoop.web.clusters.queries import current_holder, people_of
from biotoop.web.shared.actions.records import Refused, change, keep, noted
from biotoop.web.shared.enums import Role

UNDER_WAY = (SeatState.TAKEN, SeatState.FINISHED)


@transaction.atomic
def draw(line: OwnLine, values: Mapping[str, Any], *, edition: int, said: Said) -> OwnLine:
    """Write what a line is about and which parts of the question it covers."""
    refuse_ended(line)
    rest = dict(values)
    aspects: list[Aspect] = list(rest.pop("aspects", ()))
    cluster = line.holder.seat.cluster
    around = {cluster.pk, *line.holder.seat.joinings.values_list("cluster", flat=True)}
    if any(aspect.cluster_id not in around for aspect in aspects):
        raise Refused(_("A line covers parts of the question of its own cluster only."))
    done = change(line, rest, edition=edition, by=said.by)
    if set(done.aspects.values_list("pk", flat=True)) != {aspect.pk for aspect in aspects}:
        done.aspects.set(aspects)
        noted(done, "marked_off", said.by)
    return done


def refuse_ended(line: OwnLine) -> None:
    """Refuse to change the line of who left the seat."""
    if line.holder.ends_on is not None:
        raise Refused(_("This line belongs to who left the seat; it stays as it was."))


@transaction.atomic
def report(row: Report, said: Said) -> Report:
    """Keep what a participant tells; a work that came out is told to the whole community."""
    refuse_ended(row.line)
    made = keep(row, by=said.by)
    if made.kind == ReportKind.PUBLICATION:
        cluster = made.line.holder.seat.cluster
        about_cluster(cluster, WORK_OUT, people_of(cluster), by=said.by)
    return made


@transaction.atomic
def note_yield(row: Yield, said: Said) -> Yield:
    """Keep what a seat brought, with what shows it."""
    if row.seat.state not in UNDER_WAY:
        raise Refused(_("A seat yields something once an employee has begun."))
    if YieldKind(row.kind) == YieldKind.DEGREE and row.seat.state != SeatState.FINISHED:
        raise Refused(_("The degree comes when the seat is finished."))
    return keep(row, by=said.by)


@transaction.atomic
def join(seat: Seat, cluster: Cluster, said: Said) -> Joining:
    """Let who has a free theme work along in a cluster that is under way; it takes no seat."""
    if seat.cluster.theme.kind != ThemeKind.FREE:
        raise Refused(_("Only who has a free theme works along in another cluster."))
    if seat.state != SeatState.TAKEN:
        raise Refused(_("You work along once your own seat is taken."))
    if cluster.pk == seat.cluster_id or cluster.state != ClusterState.RUNNING:
        raise Refused(_("Choose another cluster, one that is under way."))
    if seat.joinings.filter(ends_on=None, archived_at=None).exists():
        raise Refused(_("You work along in a cluster already. End that first."))
    starts = max(said.on, seat.starts_on or said.on)
    row = Joining(seat=seat, cluster=cluster, starts_on=starts, reason=said.reason.strip())
    made = keep(row, by=said.by)
    holder = current_holder(seat)
    if holder is not None:
        enter(holder.membership, Role.STUDENT, cluster, by=said.by, ends_on=seat.ends_on)
    return made


@transaction.atomic
def part_ways(joining: Joining, said: Said) -> None:
    """End that somebody works along."""
    if joining.ends_on is not None:
        raise Refused(_("This has ended already."))
    joining.ends_on = max(joining.starts_on, said.on)
    joining.edition += 1
    joining.save()
    noted(joining, "ended", said.by)
    holder = current_holder(joining.seat)
    if holder is not None:
        leave(holder.membership, Role.STUDENT, joining.cluster, by=said.by)
