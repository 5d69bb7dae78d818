"""Make a programme."""

from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions.records import keep

LONGEST = 50


def make_programme(values: Mapping[str, Any], *, by: UUID) -> Programme:
    """Make a programme, with a short name in addresses that is its own."""
    return keep(Programme(slug=free_slug(values), **values), by=by)


def free_slug(values: Mapping[str, Any]) -> str:
    """Find a short name that no other programme of the organisation has."""
    stem = slugify(values["name_nl"])[:LONGEST] or "programma"
    rows = Programme.objects.filter(organisation=values["organisation"], slug__startswith=stem)
    taken = set(rows.values_list("slug", flat=True))
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in tries if slug not in taken)
