"""Euros as tables: for each party, item, year and input, and what knowing more is worth."""

from collections.abc import Iterator

from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import DataTable, Value, data_table
from biotoop.engine.valuation.result import Band, ValuationResult

_BAND = "mean mean_error mid p5 p50 p95"
_PARTIES = f"party label amount_of {_BAND} chance_positive"
_POSTS = f"""post label direction programme counted illustrative payers beneficiary via
{_BAND}"""
_YEARS = "year party benefits costs net p5 p95 cash_net discounted_net"
_INPUTS = "input label input_kind posts via p5 p50 p95 mean source"
_TORNADO = "input at_p5 at_p95 net_at_p5 net_at_p95 swing"
_BREAK_EVEN = "input now turns_at chance_beyond"
_MATRIX = "payer receiver amount"
_SCENARIOS = f"scenario label {_BAND} chance_positive"
_COMPLETENESS = "post field state reason"
_RESTS = "weakest_grade amount share posts weakest"
_WORTH = """knowledge inputs worth_programme worth_error worth_low worth_high worth_person
worth_population worth_population_error study_cost worth_net raised_or_lowered"""
_AGENDA = "rank target euros_on_it routes estimated worth_population study_cost reason"
_OPTIONS = "option label net net_error chance_best"


def euro_tables(findings: Findings, pen: Pen) -> tuple[DataTable, ...]:
    """Give all amounts; no table without a valuation."""
    found = findings.valuation
    if found is None:
        return ()
    return (
        data_table("parties", _PARTIES, _parties(found, pen)),
        data_table("posts", _POSTS, _posts(found, pen)),
        data_table("matrix", _MATRIX, ((c.payer, c.receiver, c.amount) for c in found.matrix)),
        data_table("years", _YEARS, _years(found)),
        data_table("inputs", _INPUTS, _inputs(found, pen)),
        data_table("tornado", _TORNADO, _tornado(found)),
        data_table("break_even", _BREAK_EVEN, _break_even(found)),
        data_table("scenarios", _SCENARIOS, _scenarios(found, pen)),
        data_table("rests_on", _RESTS, _rests(found)),
        data_table("completeness", _COMPLETENESS, _completeness(found, pen)),
        data_table("agenda", _AGENDA, _agenda(found, pen)),
        *_information(found, pen),
    )


def _band(band: Band) -> tuple[float, ...]:
    return (band.mean, band.mean_error, band.mid, band.p5, band.p50, band.p95)


def _parties(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in found.parties:
        chance = None if row.chance_positive is None else row.chance_positive.value
        for name in ("benefits", "costs", "net", "cash_net"):
            own = chance if name == "net" else None
            yield (row.party, pen.read(row.label), name, *_band(getattr(row, name)), own)
    for life in found.beneficiaries:
        yield (life.party, pen.read(life.label), "beneficiary", *_band(life.value), None)


def _posts(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in (*found.posts, *found.apart):
        payers = "; ".join(f"{party} {share:g}" for party, share in row.payers)
        yield (
            row.id, pen.read(row.label), row.direction.value, row.programme, row.counted,
            row.illustrative, payers, row.beneficiary, " ".join(row.via), *_band(row.value),
        )  # fmt: skip


def _years(found: ValuationResult) -> Iterator[tuple[Value, ...]]:
    for row in found.years:
        yield (
            row.year, row.party, row.benefits, row.costs, row.net, row.p5, row.p95, row.cash_net,
            row.discounted_net,
        )  # fmt: skip


def _inputs(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in found.inputs:
        yield (
            row.id, pen.read(row.label), row.kind, " ".join(row.posts), " ".join(row.links),
            row.p5, row.p50, row.p95, row.mean, pen.read(row.source),
        )  # fmt: skip


def _tornado(found: ValuationResult) -> Iterator[tuple[Value, ...]]:
    for row in found.tornado:
        yield (row.input, row.at_p5, row.at_p95, row.net_at_p5, row.net_at_p95, row.swing)


def _break_even(found: ValuationResult) -> Iterator[tuple[Value, ...]]:
    for row in found.break_even:
        yield (row.input, row.now, row.value, row.chance_beyond)


def _scenarios(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in found.scenarios:
        yield (row.id, pen.read(row.label), *_band(row.net), row.chance_positive.value)
    for weight in found.welfare:
        label = pen.plain("swing.factor", factor=pen.number(weight.factor, 2))
        yield (f"welfare_{weight.factor:g}", label, *_band(weight.net),
               weight.chance_positive.value)  # fmt: skip


def _rests(found: ValuationResult) -> Iterator[tuple[Value, ...]]:
    for row in found.rests_on:
        yield (row.grade, row.amount, row.share, " ".join(row.items), " ".join(row.weakest))


def _completeness(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in found.completeness:
        yield (row.post, row.field, row.state.value, pen.read(row.reason))


def _agenda(found: ValuationResult, pen: Pen) -> Iterator[tuple[Value, ...]]:
    for row in found.agenda:
        yield (
            row.rank, row.link, row.euros, row.routes, row.estimated, row.worth, row.study_cost,
            pen.read(row.reason),
        )  # fmt: skip


def _information(found: ValuationResult, pen: Pen) -> tuple[DataTable, ...]:
    known = found.information
    if known is None:
        return ()
    worth = (
        (
            row.name, " ".join(row.inputs), row.programme, row.error, row.lower, row.upper,
            row.person, row.population, row.population_error, row.study_cost, row.net, row.lifted,
        )
        for row in (known.everything, *known.links, *known.inputs)
    )  # fmt: skip
    options = (
        (row.id, pen.read(row.label), row.net, row.net_error, row.chance_best)
        for row in known.options
    )
    return (data_table("information", _WORTH, worth), data_table("options", _OPTIONS, options))
