"""The learning agenda: what to find out next, in order, with the reason for the order."""

from collections.abc import Collection

import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.theory.graph import successors, topological
from biotoop.engine.theory.model import Link, LinkKind, NodeKind, TheoryOfChange
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.voi_result import AgendaRow, ValueOfInformation, VoiRow

_ENDS = (NodeKind.OUTCOME, NodeKind.IMPACT)


def agenda(
    theory: TheoryOfChange,
    seen: Outlook,
    worth: ValueOfInformation | None,
    estimated: Collection[str],
) -> tuple[AgendaRow, ...]:
    """Order the links.

    With a decision: by what knowing is worth to everybody it concerns, minus the price of the
    study. Links without a worth (no input hangs on them, or there is no decision) follow, those
    without any estimate only, by the euros and then the routes that rest on them.

    Parameters
    ----------
    theory
        The links.
    seen
        Present values.
    worth
        Value of information; None without a decision.
    estimated
        Codes of links that have an estimate.
    """
    euros, routes = euros_by_link(seen), routes_by_link(theory)
    priced = {} if worth is None else {row.name: row for row in worth.links}
    causes = [link for link in theory.links if link.kind is not LinkKind.FEEDBACK]
    first = sorted(
        (link for link in causes if link.code in priced),
        key=lambda link: -_gain(priced[link.code]),
    )
    rest = sorted(
        (link for link in causes if link.code not in priced and link.code not in estimated),
        key=lambda link: (-euros.get(link.code, 0.0), -routes[link.code]),
    )
    return tuple(
        _row(rank, link, euros.get(link.code, 0.0), routes[link.code],
             priced.get(link.code), estimated)
        for rank, link in enumerate([*first, *rest], start=1)
    )  # fmt: skip


def _gain(row: VoiRow) -> float:
    return row.population - (row.study_cost or 0.0)


def _row(
    rank: int, link: Link, euros: float, routes: int, worth: VoiRow | None,
    estimated: Collection[str],
) -> AgendaRow:  # fmt: skip
    known = link.code in estimated
    reason = (
        note("valuation.agenda_unestimated", euros=rounded_euros(euros), routes=routes)
        if worth is None
        else worth.verdict
    )
    return AgendaRow(
        rank=rank,
        link=link.code,
        euros=euros,
        routes=routes,
        estimated=known,
        worth=None if worth is None else worth.population,
        error=None if worth is None else worth.population_error,
        study_cost=None if worth is None else worth.study_cost,
        reason=reason,
    )


def euros_by_link(seen: Outlook) -> dict[str, float]:
    """Add up the size of the mean present value of the items that name a link in ``via``."""
    mean = np.abs(seen.present.mean(axis=0))
    found: dict[str, float] = {}
    for place, post in enumerate(seen.model.posts):
        if post.counted and not post.programme:
            for link in post.via:
                found[link] = found.get(link, 0.0) + float(mean[place])
    return found


def routes_by_link(theory: TheoryOfChange) -> dict[str, int]:
    """Count for each link the ways from an intervention to an end that pass it.

    An end is an outcome or impact from which nothing follows. Ways before times ways behind.
    """
    codes = [node.code for node in theory.nodes]
    causes = [link for link in theory.links if link.kind is LinkKind.CAUSE]
    ahead = successors(codes, causes)
    kinds = {node.code: node.kind for node in theory.nodes}
    order = topological(ahead)
    before = {code: int(kinds[code] is NodeKind.INTERVENTION) for code in codes}
    for code in order:
        for end in ahead[code]:
            before[end] += before[code]
    behind = {code: int(not ahead[code] and kinds[code] in _ENDS) for code in codes}
    for code in reversed(order):
        behind[code] += sum(behind[end] for end in ahead[code])
    cause = {link.code for link in causes}
    return {
        link.code: before[link.from_] * behind[link.to] if link.code in cause else 0
        for link in theory.links
    }
