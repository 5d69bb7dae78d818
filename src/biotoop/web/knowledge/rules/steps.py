"""Which step of a product comes after which, and whose step it is."""

from collections.abc import Iterable
from uuid import UUID

import attrs
from django.utils.translation import gettext as _

from biotoop.web.knowledge.enums import Act, Who
from biotoop.web.knowledge.enums import ProductState as S
from biotoop.web.knowledge.models import Product
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, may

WRITABLE = frozenset({S.IDEA, S.DRAFT})


@attrs.frozen(kw_only=True)
class Step:
    """A step: from which states to which, by whom, and what it asks.

    With ``by_another`` it is not for who offered the product; ``is_checked`` asks that nothing is
    missing, ``says_why`` that a reason is given, ``needs_release`` that something was published.
    """

    act: Act
    was: frozenset[S]
    now: S
    who: Who
    by_another: bool = False
    is_checked: bool = False
    says_why: bool = False
    needs_release: bool = False


STEPS: dict[Act, Step] = {
    step.act: step
    for step in (
        Step(act=Act.START, was=frozenset({S.IDEA}), now=S.DRAFT, who=Who.MAKER),
        Step(
            act=Act.OFFER,
            was=frozenset({S.DRAFT}),
            now=S.REVIEW,
            who=Who.MAKER,
            is_checked=True,
        ),
        Step(
            act=Act.PUBLISH,
            was=frozenset({S.REVIEW}),
            now=S.PUBLISHED,
            who=Who.DECIDER,
            by_another=True,
            is_checked=True,
        ),
        Step(
            act=Act.RETURN,
            was=frozenset({S.REVIEW}),
            now=S.DRAFT,
            who=Who.DECIDER,
            by_another=True,
            says_why=True,
        ),
        Step(act=Act.TAKE_BACK, was=frozenset({S.REVIEW}), now=S.DRAFT, who=Who.MAKER),
        Step(act=Act.REVISE, was=frozenset({S.PUBLISHED}), now=S.DRAFT, who=Who.MAKER),
        Step(
            act=Act.WITHDRAW,
            was=frozenset({S.PUBLISHED, S.DRAFT, S.REVIEW}),
            now=S.WITHDRAWN,
            who=Who.DECIDER,
            says_why=True,
            needs_release=True,
        ),
    )
}


def parts(reader: Reader, product: Product) -> frozenset[Who]:
    """Tell which parts a reader has in a product."""
    verbs = {Who.MAKER: Verb.CHANGE, Who.DECIDER: Verb.DECIDE}
    return frozenset(who for who, verb in verbs.items() if may(reader, verb, product))


def is_next(step: Step, product: Product) -> bool:
    """Tell whether a product is where a step begins."""
    return product.state in step.was and (not step.needs_release or product.latest_id is not None)


def open_steps(reader: Reader, product: Product, who: Iterable[Who]) -> list[Step]:
    """List the steps that this reader may take now."""
    here = set(who)
    return [
        step
        for step in STEPS.values()
        if is_next(step, product)
        and step.who in here
        and not (step.by_another and product.offered_by == reader.user_id)
    ]


def writable(product: UUID) -> None:
    """Refuse to write in what somebody reads, or what was published; holds the row meanwhile."""
    state = Product.objects.select_for_update().values_list("state", flat=True).get(pk=product)
    if state not in WRITABLE:
        raise Refused(
            _("It cannot be changed now. Take it back from review, or make a new version, first.")
        )
