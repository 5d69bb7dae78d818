"""Tell makers, who decides, and who owns a theory what happened to a product."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.knowledge.enums import Act
from biotoop.web.knowledge.models import Product, ProductStep
from biotoop.web.knowledge.queries import live_touches, owners_of_theories
from biotoop.web.organisations.rules import people_who
from biotoop.web.shared.enums import Kind, Verb

OFFERED = notice_kind("product_offered", _("Somebody asks you to read a product: %(title)s."))
RETURNED = notice_kind("product_returned", _("Your product came back with a remark: %(title)s."))
PUBLISHED = notice_kind("product_published", _("Your product is published: %(title)s."))
WITHDRAWN = notice_kind("product_withdrawn", _("Your product was withdrawn: %(title)s."))
TOUCHES = notice_kind(
    "product_touches", _("A published product says something about a step of yours: %(title)s.")
)
USED = notice_kind("product_used", _("Somebody tells how they used your product: %(title)s."))
FOR_MAKERS = {Act.RETURN: RETURNED, Act.PUBLISH: PUBLISHED, Act.WITHDRAW: WITHDRAWN}
DESK, PAGE = "knowledge:desk", "knowledge:product"


def makers_of(product: Product) -> set[UUID]:
    """Give who made it and who offered it."""
    return {one for one in (product.made_by, product.offered_by) if one is not None}


def deciders_of(product: Product) -> set[UUID]:
    """Give who may decide on a product today, by a role anywhere around it."""
    study = product.study
    around = {
        Kind.ORGANISATION: product.organisation_id,
        Kind.PROGRAMME: product.programme_id,
        Kind.PARTNERSHIP: product.partnership_id,
        Kind.STUDY: product.study_id,
        Kind.THEORY: study.theory_id if study else None,
    }
    return people_who(Product, Verb.DECIDE, around)


def went_on(product: Product, step: ProductStep) -> None:
    """Tell about a step."""
    words = {"title": product.title}
    if step.act == Act.OFFER:
        send(deciders_of(product) - {step.by}, OFFERED, DESK, product, words)
    if step.act in FOR_MAKERS:
        send(makers_of(product) - {step.by}, FOR_MAKERS[Act(step.act)], DESK, product, words)
    if step.act == Act.PUBLISH:
        theories = list(live_touches(product).values_list("theory", flat=True))
        owners = set(owners_of_theories(theories).values_list("user", flat=True))
        send(owners - {step.by}, TOUCHES, PAGE, product, words)


def was_used(product: Product, by: UUID) -> None:
    """Tell the makers that somebody used it."""
    send(makers_of(product) - {by}, USED, DESK, product, {"title": product.title})


def send(people: set[UUID], code: str, page: str, product: Product, words: dict[str, str]) -> None:
    """Tell people one thing about a product."""
    tell(people, code, url_name=page, object_id=product.pk, words=words)
