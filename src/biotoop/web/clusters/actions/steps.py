"""Take a step in a life: write down who did it, in which role, when and why."""

from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biotoop.web.clusters.models import Cluster, LifeStep, Proposal, Seat
from biotoop.web.clusters.rules import Transition
from biotoop.web.shared.actions.records import Refused, check, noted
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.models.records import Record

Living = TypeVar("Living", Cluster, Seat, Proposal)


@attrs.frozen(kw_only=True)
class Said:
    """Who takes a step, in which role, from which day, and why."""

    by: UUID
    role: str = ""
    on: date = attrs.field(factory=site_day)
    reason: str = ""


def fresh(rows: QuerySet[Living], row: Living) -> Living:
    """Read a row as it is now, and keep others from changing it meanwhile."""
    return rows.select_for_update(of=("self",)).get(pk=row.pk)


def refuse_unless_possible(row: Record, step: Transition, said: Said) -> None:
    """Refuse a step that does not fit where the row stands, or that lacks its reason."""
    if getattr(row, "state", "") not in step.sources:
        raise Refused(
            _("“%(step)s” does not fit where this stands now. Look at the page again.")
            % {"step": step.words}
        )
    if step.asks_reason and not said.reason.strip():
        raise Refused(_("Say why. The reason is kept with the step."))
    if said.on > site_day():
        raise Refused(_("A step is written down on the day itself or later, not beforehand."))


def moved(row: Living, step: Transition, said: Said) -> Living:
    """Write the new state, the step and the entry in the audit trail."""
    was, row.state = row.state, step.target
    row.edition += 1
    check(row)
    row.save()
    write_step(row, was, said)
    noted(row, f"step_{step.name}", said.by)
    return row


def write_step(row: Living, was: str, said: Said) -> None:
    """Keep one step of a life."""
    LifeStep.objects.create(
        **{row._meta.model_name or "": row},
        was=was,
        now=row.state,
        role=said.role,
        by=said.by,
        on=said.on,
        reason=said.reason.strip(),
    )
