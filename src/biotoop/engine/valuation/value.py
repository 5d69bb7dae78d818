"""From a valuation and its estimates to euros for each payer, with uncertainty."""

from collections.abc import Collection, Mapping

import numpy as np

from biotoop.engine.core.errors import InvalidValuation
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import LANGUAGES, Note, note, word
from biotoop.engine.core.problems import Problem, Severity, errors_in
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.agenda import agenda
from biotoop.engine.valuation.checks import check_valuation
from biotoop.engine.valuation.completeness import completeness
from biotoop.engine.valuation.decision import Decision
from biotoop.engine.valuation.decision_checks import check_decision
from biotoop.engine.valuation.discounting import Rates, rates_of
from biotoop.engine.valuation.distributions import spread_of
from biotoop.engine.valuation.double_count import double_counts
from biotoop.engine.valuation.draws import draw
from biotoop.engine.valuation.flows import weights
from biotoop.engine.valuation.information import information, question
from biotoop.engine.valuation.inputs import Model, compile_model
from biotoop.engine.valuation.model import FromEstimate, Headline, Valuation
from biotoop.engine.valuation.outlook import outlook
from biotoop.engine.valuation.parties import (
    beneficiary_rows,
    party_rows,
    pocket_matrix,
    post_rows,
    year_rows,
)
from biotoop.engine.valuation.ratios import ratios
from biotoop.engine.valuation.rests import RouteGrade, rests_on
from biotoop.engine.valuation.result import Band, InputRow, State, ValuationResult
from biotoop.engine.valuation.scenarios import scenario_rows, welfare_rows
from biotoop.engine.valuation.sensitivity import break_evens, tornado

DRAWS = 16_384
_SHAKY = 0.01


def value(  # noqa: PLR0913 - independent inputs of one answer, all by keyword
    valuation: Valuation,
    *,
    theory: TheoryOfChange,
    seed: int,
    estimates: Mapping[str, Estimate] | None = None,
    compared: Collection[str] = (),
    decision: Decision | None = None,
    draws: int = DRAWS,
    routes: Mapping[str, RouteGrade] | None = None,
    estimated: Collection[str] = (),
) -> ValuationResult:
    """Value a programme in euros.

    Parameters
    ----------
    valuation
        The document valuation.yaml.
    theory
        The theory of change that it names.
    seed
        Fixes every draw: the same seed gives the same bytes on any number of threads.
    estimates
        Effect estimate by plan id, in the unit of the outcome.
    compared
        Ids of the plans whose design has a comparison.
    decision
        What has to be decided; without it there is no value of information.
    draws
        Draws at least; rounded up to 16 scrambles of a power of two.
    routes
        Grade of the route that each item rests on, by item id.
    estimated
        Codes of links that have an estimate.

    Raises
    ------
    InvalidValuation
        The checks find an error; the first one is told.
    """
    known = estimates or {}
    problems = _checked(valuation, theory, known, compared, decision)
    model, rates = compile_model(valuation, known), rates_of(valuation.discounting)
    shared = valuation.shared_factor
    correlation = shared.correlation if shared.on else 0.0
    drawn = draw(model.inputs, seed=seed, draws=draws, correlation=correlation)
    seen = outlook(model, rates, drawn)
    worth = None if decision is None else information(question(decision, seen), seen)
    rows = completeness(valuation)
    complete = all(row.state is not State.MISSING for row in rows)
    parties = party_rows(valuation, seen)
    own = next(row for row in parties if row.party == valuation.perspective)
    weight = weights(model.posts, valuation.perspective)
    cells, wrong_pocket = pocket_matrix(valuation, seen)
    return ValuationResult(
        price_year=valuation.price_year, base_year=valuation.base_year,
        perspective=valuation.perspective, seed=seed, draws=drawn.count,
        scrambles=drawn.scrambles, headline=valuation.headline,
        headline_value=own.net.mean if valuation.headline is Headline.MEAN else own.net.p50,
        net=own.net, benefits=own.benefits, costs=own.costs,
        chance_positive=own.chance_positive, ratio=valuation.ratio,
        ratios=ratios(valuation, seen, shown=complete), parties=parties,
        beneficiaries=beneficiary_rows(valuation, seen), posts=post_rows(seen, apart=False),
        apart=post_rows(seen, apart=True), years=year_rows(valuation, seen),
        inputs=_input_rows(model), tornado=tornado(model, rates, weight, correlation),
        break_even=break_evens(model, rates, weight), matrix=cells, wrong_pocket=wrong_pocket,
        completeness=rows, complete=complete,
        double_counts=double_counts(valuation, theory), not_in_money=valuation.not_in_money,
        scenarios=scenario_rows(valuation, seen),
        welfare=welfare_rows(valuation, seen, decision, worth),
        rests_on=rests_on(seen, routes or {}), information=worth,
        agenda=agenda(theory, seen, worth, estimated),
        illustrative=any(post.illustrative for post in model.posts),
        invented=valuation.invented,
        method=note("valuation.method", draws=drawn.count, scrambles=drawn.scrambles, seed=seed),
        assumptions=_assumptions(valuation, rates), warnings=_warnings(problems, model, own.net),
    )  # fmt: skip


def _checked(
    valuation: Valuation,
    theory: TheoryOfChange,
    estimates: Mapping[str, Estimate],
    compared: Collection[str],
    decision: Decision | None,
) -> tuple[Problem, ...]:
    problems = check_valuation(valuation, theory, plans=tuple(estimates), compared=compared)
    if decision is not None:
        problems += check_decision(decision, valuation, theory)
    errors = errors_in(problems)
    if errors:
        first = errors[0]
        place = ".".join(str(part) for part in first.where) or "valuation"
        raise InvalidValuation(item=place, reason=first.note)
    for item in valuation.items:
        if isinstance(item.quantity, FromEstimate):
            estimate = estimates[item.quantity.estimate]
            if not np.isfinite([estimate.value, spread_of(estimate)]).all():
                reason = note("valuation.estimate_without_error", plan=item.quantity.estimate)
                raise InvalidValuation(item=item.id, reason=reason)
    return problems


def _input_rows(model: Model) -> tuple[InputRow, ...]:
    return tuple(
        InputRow(
            id=item.id, label=item.label, kind=item.kind, posts=item.posts, links=item.links,
            p5=item.distribution.p5, p50=item.distribution.mid,
            p95=item.distribution.p95, mean=item.distribution.mean, source=item.source,
        )
        for item in model.inputs
    )  # fmt: skip


def _assumptions(valuation: Valuation, rates: Rates) -> tuple[Note, ...]:
    shared = valuation.shared_factor
    found = [
        note("valuation.discounted", convention=valuation.discounting.convention,
             rate=100 * rates.items, cost_rate=100 * rates.costs, source=rates.source,
             since=rates.since.isoformat(), timing=_word("valuation.timing", rates.timing),
             base=str(valuation.base_year)),
        note("valuation.prices_of", year=str(valuation.price_year)),
        note("valuation.quantiles_exact"),
    ]  # fmt: skip
    if shared.on and shared.correlation > 0:
        found.append(note("valuation.shared", correlation=shared.correlation))
    else:
        found.append(note("valuation.independent", because=shared.because))
    return tuple(found)


def _word(group: str, key: str) -> Text:
    return Text(**{language: word(group, key, language) for language in LANGUAGES})


def _warnings(problems: tuple[Problem, ...], model: Model, net: Band) -> tuple[Note, ...]:
    """Pass on the warnings of the checks, once each; double counts stand on their own."""
    found: dict[tuple[str, str], Note] = {}
    told_apart = ("valuation.double_same", "valuation.double_path", "valuation.illustrative")
    for fault in problems:
        if fault.severity is Severity.WARNING and fault.note.code not in told_apart:
            found.setdefault((fault.note.code, fault.note.text("en")), fault.note)
    rough = tuple(
        note("valuation.post", label=post.label) for post in model.posts if post.illustrative
    )
    if rough:
        found["illustrative", ""] = note("valuation.some_illustrative", posts=rough)
    if net.mean_error > _SHAKY * (net.p95 - net.p5):
        found["shaky", ""] = note("valuation.shaky_mean", error=rounded_euros(net.mean_error))
    return tuple(found.values())
