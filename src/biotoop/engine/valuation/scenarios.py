"""The same draws under other choices: of structure, and of what wellbeing weighs."""

import attrs
import numpy as np

from biotoop.engine.valuation.bands import band, chance_positive
from biotoop.engine.valuation.decision import Decision
from biotoop.engine.valuation.flows import present_values, total, weights
from biotoop.engine.valuation.information import question, worth_of_links
from biotoop.engine.valuation.model import SOCIETY, Direction, Scenario, Valuation
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.result import ScenarioRow, WelfareRow
from biotoop.engine.valuation.voi_result import ValueOfInformation


def scenario_rows(valuation: Valuation, seen: Outlook) -> tuple[ScenarioRow, ...]:
    """Give the net value under every scenario."""
    return tuple(_scenario(scenario, valuation, seen) for scenario in valuation.scenarios)


def _scenario(scenario: Scenario, valuation: Valuation, seen: Outlook) -> ScenarioRow:
    rates = seen.rates
    if scenario.rate is not None:
        rates = attrs.evolve(rates, items=scenario.rate, costs=scenario.rate)
    if scenario.timing is not None:
        rates = attrs.evolve(rates, timing=scenario.timing)
    posts, scrambles = seen.model.posts, seen.draws.scrambles
    kept = np.array([post.id not in scenario.without_items for post in posts])
    weight = weights(posts, scenario.payer or valuation.perspective).net * kept
    net = total(present_values(posts, seen.money, rates, scenario.longest), weight)
    mid = total(present_values(posts, seen.mid_money, rates, scenario.longest), weight)
    return ScenarioRow(
        id=scenario.id,
        label=scenario.label,
        net=band(net, float(mid[0]), scrambles),
        chance_positive=chance_positive(net, scrambles),
    )


def welfare_rows(
    valuation: Valuation,
    seen: Outlook,
    decision: Decision | None,
    worth: ValueOfInformation | None,
) -> tuple[WelfareRow, ...]:
    """Give the net value when wellbeing weighs nothing, the least, the middle and the most.

    Parameters
    ----------
    valuation
        The document; without a range by the council, or an item about wellbeing, nothing follows.
    seen
        Present values.
    decision, worth
        The decision and its value of information when wellbeing weighs nothing.
    """
    given = valuation.welfare_factor
    posts = seen.model.posts
    theirs = np.array([float(post.direction is Direction.WELLBEING) for post in posts])
    if given is None or not np.any(theirs):
        return ()
    factors = sorted({0.0, given.low, (given.low + given.high) / 2, given.high})
    own = weights(posts, valuation.perspective).net
    if valuation.perspective != SOCIETY:
        theirs *= [dict(post.payers).get(valuation.perspective, 0.0) for post in posts]
    rows = []
    for factor in factors:
        weight = own + factor * theirs
        rows.append(
            WelfareRow(
                factor=factor,
                net=seen.sum_up(weight),
                chance_positive=chance_positive(seen.by_draw(weight), seen.draws.scrambles),
                first_on_agenda=_first(decision, worth, seen, factor),
            )
        )
    return tuple(rows)


def _first(
    decision: Decision | None, worth: ValueOfInformation | None, seen: Outlook, factor: float
) -> str | None:
    """Name the link whose study is worth most, its price taken off, at this weight."""
    if decision is None or worth is None:
        return None
    if factor == 0:
        found = {row.name: row.programme for row in worth.links}
    else:
        asked = question(decision, seen, factor)
        links = worth_of_links(asked, seen, spread=False)
        found = {link: own.value for link, own in links.items()}
    people = {row.name: row.population / row.programme for row in worth.links if row.programme}
    price = {row.name: row.study_cost or 0.0 for row in worth.links}
    scale = max(people.values(), default=1.0)
    gain = {name: value * scale - price.get(name, 0.0) for name, value in found.items()}
    best = max(gain, key=lambda name: gain[name], default=None)
    return best if best is not None and found[best] > 0 else None
