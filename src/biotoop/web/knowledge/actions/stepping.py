"""Take a product one step further."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.knowledge.actions import telling
from biotoop.web.knowledge.actions.publishing import bring_up_to_date, release
from biotoop.web.knowledge.enums import Act
from biotoop.web.knowledge.models import Product, ProductStep
from biotoop.web.knowledge.rules.completeness import missing
from biotoop.web.knowledge.rules.steps import STEPS, Step, is_next
from biotoop.web.shared.actions.finding import index
from biotoop.web.shared.actions.records import Refused, Stale, noted

PURPOSE = "knowledge"


def take_step(product: Product, act: Act, note: str, *, by: UUID | None, seen: int) -> Product:
    """Take a step; whether the person may is asked before.

    Raises
    ------
    Refused
        The product is not where this step begins, or something is missing for it.
    Stale
        Somebody changed the product in the meantime.
    """
    step = STEPS[act]
    with transaction.atomic():
        rows = Product.objects.select_for_update(of=("self",))
        there = rows.select_related("latest", "organisation", "programme", "version__theory").get(
            pk=product.pk
        )
        check(there, step, note, by)
        if there.edition != seen:
            raise Stale(there, {})
        was, there.state = there.state, step.now
        beside(there, step, note, by)
        there.edition += 1
        there.save()
        if step.act in (Act.PUBLISH, Act.WITHDRAW):
            bring_up_to_date(there)
            index(there)
        noted(there, f"product_{act.value}", by, PURPOSE)
        row = ProductStep.objects.create(
            product=there, act=act, was=was, now=step.now, note=note, by=by
        )
        telling.went_on(there, row)
    return there


def check(product: Product, step: Step, note: str, by: UUID | None) -> None:
    """Refuse a step that cannot be taken, and say why."""
    if not is_next(step, product):
        words = {"state": product.get_state_display()}
        raise Refused(_("This cannot be done now: the product is “%(state)s”.") % words)
    if step.by_another and product.offered_by == by:
        raise Refused(_("Somebody other than who offered it decides. Ask a colleague."))
    if step.says_why and not note.strip():
        raise Refused(_("Write down why, in one sentence or more."))
    if step.is_checked and (lacks := missing(product)):
        words = {"what": ", ".join(map(str, lacks))}
        raise Refused(_("This is still missing: %(what)s.") % words)


def beside(product: Product, step: Step, note: str, by: UUID | None) -> None:
    """Do what belongs to a step beside the new state."""
    if step.act == Act.OFFER:
        product.offered_by = by
    elif step.act == Act.PUBLISH:
        release(product, note, by=by)
    elif step.act == Act.WITHDRAW:
        product.withdrawn_at = now()
        product.withdrawn_because = note
        product.stamped_at = now().replace(microsecond=0)
