"""The uncertain inputs of a valuation, in document order, each with what it enters."""

from collections.abc import Iterator, Mapping

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.discounting import index_factor
from biotoop.engine.valuation.distributions import (
    Distribution,
    Support,
    distribution_of,
    distribution_of_estimate,
)
from biotoop.engine.valuation.model import (
    APART,
    Cost,
    Direction,
    FromEstimate,
    Item,
    Valuation,
)
from biotoop.engine.valuation.ranges import Range, Shape

SUBTRACTED = ("deadweight", "attribution_others", "displacement")
DROP_OFF = "drop_off"


@attrs.frozen(kw_only=True)
class Input:
    """One number that enters the result.

    Attributes
    ----------
    id
        ``<post>.<field>``, or ``estimate.<plan>`` when several items may share it.
    label
        Label of the post; empty for an estimate.
    kind
        The field, such as ``price``; decides how the number enters.
    posts, links
        Where it enters, and which links it hangs on.
    hope
        1 when more of it means more value and it shares the factor of the programme, -1 when
        less of it does, 0 when it stands alone.
    """

    id: str
    label: Text
    kind: str
    posts: tuple[str, ...]
    links: tuple[str, ...]
    distribution: Distribution
    hope: int
    source: Text | None


@attrs.frozen(kw_only=True)
class Term:
    """How an input enters the first-year value of a post: as x, or as 1 - x."""

    input: str
    subtracted: bool


@attrs.frozen(kw_only=True)
class Post:
    """One item or cost, ready to be computed.

    First-year value = ``factor`` x the product of its terms; year k: x (1 - drop-off)^(k - 1).

    Attributes
    ----------
    first
        Number of the first year; 1 is the base year.
    factor
        All that is certain: index, sign of the estimate, certain inputs.
    drop_off
        Id of the uncertain drop-off, or None.
    keep
        Share kept each year when the drop-off is certain.
    """

    id: str
    label: Text
    direction: Direction
    programme: bool
    payers: tuple[tuple[str, float], ...]
    beneficiary: str
    via: tuple[str, ...]
    counted: bool
    cash: bool
    illustrative: bool
    first: int
    years: int
    factor: float
    terms: tuple[Term, ...]
    drop_off: str | None = None
    keep: float = 1.0


@attrs.frozen(kw_only=True)
class Model:
    """Posts and the inputs that they rest on."""

    posts: tuple[Post, ...]
    inputs: tuple[Input, ...]

    @property
    def columns(self) -> Mapping[str, int]:
        """Column of each input in a table of draws."""
        return {item.id: column for column, item in enumerate(self.inputs)}


def payers_of(post: Item | Cost) -> tuple[tuple[str, float], ...]:
    """Give who carries a post, with shares."""
    if isinstance(post.payer, str):
        return ((post.payer, 1.0),)
    return tuple(post.payer.items())


def illustrative(post: Item | Cost) -> bool:
    """Tell whether a post is an order of magnitude only: marked so, or without a source."""
    source = post.price.source if isinstance(post, Item) else post.source
    return post.illustrative or source is None


def compile_model(valuation: Valuation, estimates: Mapping[str, Estimate]) -> Model:
    """Turn a checked document into posts and inputs.

    Parameters
    ----------
    valuation
        The document; it has passed the checks.
    estimates
        Effect estimate of each plan that a quantity names.
    """
    drawn: dict[str, Input] = {}
    posts = [_post_of_item(item, valuation, estimates, drawn) for item in valuation.items]
    posts += [_post_of_cost(cost, valuation, drawn) for cost in valuation.costs]
    return Model(posts=tuple(posts), inputs=tuple(drawn.values()))


def _hope(item: Item, kind: str, valuation: Valuation) -> int:
    """Tell whether an input shares the factor of the programme; see docs, valuation."""
    shared = valuation.shared_factor
    if not shared.on or item.direction in (Direction.COST, Direction.EFFORT):
        return 0
    if kind in ("price", "realisation", "estimate"):
        return int(kind == "price" and shared.prices)
    return -1 if kind in (*SUBTRACTED, DROP_OFF) else 1


def _ranges_of(item: Item) -> Iterator[tuple[str, Range, Support]]:
    """Every range of an item but an estimate's own uncertainty."""
    quantity = item.quantity
    if isinstance(quantity, FromEstimate):
        yield "people", quantity.people, Support.AMOUNT
        if quantity.units_per_effect is not None:
            yield "units_per_effect", quantity.units_per_effect, Support.ANY
    else:
        yield "quantity", quantity, quantity_support(quantity)
    yield "price", item.price.amount, Support.AMOUNT
    if item.price.realisation is not None:
        yield "realisation", item.price.realisation, Support.SHARE
    for kind in ("deadweight", "attribution_own", "attribution_others", "displacement"):
        given = getattr(item, kind)
        if isinstance(given, Range):
            yield kind, given, Support.SHARE
    if item.drop_off is not None and item.years > 1:
        yield DROP_OFF, item.drop_off, Support.SHARE


def quantity_support(given: Range) -> Support:
    """Keep a quantity from falling below nil where its range does not; else let it run free."""
    lowest = [x for x in (given.low, given.least, given.value) if x is not None]
    free = given.distribution is Shape.NORMAL or any(x < 0 for x in lowest)
    return Support.ANY if free else Support.AMOUNT


def _post_of_item(
    item: Item, valuation: Valuation, estimates: Mapping[str, Estimate], drawn: dict[str, Input]
) -> Post:
    series = {index.name: index for index in valuation.indices}
    price = item.price
    factor = index_factor(series.get(price.index or ""), price.price_year, valuation.price_year)
    terms: list[Term] = []
    if isinstance(item.quantity, FromEstimate):
        factor *= -1.0 if item.quantity.lower_is_better else 1.0
        terms.append(_estimate(item, item.quantity, estimates, drawn))
    drop_off, keep = None, 1.0
    for kind, given, support in _ranges_of(item):
        made = _input(item, kind, given, support, _hope(item, kind, valuation))
        certain = made.distribution.certain
        if kind == DROP_OFF:
            drop_off, keep = (made.id, 1.0) if certain is None else (None, 1.0 - certain)
        elif certain is not None:
            factor *= 1.0 - certain if kind in SUBTRACTED else certain
        else:
            terms.append(Term(input=made.id, subtracted=kind in SUBTRACTED))
        if certain is None:
            drawn[made.id] = made
    return Post(
        id=item.id, label=item.label, direction=item.direction, programme=False,
        payers=payers_of(item), beneficiary=_beneficiary(item), via=item.via,
        counted=item.counted, cash=_cash(item), illustrative=illustrative(item),
        first=_first(item, valuation), years=item.years, factor=factor, terms=tuple(terms),
        drop_off=drop_off, keep=keep,
    )  # fmt: skip


def _cash(item: Item) -> bool:
    money = item.direction not in APART and not item.in_kind
    return money and (item.cashable or item.direction is Direction.TRANSFER)


def _beneficiary(item: Item) -> str:
    if item.beneficiary is not None:
        return item.beneficiary
    payers = payers_of(item)
    return payers[0][0] if len(payers) == 1 else ""


def _first(post: Item | Cost, valuation: Valuation) -> int:
    start = valuation.base_year if post.start_year is None else post.start_year
    return start - valuation.base_year + 1


def _input(post: Item | Cost, kind: str, given: Range, support: Support, hope: int) -> Input:
    source = given.source
    if source is None and isinstance(post, Item) and kind == "price":
        source = post.price.source
    if source is None and isinstance(post, Cost):
        source = post.source
    return Input(
        id=f"{post.id}.{kind}", label=post.label, kind=kind, posts=(post.id,),
        links=post.via if given.via is None else given.via,
        distribution=distribution_of(given, support), hope=hope, source=source,
    )  # fmt: skip


def _estimate(
    item: Item, quantity: FromEstimate, estimates: Mapping[str, Estimate], drawn: dict[str, Input]
) -> Term:
    """Draw an estimate once, also when several items rest on it."""
    name = f"estimate.{quantity.estimate}"
    before = drawn.get(name)
    posts = (item.id,) if before is None else (*before.posts, item.id)
    links = item.via if before is None else tuple(dict.fromkeys((*before.links, *item.via)))
    drawn[name] = Input(
        id=name, label=Text.of(quantity.estimate), kind="estimate", posts=posts, links=links,
        distribution=distribution_of_estimate(estimates[quantity.estimate]), hope=0, source=None,
    )  # fmt: skip
    return Term(input=name, subtracted=False)


def _post_of_cost(cost: Cost, valuation: Valuation, drawn: dict[str, Input]) -> Post:
    series = {index.name: index for index in valuation.indices}
    factor = index_factor(series.get(cost.index or ""), cost.price_year, valuation.price_year)
    terms: list[Term] = []
    for kind, given in (("amount", cost.amount), ("unit_price", cost.unit_price)):
        if given is None:
            continue
        made = _input(cost, kind, given, Support.AMOUNT, 0)
        if made.distribution.certain is not None:
            factor *= made.distribution.certain
            continue
        drawn[made.id] = made
        terms.append(Term(input=made.id, subtracted=False))
    return Post(
        id=cost.id, label=cost.label, direction=Direction.COST, programme=True,
        payers=payers_of(cost), beneficiary="", via=cost.via, counted=True,
        cash=not cost.in_kind, illustrative=illustrative(cost), first=_first(cost, valuation),
        years=cost.years, factor=factor, terms=tuple(terms),
    )  # fmt: skip
