"""Value of information for a stated decision: for everything, each input, each link."""

from collections.abc import Mapping

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.valuation.bands import mean_and_error
from biotoop.engine.valuation.conditional import expected_given
from biotoop.engine.valuation.decision import Decision, Option
from biotoop.engine.valuation.discounting import discount_factors
from biotoop.engine.valuation.evppi import evpi, evppi, ordered
from biotoop.engine.valuation.fitted_worth import Worth
from biotoop.engine.valuation.flows import flows, present_values, total, weights
from biotoop.engine.valuation.inputs import Post
from biotoop.engine.valuation.model import Direction
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.voi_result import OptionRow, ValueOfInformation, VoiRow

ALL = "all"
_SURE = 1.96
_SHOWN_BY_NONE = 0.1
_TOLD = 0.1


@attrs.frozen(kw_only=True, eq=False)
class Question:
    """A decision made ready: weight of every post in the net value of every option.

    Attributes
    ----------
    weight
        Shape (options, posts).
    net
        Net value, shape (draws, options).
    """

    decision: Decision
    weight: FloatArray
    net: FloatArray


def question(decision: Decision, seen: Outlook, wellbeing: float = 0.0) -> Question:
    """Weigh the posts for every option.

    Parameters
    ----------
    decision
        The decision; the situation without is nil.
    seen
        Present values.
    wellbeing
        Euros that a euro of wellbeing counts for.
    """
    posts = seen.model.posts
    own = weights(posts, decision.payer).net
    own = own + wellbeing * np.array([post.direction is Direction.WELLBEING for post in posts])
    weight = np.array([own * _scale(option, posts) for option in decision.options])
    net = np.column_stack([total(seen.present, row) for row in weight])
    return Question(decision=decision, weight=weight, net=net)


def _scale(option: Option, posts: tuple[Post, ...]) -> FloatArray:
    if option.without:
        return np.zeros(len(posts))
    scale = np.zeros(len(posts))
    for place, post in enumerate(posts):
        named, factor = (
            (option.costs, option.cost_scale)
            if post.programme
            else (option.items, option.effect_scale)
        )
        scale[place] = factor if named is None or post.id in named else 0.0
    return scale


def columns_that_count(asked: Question, seen: Outlook) -> tuple[int, ...]:
    """Give the columns of the inputs that enter the net value of some option."""
    weighed = np.any(asked.weight != 0, axis=0)
    posts = {post.id for place, post in enumerate(seen.model.posts) if weighed[place]}
    inputs = enumerate(seen.model.inputs)
    return tuple(column for column, item in inputs if not posts.isdisjoint(item.posts))


def groups_by_link(asked: Question, seen: Outlook) -> dict[str, tuple[int, ...]]:
    """Give for each link the columns of the inputs that hang on it and that count."""
    groups: dict[str, list[int]] = {}
    for column in columns_that_count(asked, seen):
        for link in seen.model.inputs[column].links:
            groups.setdefault(link, []).append(column)
    return {link: tuple(columns) for link, columns in groups.items()}


def worth_of_links(asked: Question, seen: Outlook, *, spread: bool = True) -> dict[str, Worth]:
    """Give the EVPPI of the group of every link, before the repair of order.

    Parameters
    ----------
    asked
        The decision with the net value of its options.
    seen
        Present values.
    spread
        False leaves out error and bracket, which take most of the time.
    """
    found: dict[tuple[int, ...], Worth] = {}
    groups = groups_by_link(asked, seen)
    for columns in groups.values():
        if columns not in found:
            found[columns] = _worth_of_set(asked, seen, columns, spread=spread)
    return {link: found[columns] for link, columns in groups.items()}


def _worth_of_set(
    asked: Question, seen: Outlook, columns: tuple[int, ...], *, spread: bool
) -> Worth:
    blocks = seen.draws.scrambles
    if len(columns) == 1:
        return evppi(seen.draws.values[:, columns], asked.net, blocks=blocks, spread=spread)
    scores = seen.draws.scores[:, columns]
    expected = expected_given(seen.model, seen.draws, columns)
    told = _told_by(asked, seen, expected.values)
    if expected.factor is None:
        return evppi(scores, asked.net, blocks=blocks, features=told, spread=spread)
    factor = expected.factor[:, None]
    held = np.concatenate([scores, told * factor], axis=1)
    features = np.concatenate([told, factor], axis=1)
    return evppi(held, asked.net, blocks=blocks, features=features, spread=spread)


def _told_by(asked: Question, seen: Outlook, values: FloatArray) -> FloatArray:
    """Give what the model says of each option at these inputs, as differences with the best.

    With the inputs outside a set at their mean given the set this is exact for independent
    inputs, in each of which the net value is a straight line; the regression on it mends the rest
    (drop-off, and inputs outside that the shared factor ties to each other).
    """
    present = present_values(seen.model.posts, flows(seen.model, values), seen.rates)
    best = int(np.argmax(asked.net.mean(axis=0)))
    others = np.delete(asked.weight, best, axis=0) - asked.weight[best]
    return np.column_stack([total(present, row) for row in others])


def information(asked: Question, seen: Outlook) -> ValueOfInformation:
    """Price every gap in what is known.

    Parameters
    ----------
    asked
        The decision with the net value of its options.
    seen
        Present values.
    """
    decision, blocks = asked.decision, seen.draws.scrambles
    everything = evpi(asked.net, blocks)
    names = {column: seen.model.inputs[column].id for column in columns_that_count(asked, seen)}
    sets: dict[tuple[str, ...], Worth] = {
        (name,): evppi(seen.draws.values[:, [column]], asked.net, blocks=blocks)
        for column, name in names.items()
    }
    by_link = {
        link: tuple(sorted(names[column] for column in columns))
        for link, columns in groups_by_link(asked, seen).items()
    }
    for link, worth in worth_of_links(asked, seen).items():
        sets.setdefault(by_link[link], worth)
    sets = ordered(sets, everything)
    factor = person_years(decision, seen)
    inputs = [_row(name, (name,), sets[name,], decision, factor, None) for name in names.values()]
    links = [
        _row(link, members, sets[members], decision, factor, study_cost(decision, link))
        for link, members in by_link.items()
    ]
    return ValueOfInformation(
        question=decision.question,
        payer=decision.payer,
        options=_options(asked, blocks),
        best=decision.options[int(np.argmax(asked.net.mean(axis=0)))].id,
        people=decision.people,
        person_years=factor,
        everything=_row(ALL, tuple(names.values()), everything, decision, factor, None),
        inputs=tuple(sorted(inputs, key=lambda row: -row.programme)),
        links=tuple(sorted(links, key=lambda row: -row.programme)),
        interactions=_interactions(by_link, sets),
        method=note("valuation.method_information", draws=seen.draws.count, blocks=blocks),
        warnings=_warnings(everything),
    )


def person_years(decision: Decision, seen: Outlook) -> float:
    """People x discounted years x share that follows.

    Year by year, by the timing of the valuation, so that a rate of nil counts every year in full.
    """
    rates = seen.rates
    years = discount_factors(rates.items, rates.timing, 1, decision.years)
    return float(decision.population * years.sum() * decision.implement)


def study_cost(decision: Decision, link: str) -> float | None:
    """Give the price of the cheapest study that covers a link; None when nobody knows."""
    listed = [study.cost for study in decision.studies if link in study.links]
    return min(listed) if listed else decision.study_cost


def _row(
    name: str, inputs: tuple[str, ...], worth: Worth, decision: Decision, factor: float,
    cost: float | None,
) -> VoiRow:  # fmt: skip
    scale = factor / decision.people
    population, error = worth.value * scale, worth.error * scale
    return VoiRow(
        name=name, inputs=inputs, programme=worth.value, error=worth.error,
        lower=worth.lower, upper=worth.upper, person=worth.value / decision.people,
        population=population, population_error=error, study_cost=cost,
        net=None if cost is None else population - cost, lifted=worth.lifted,
        verdict=_verdict(population, error, cost),
    )  # fmt: skip


def _verdict(population: float, error: float, cost: float | None) -> Note:
    said = {"worth": rounded_euros(population), "error": rounded_euros(error)}
    if population <= _SURE * error:
        if not said["worth"].amount:
            return note("valuation.verdict_no_change")
        return note("valuation.verdict_nothing", **said)
    if cost is None:
        return note("valuation.verdict_no_price", **said)
    if abs(population - cost) <= _SURE * error:
        return note("valuation.verdict_even", cost=rounded_euros(cost), **said)
    if population < cost:
        return note("valuation.verdict_not_worth", cost=rounded_euros(cost), **said)
    return note("valuation.verdict_worth", cost=rounded_euros(cost), **said)


def _options(asked: Question, blocks: int) -> tuple[OptionRow, ...]:
    best = np.argmax(asked.net, axis=1)
    rows = []
    for place, option in enumerate(asked.decision.options):
        mean, error = mean_and_error(asked.net[:, place], blocks)
        share = float(np.mean(best == place))
        rows.append(OptionRow(id=option.id, label=option.label, net=mean, net_error=error,
                              chance_best=share))  # fmt: skip
    return tuple(rows)


def _interactions(
    by_link: Mapping[str, tuple[str, ...]], sets: Mapping[tuple[str, ...], Worth]
) -> tuple[str, ...]:
    """Name the links whose worth no single input shows: it lies in their combination."""
    found = []
    for link, members in by_link.items():
        whole = sets[members]
        singles = max(sets[name,].value for name in members)
        clear = whole.value > _SURE * whole.error
        if len(members) > 1 and clear and singles < _SHOWN_BY_NONE * whole.value:
            found.append(link)
    return tuple(found)


def _warnings(everything: Worth) -> tuple[Note, ...]:
    warnings = []
    bias = everything.upper - everything.value
    if bias > _TOLD * everything.error:
        warnings.append(note("valuation.choice_on_same_draws", bias=rounded_euros(bias)))
    return tuple(warnings)
