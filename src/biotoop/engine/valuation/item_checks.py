"""What is wrong, or missing, in one item or cost."""

from collections.abc import Iterator, Mapping

import attrs

from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.valuation.distributions import Support
from biotoop.engine.valuation.inputs import quantity_support
from biotoop.engine.valuation.model import (
    APART,
    IN_ESTIMATE,
    Cost,
    Direction,
    FromEstimate,
    Item,
    PriceKind,
    Valuation,
)
from biotoop.engine.valuation.range_checks import check_range
from biotoop.engine.valuation.ranges import Range

Where = tuple[str | int, ...]
_OLD_PRICE = 5
_SUM_TOLERANCE = 1e-9


@attrs.frozen(kw_only=True)
class Known:
    """Names that an item may use.

    Attributes
    ----------
    parties
        Codes of the parties.
    links, nodes
        Codes in the theory.
    plans
        Ids of the analysis plans.
    compared
        Those of them that have a comparison.
    series
        Years of each index series.
    """

    parties: tuple[str, ...]
    links: tuple[str, ...]
    nodes: tuple[str, ...]
    plans: tuple[str, ...]
    compared: tuple[str, ...]
    series: Mapping[str, tuple[str, ...]]


def check_item(item: Item, valuation: Valuation, known: Known, where: Where) -> Iterator[Problem]:
    """Give every fault of one item."""
    yield from _payers(item, known, where)
    yield from _links(item.via, known, (*where, "via"))
    if item.node is not None and item.node not in known.nodes:
        yield problem("valuation.unknown_node", *where, "node", name=item.node, allowed=known.nodes)
    yield from _quantity(item, known, where)
    yield from _price(item, valuation, known, where)
    yield from _attribution(item, where)
    yield from _measured(item, known, where)
    yield from _corrections(item, where)
    yield from _time(item, valuation, where)
    yield from _totals(item, where)


def check_cost(cost: Cost, valuation: Valuation, known: Known, where: Where) -> Iterator[Problem]:
    """Give every fault of one cost."""
    yield from _payers(cost, known, where)
    yield from _links(cost.via, known, (*where, "via"))
    yield from _range(cost.amount, Support.AMOUNT, known, (*where, "amount"))
    if cost.unit_price is not None:
        yield from _range(cost.unit_price, Support.AMOUNT, known, (*where, "unit_price"))
    yield from _price_year(cost.price_year, cost.index, valuation, known, where)
    yield from _time(cost, valuation, where)
    if cost.source is None or cost.illustrative:
        yield warning("valuation.illustrative", *where, "source", post=cost.id)


def _payers(post: Item | Cost, known: Known, where: Where) -> Iterator[Problem]:
    shares = {post.payer: 1.0} if isinstance(post.payer, str) else dict(post.payer)
    named = [("payer", code) for code in shares]
    if isinstance(post, Item) and post.beneficiary is not None:
        named.append(("beneficiary", post.beneficiary))
    for key, code in named:
        if code not in known.parties:
            yield problem("valuation.unknown_party", *where, key, name=code, allowed=known.parties)
    if abs(sum(shares.values()) - 1) > _SUM_TOLERANCE:
        yield problem("valuation.shares", *where, "payer", sum=sum(shares.values()))
    for code, share in shares.items():
        if not 0 < share <= 1:
            yield problem("valuation.share_of_payer", *where, "payer", code, name=code, value=share)


def _links(via: tuple[str, ...], known: Known, where: Where) -> Iterator[Problem]:
    for place, code in enumerate(via):
        if code not in known.links:
            yield problem(
                "valuation.unknown_link", *where, place, name=code, allowed=known.links or ("-",)
            )


def _range(given: Range, support: Support, known: Known, where: Where) -> Iterator[Problem]:
    yield from check_range(given, support, where)
    yield from _links(given.via or (), known, (*where, "via"))


def _quantity(item: Item, known: Known, where: Where) -> Iterator[Problem]:
    given, where = item.quantity, (*where, "quantity")
    if isinstance(given, Range):
        yield from _range(given, quantity_support(given), known, where)
        return
    if given.estimate not in known.plans:
        yield problem(
            "valuation.unknown_plan", *where, "estimate",
            name=given.estimate, allowed=known.plans or ("-",),
        )  # fmt: skip
    yield from _range(given.people, Support.AMOUNT, known, (*where, "people"))
    if given.units_per_effect is not None:
        place = (*where, "units_per_effect")
        yield from _range(given.units_per_effect, Support.ANY, known, place)


def _price(item: Item, valuation: Valuation, known: Known, where: Where) -> Iterator[Problem]:
    price, where = item.price, (*where, "price")
    yield from _range(price.amount, Support.AMOUNT, known, (*where, "amount"))
    if price.realisation is not None:
        yield from _range(price.realisation, Support.SHARE, known, (*where, "realisation"))
    elif price.kind is PriceKind.INTEGRAL and item.cashable:
        yield warning("valuation.integral_as_cash", *where, "realisation", post=item.id)
    yield from _price_year(price.price_year, price.index, valuation, known, where)
    if price.source is None or item.illustrative:
        yield warning("valuation.illustrative", *where, "source", post=item.id)


def _price_year(
    year: int, index: str | None, valuation: Valuation, known: Known, where: Where
) -> Iterator[Problem]:
    if year == valuation.price_year:
        return
    if valuation.price_year - year > _OLD_PRICE:
        yield warning("valuation.old_price", *where, "price_year", year=str(year))
    if index is None:
        yield problem(
            "valuation.mixed_price_years", *where, "price_year",
            year=str(year), wanted=str(valuation.price_year),
        )  # fmt: skip
    elif index not in known.series:
        allowed = tuple(known.series) or ("-",)
        yield problem("valuation.unknown_index", *where, "index", name=index, allowed=allowed)
    else:
        for wanted in (str(year), str(valuation.price_year)):
            if wanted not in known.series[index]:
                yield problem("valuation.index_lacks_year", *where, "index", name=index,
                              year=wanted, allowed=known.series[index])  # fmt: skip


def _attribution(item: Item, where: Where) -> Iterator[Problem]:
    if item.attribution is not None:
        yield problem("valuation.bare_attribution", *where, "attribution", post=item.id)
    if item.attribution_own is not None and item.attribution_others is not None:
        yield problem("valuation.double_attribution", *where, "attribution_others", post=item.id)
    given = (item.attribution, item.attribution_own, item.attribution_others)
    if all(part is None for part in given):
        yield problem("valuation.no_attribution", *where, post=item.id)


def _measured(item: Item, known: Known, where: Where) -> Iterator[Problem]:
    """Where the quantity has a comparison behind it, that has taken out what happens anyway."""
    quantity = item.quantity
    plan = quantity.estimate if isinstance(quantity, FromEstimate) else None
    for key in ("deadweight", "attribution_own", "attribution_others"):
        given: Range | str | None = getattr(item, key)
        if given is None:
            continue
        if given == IN_ESTIMATE and plan is None:
            yield problem("valuation.in_estimate_without", *where, key, post=item.id)
        elif given == IN_ESTIMATE and plan in known.plans and plan not in known.compared:
            yield problem("valuation.estimate_without_comparison", *where, key, plan=plan)
        elif given != IN_ESTIMATE and plan in known.compared and item.argued is None:
            yield problem("valuation.own_value_beside_estimate", *where, key, plan=plan, field=key)


def _corrections(item: Item, where: Where) -> Iterator[Problem]:
    for key in ("deadweight", "attribution_own", "attribution_others", "displacement", "drop_off"):
        given = getattr(item, key)
        if isinstance(given, Range):
            yield from check_range(given, Support.SHARE, (*where, key))
    if item.displacement is None:
        yield warning("valuation.not_filled", *where, "displacement", field="displacement")
    if item.drop_off is None and item.years > 1:
        yield warning("valuation.not_filled", *where, "drop_off", field="drop_off")
    if not item.via:
        yield warning("valuation.no_via", *where, "via", post=item.id)


def _time(post: Item | Cost, valuation: Valuation, where: Where) -> Iterator[Problem]:
    if post.start_year is not None and post.start_year < valuation.base_year:
        yield problem("valuation.starts_too_early", *where, "start_year",
                      year=str(post.start_year), base=str(valuation.base_year))  # fmt: skip
    if isinstance(post, Item) and post.drop_off is not None and post.years == 1:
        yield problem("valuation.drop_off_in_one_year", *where, "drop_off", post=post.id)


def _totals(item: Item, where: Where) -> Iterator[Problem]:
    if item.direction in APART and item.adds_to_total:
        yield problem("valuation.adds_to_total", *where, "adds_to_total",
                      post=item.id, direction=item.direction.value)  # fmt: skip
    if item.direction is Direction.TRANSFER:
        payer = item.payer if isinstance(item.payer, str) else None
        if item.beneficiary is None or item.beneficiary == payer:
            yield problem("valuation.transfer_to_whom", *where, "beneficiary", post=item.id)
