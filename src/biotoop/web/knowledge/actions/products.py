"""Make and change products and their parts; only what is being written can change."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.knowledge.actions.telling import was_used
from biotoop.web.knowledge.models import Author, Product, Source, Touch, UseReport
from biotoop.web.knowledge.rules.steps import writable
from biotoop.web.shared.actions.records import Refused, keep, put_away
from biotoop.web.shared.actions.records import change as change_record
from biotoop.web.shared.models.records import Record

PURPOSE = "knowledge"
Values = Mapping[str, Any]
Part = TypeVar("Part", bound=Record)


def make(values: Values, *, by: UUID) -> Product:
    """Make a product, with who makes it still to be named."""
    return keep(Product(**values, made_by=by), by=by, purpose=PURPOSE)


def change(product: Product, values: Values, *, edition: int, by: UUID) -> Product:
    """Change what a product says."""
    with transaction.atomic():
        writable(product.pk)
        return change_record(product, values, edition=edition, by=by, purpose=PURPOSE)


def add(product: Product, part: Author | Touch | Source, *, by: UUID) -> None:
    """Add a maker, a changed step, or what it builds on."""
    with transaction.atomic():
        writable(product.pk)
        part.product = product
        keep(part, by=by, purpose=PURPOSE)


def drop(product: Product, part: Author | Touch | Source, *, by: UUID) -> None:
    """Take a part away."""
    with transaction.atomic():
        writable(product.pk)
        put_away(part, by=by, purpose=PURPOSE)


def archive(product: Product, *, by: UUID) -> None:
    """Put away what was never published; what was published is withdrawn instead."""
    if product.latest_id is not None:
        raise Refused(_("This was published. Withdraw it instead, and say why."))
    put_away(product, by=by, purpose=PURPOSE)


def tell_use(product: Product, values: Values, *, by: UUID) -> UseReport:
    """Keep what somebody tells about how they used it, and tell the makers."""
    with transaction.atomic():
        told = keep(UseReport(product=product, user_id=by, **values), by=by, purpose=PURPOSE)
        was_used(product, by)
    return told


def take_back_use(told: UseReport, *, by: UUID) -> None:
    """Let nobody read a report of use any more: who told it took it back, words and all."""
    with transaction.atomic():
        gone = {"who": "…", "used_for": "…", "changed": "", "is_shown": False}
        row = change_record(told, gone, edition=told.edition, by=by, purpose=PURPOSE)
        put_away(row, by=by, purpose=PURPOSE)


def show_use(told: UseReport, *, is_shown: bool, by: UUID) -> None:
    """Let anybody read a report of use, or not any more."""
    change_record(told, {"is_shown": is_shown}, edition=told.edition, by=by, purpose=PURPOSE)
