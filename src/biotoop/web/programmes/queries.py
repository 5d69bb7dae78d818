"""What the tables of programmes are asked."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from biotoop.web.organisations.queries import holds_on
from biotoop.web.programmes.models import Agreement, Partner
from biotoop.web.shared.models.days import site_day

Ids = QuerySet[Partner, Any]


def live_partners(day: date | None = None) -> QuerySet[Partner]:
    """List who takes part in research programmes whose agreement holds on a day."""
    day = day or site_day()
    agreed = Agreement.objects.filter(holds_on(day), partnership__archived_at=None)
    return Partner.objects.filter(holds_on(day), partnership__in=agreed.values("partnership"))


def partnerships_of(organisations: Collection[UUID]) -> Ids:
    """List the research programmes in which these organisations take part now."""
    return live_partners().filter(organisation__in=organisations).values("partnership")


def partners_of(organisations: Collection[UUID]) -> Ids:
    """List the organisations that these work with now, themselves included."""
    together = live_partners().filter(partnership__in=partnerships_of(organisations))
    return together.values("organisation")


def partners_in(partnerships: Collection[UUID]) -> Ids:
    """List the organisations that take part in these research programmes now."""
    return live_partners().filter(partnership__in=partnerships).values("organisation")
