"""What makes a valuation unsound: every fault at once, each with its place."""

from collections.abc import Collection, Iterator

from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.discounting import OWN, conventions
from biotoop.engine.valuation.double_count import check_double_counts
from biotoop.engine.valuation.item_checks import Known, check_cost, check_item
from biotoop.engine.valuation.model import SOCIETY, Direction, Valuation


def check_valuation(
    valuation: Valuation,
    theory: TheoryOfChange,
    *,
    plans: Collection[str] = (),
    compared: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Hold a valuation against its rules.

    Parameters
    ----------
    valuation
        The document.
    theory
        The theory of change whose links and nodes it names.
    plans
        Ids of the analysis plans that a quantity may name.
    compared
        Those of them whose design has a comparison, so that deadweight and attribution are in
        the estimate.

    Returns
    -------
    tuple of Problem
        Errors and warnings, with paths such as ``("items", 2, "price", "amount")``.
    """
    known = Known(
        parties=tuple(party.code for party in valuation.parties),
        links=tuple(link.code for link in theory.links),
        nodes=tuple(node.code for node in theory.nodes),
        plans=tuple(plans),
        compared=tuple(compared),
        series={series.name: tuple(series.values) for series in valuation.indices},
    )
    return (
        *_names(valuation, known),
        *_discounting(valuation),
        *(
            fault
            for place, item in enumerate(valuation.items)
            for fault in check_item(item, valuation, known, ("items", place))
        ),
        *(
            fault
            for place, cost in enumerate(valuation.costs)
            for fault in check_cost(cost, valuation, known, ("costs", place))
        ),
        *_whole(valuation, known),
        *_scenarios(valuation, known),
        *check_double_counts(valuation, theory),
    )


def _names(valuation: Valuation, known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    places = [("items", place, item.id) for place, item in enumerate(valuation.items)]
    places += [("costs", place, cost.id) for place, cost in enumerate(valuation.costs)]
    for part, place, name in places:
        if name in seen:
            yield problem("valuation.double_id", part, place, "id", name=name)
        seen.add(name)
    codes: set[str] = set()
    for place, party in enumerate(valuation.parties):
        if party.code in codes or party.code == SOCIETY:
            yield problem("valuation.double_party", "parties", place, "code", name=party.code)
        codes.add(party.code)
    if valuation.perspective not in (SOCIETY, *known.parties):
        yield _no_party(valuation.perspective, known, "perspective")
    for place, item in enumerate(valuation.items):
        for name in item.distinct_from:
            if name not in {other.id for other in valuation.items}:
                yield problem("valuation.unknown_item", "items", place, "distinct_from", name,
                              name=name)  # fmt: skip


def _no_party(name: str, known: Known, *where: str | int) -> Problem:
    allowed = (SOCIETY, *known.parties)
    return problem("valuation.unknown_party", *where, name=name, allowed=allowed)


def _discounting(valuation: Valuation) -> Iterator[Problem]:
    given, where = valuation.discounting, "discounting"
    known = conventions().get(given.convention)
    if known is None and given.convention != OWN:
        allowed = (*conventions(), OWN)
        yield problem("valuation.unknown_convention", where, "convention",
                      name=given.convention, allowed=allowed)  # fmt: skip
    elif known is None:
        missing = tuple(key for key in ("rate", "source", "date") if getattr(given, key) is None)
        if missing:
            yield problem("valuation.own_convention", where, missing=missing)
    else:
        for key in ("rate", "effect_rate", "cost_rate"):
            rate = getattr(given, key)
            if rate is not None and rate != known.rate:
                yield problem("valuation.rate_of_convention", where, key, name=given.convention,
                              rate=100 * known.rate, given=100 * rate)  # fmt: skip


def _whole(valuation: Valuation, known: Known) -> Iterator[Problem]:
    burdens = [item for item in valuation.items if item.direction is Direction.COST]
    negative = [change for change in valuation.not_in_money if change.negative]
    if not burdens and not negative and valuation.no_negative_effects is None:
        yield warning("valuation.no_negative_effect", "items")
    if not valuation.costs:
        yield warning("valuation.no_costs", "items")
    if not valuation.not_in_money:
        yield warning("valuation.all_in_money", "items")
    if valuation.situation_without is None:
        yield warning("valuation.no_situation_without", "items")
    shared = valuation.shared_factor
    if not shared.on and shared.because is None:
        yield problem("valuation.independent_without_reason", "shared_factor", "on")
    for place, change in enumerate(valuation.not_in_money):
        if change.node is not None and change.node not in known.nodes:
            yield problem("valuation.unknown_node", "not_in_money", place, "node",
                          name=change.node, allowed=known.nodes)  # fmt: skip
    welfare = valuation.welfare_factor
    if welfare is not None and welfare.low > welfare.high:
        yield problem("valuation.welfare_order", "welfare_factor", low=welfare.low,
                      high=welfare.high)  # fmt: skip


def _scenarios(valuation: Valuation, known: Known) -> Iterator[Problem]:
    posts = {item.id for item in valuation.items} | {cost.id for cost in valuation.costs}
    seen: set[str] = set()
    for place, scenario in enumerate(valuation.scenarios):
        where = ("scenarios", place)
        if scenario.id in seen:
            yield problem("valuation.double_id", *where, "id", name=scenario.id)
        seen.add(scenario.id)
        for name in scenario.without_items:
            if name not in posts:
                yield problem("valuation.unknown_item", *where, "without_items", name=name)
        if scenario.payer is not None and scenario.payer not in (SOCIETY, *known.parties):
            yield _no_party(scenario.payer, known, *where, "payer")
