"""What clusters keep about a person, and what must be handed over before somebody goes."""

import re

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.accounts.actions.personal_data import NAMES, about, forgets, must_hand_over
from biotoop.web.accounts.models import User
from biotoop.web.clusters.enums import FOR_STUDENT
from biotoop.web.clusters.models import (
    Adoption,
    DatasetPart,
    Decision,
    Holder,
    Joining,
    OwnLine,
    Report,
    Seat,
    Yield,
)
from biotoop.web.organisations.models import Membership

Rows = list[dict[str, object]]
NAMES |= {
    "seat__cluster__name_nl": gettext_lazy("research cluster"),
    "cluster__name_nl": gettext_lazy("research cluster"),
    "line__title": gettext_lazy("own line"),
    "line__question": gettext_lazy("own question"),
    "address": gettext_lazy("where it can be read"),
    "evidence": gettext_lazy("what shows it"),
    "reason": gettext_lazy("why"),
    "on": gettext_lazy("on"),
    "enrolment": gettext_lazy("enrolment"),
    "text": gettext_lazy("what was decided"),
    "due_on": gettext_lazy("by"),
    "done_on": gettext_lazy("done on"),
}


@about("seats", gettext_lazy("Seats in research clusters"))
def seats(user: User) -> Rows:
    """Give on which seats a person is or was."""
    line = ("line__title", "line__question")
    fields = ("seat__cluster__name_nl", *line, "enrolment", "starts_on", "ends_on", "reason")
    return list(Holder.objects.filter(membership__user=user).order_by("starts_on").values(*fields))


@about("cluster_decisions", gettext_lazy("Decisions that you see to"))
def decisions(user: User) -> Rows:
    """Give the decisions of which a person is the owner."""
    fields = ("cluster__name_nl", "text", "due_on", "done_on")
    return list(Decision.objects.filter(owner__user=user).order_by("due_on").values(*fields))


@about("cluster_reports", gettext_lazy("What you told of your line"))
def reports(user: User) -> Rows:
    """Give how a person said that it goes, and what they published."""
    fields = ("title", "text", "address", "on")
    rows = Report.objects.filter(line__holder__membership__user=user)
    return list(rows.order_by("on").values(*fields))


@about("cluster_yields", gettext_lazy("What your seat brought you"))
def yields(user: User) -> Rows:
    """Give what a seat brought its student."""
    fields = ("seat__cluster__name_nl", "kind", "text", "evidence", "on")
    brought = Q(
        kind__in=FOR_STUDENT, seat__in=Holder.objects.filter(membership__user=user).values("seat")
    )
    rows = Yield.objects.filter(brought)
    return list(rows.order_by("on").values(*fields))


@about("cluster_sponsoring", gettext_lazy("Seats that you sponsor"))
def sponsoring(user: User) -> Rows:
    """Give the seats of which a person is the sponsor."""
    fields = ("cluster__name_nl", "organisation__name", "starts_on", "ends_on")
    return list(Seat.objects.filter(sponsor__user=user).order_by("starts_on").values(*fields))


@about("cluster_adoptions", gettext_lazy("Research clusters that you lead or led"))
def adoptions(user: User) -> Rows:
    """Give the clusters that a person adopted."""
    fields = ("cluster__name_nl", "starts_on", "ends_on", "reason")
    return list(Adoption.objects.filter(professor__user=user).order_by("starts_on").values(*fields))


@about("cluster_joinings", gettext_lazy("Research clusters in which you work along"))
def joinings(user: User) -> Rows:
    """Give where a person works along with a free theme."""
    fields = ("cluster__name_nl", "reason", "starts_on", "ends_on")
    rows = Joining.objects.filter(seat__holders__membership__user=user).distinct()
    return list(rows.order_by("starts_on").values(*fields))


@forgets
def let_go(user: User) -> None:
    """Take the name out of titles and signatures, and why somebody went out of what they held."""
    named = re.compile(rf"\b{re.escape(user.name)}\b", re.IGNORECASE)
    for line in OwnLine.objects.filter(holder__membership__user=user):
        if named.search(line.title):
            OwnLine.objects.filter(pk=line.pk).update(title="")
    homes = Membership.objects.filter(user=user).values("organisation")
    signed = DatasetPart.objects.filter(organisation__in=homes, signed_by__iexact=user.name)
    signed.update(signed_by="…")
    for held in Holder.objects.filter(membership__user=user):
        after = Holder.objects.filter(seat=held.seat_id, enrolment=held.enrolment + 1)
        (after | Holder.objects.filter(pk=held.pk)).update(reason="")
    for led in Adoption.objects.filter(professor__user=user):
        later = Adoption.objects.filter(cluster=led.cluster_id, starts_on__gte=led.starts_on)
        next_one = later.exclude(pk=led.pk).order_by("starts_on", "created_at").first()
        gone = [row.pk for row in (led, next_one) if row is not None]
        Adoption.objects.filter(pk__in=gone).update(reason="")


@must_hand_over
def clusters_led(user: User) -> list[str]:
    """Keep a cluster from losing its professor without another."""
    rows = Adoption.objects.filter(professor__user=user, ends_on=None, archived_at=None)
    live = rows.exclude(cluster__state__in=("finished", "stopped")).select_related("cluster")
    return [
        _("You lead the cluster %(name)s. First hand it over to another professor.")
        % {"name": row.cluster.name}
        for row in live
    ]
