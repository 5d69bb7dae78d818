"""Gather data together: parts under one arrangement, opened for one line at a time."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import LIVE, SeatState
from biotoop.web.clusters.models import Dataset, DatasetAccess, DatasetPart
from biotoop.web.shared.actions.records import Refused, keep, put_back


@transaction.atomic
def arrange(dataset: Dataset, said: Said) -> Dataset:
    """Tie a study to a cluster as its dataset, under an arrangement of joint controllers."""
    sitting = dataset.cluster.seats.filter(state__in=LIVE, archived_at=None)
    around = {dataset.cluster.organisation_id, *sitting.values_list("organisation", flat=True)}
    if dataset.study.organisation_id not in around:
        raise Refused(_("The study is of an organisation that takes no part in this cluster."))
    return keep(dataset, by=said.by)


@transaction.atomic
def tie_again(dataset: Dataset, *, by: UUID) -> None:
    """Tie a study again that was untied, unless it was tied elsewhere meanwhile."""
    others = Dataset.objects.filter(study=dataset.study_id, archived_at=None)
    if others.exclude(pk=dataset.pk).exists():
        raise Refused(_("This study is the dataset of another cluster now. First untie it there."))
    put_back(dataset, by=by)


@transaction.atomic
def bring_in(part: DatasetPart, said: Said) -> DatasetPart:
    """Let an organisation bring in its part, as the controller of it."""
    cluster = part.dataset.cluster
    seats = cluster.seats.filter(organisation=part.organisation, state__in=LIVE, archived_at=None)
    if not seats.exists() and cluster.organisation_id != part.organisation_id:
        raise Refused(_("Only an organisation with a seat in this cluster brings in a part."))
    refuse_outside(part.starts_on, part.ends_on, part.dataset)
    return keep(part, by=said.by)


@transaction.atomic
def open_for(access: DatasetAccess, said: Said) -> DatasetAccess:
    """Open a part for one line; that line belongs to somebody on a seat of the cluster."""
    cluster, seat = access.part.dataset.cluster, access.line.holder.seat
    joined = cluster.joinings.filter(seat=seat, ends_on=None, archived_at=None).exists()
    if seat.cluster_id != cluster.pk and not joined:
        raise Refused(_("This line belongs to another cluster."))
    if seat.state != SeatState.TAKEN or access.line.holder.ends_on is not None:
        raise Refused(_("Only who is on a seat now gets access."))
    refuse_outside(access.starts_on, access.ends_on, access.part)
    return keep(access, by=said.by)


def refuse_outside(first: date, last: date | None, whole: Dataset | DatasetPart) -> None:
    """Refuse what begins before, or lasts longer than, what it falls under."""
    is_later = whole.ends_on is not None and (last is None or last > whole.ends_on)
    if first < whole.starts_on or is_later:
        raise Refused(_("The dates lie outside those of what was agreed above it."))
