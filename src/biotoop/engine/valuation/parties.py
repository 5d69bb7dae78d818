"""Who pays and who benefits: by party, by year, and whose money lands where."""

from collections.abc import Mapping

import numpy as np

from biotoop.engine.core.messages import word
from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.bands import QUANTILES, chance_positive
from biotoop.engine.valuation.discounting import discount_factors
from biotoop.engine.valuation.flows import in_year, total, weights
from biotoop.engine.valuation.model import APART, SOCIETY, Direction, Valuation
from biotoop.engine.valuation.outlook import Outlook
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.result import (
    BeneficiaryRow,
    MatrixCell,
    PartyRow,
    PostRow,
    YearRow,
)


def labels(valuation: Valuation) -> Mapping[str, Text]:
    """Give the name of every party, society last."""
    society = Text(
        nl=word("valuation.party", SOCIETY, "nl"), en=word("valuation.party", SOCIETY, "en")
    )
    return {**{party.code: party.label for party in valuation.parties}, SOCIETY: society}


def party_rows(valuation: Valuation, seen: Outlook) -> tuple[PartyRow, ...]:
    """Give benefits, costs and net of every party, and of society, transfers netted out."""
    posts, scrambles = seen.model.posts, seen.draws.scrambles
    rows = []
    for code, label in labels(valuation).items():
        weight = weights(posts, code)
        counts = bool(np.any(weight.benefit) or np.any(weight.cost))
        net = seen.by_draw(weight.net)
        rows.append(
            PartyRow(
                party=code, label=label, benefits=seen.sum_up(weight.benefit),
                costs=seen.sum_up(weight.cost), net=seen.sum_up(weight.net),
                chance_positive=chance_positive(net, scrambles) if counts else None,
                cash_net=seen.sum_up(weights(posts, code, cash=True).net),
            )
        )  # fmt: skip
    return tuple(rows)


def beneficiary_rows(valuation: Valuation, seen: Outlook) -> tuple[BeneficiaryRow, ...]:
    """Give what changes are worth for those whose life changes; burdens are subtracted."""
    weight = weights(seen.model.posts, SOCIETY).net
    rows = []
    for code, label in labels(valuation).items():
        theirs = np.array(
            [post.beneficiary == code and not post.programme for post in seen.model.posts]
        )
        if np.any(weight * theirs):
            rows.append(BeneficiaryRow(party=code, label=label, value=seen.sum_up(weight * theirs)))
    return tuple(rows)


def post_rows(seen: Outlook, *, apart: bool) -> tuple[PostRow, ...]:
    """Give the items and costs, or those that are shown apart."""
    rows = []
    for place, post in enumerate(seen.model.posts):
        if (post.direction in APART) is not apart:
            continue
        weight = np.zeros(len(seen.model.posts))
        weight[place] = 1.0
        rows.append(
            PostRow(
                id=post.id, label=post.label, direction=post.direction, programme=post.programme,
                value=seen.sum_up(weight), counted=post.counted, illustrative=post.illustrative,
                payers=post.payers, beneficiary=post.beneficiary, via=post.via,
            )
        )  # fmt: skip
    return tuple(rows)


def year_rows(valuation: Valuation, seen: Outlook) -> tuple[YearRow, ...]:
    """Give the money of every party in every year, undiscounted, with its discounted mean."""
    posts = seen.model.posts
    last = max(post.first + post.years - 1 for post in posts)
    rows: list[YearRow] = []
    for year in range(1, last + 1):
        money = in_year(posts, seen.money, year)
        factor = _factors(seen, year)
        calendar = valuation.base_year + year - 1
        rows += [_year_row(seen, money, factor, calendar, code) for code in labels(valuation)]
    return tuple(rows)


def _factors(seen: Outlook, year: int) -> FloatArray:
    rates = seen.rates
    item = discount_factors(rates.items, rates.timing, year, 1)[0]
    cost = discount_factors(rates.costs, rates.timing, year, 1)[0]
    return np.array([cost if post.programme else item for post in seen.model.posts])


def _year_row(
    seen: Outlook, money: FloatArray, factor: FloatArray, year: int, code: str
) -> YearRow:
    weight = weights(seen.model.posts, code)
    cash = weights(seen.model.posts, code, cash=True)
    net = total(money, weight.net)
    p5, _, p95 = (float(x) for x in np.quantile(net, QUANTILES))
    return YearRow(
        year=year, party=code,
        benefits=float(total(money, weight.benefit).mean()),
        costs=float(total(money, weight.cost).mean()),
        net=float(net.mean()), p5=p5, p95=p95,
        cash_net=float(total(money, cash.net).mean()),
        discounted_net=float(total(money, weight.net * factor).mean()),
    )  # fmt: skip


def pocket_matrix(
    valuation: Valuation, seen: Outlook
) -> tuple[tuple[MatrixCell, ...], float | None]:
    """Spread the benefits over those who carry the costs, pro rata, and see where they land.

    Cell (p, q) = mean benefit that lands with q x share of p in the mean costs. Transfers are
    left out: they only move money.

    Returns
    -------
    cells, share
        The cells that are not nil, and the share of the benefits that lands with others than
        those who pay; None when there are no costs or no net benefits.
    """
    posts = seen.model.posts
    moved = np.array([post.direction is Direction.TRANSFER for post in posts])
    mean = np.where(moved, 0.0, seen.present.mean(axis=0))
    codes = [party.code for party in valuation.parties]
    paid = {code: float(np.sum(mean * weights(posts, code).cost)) for code in codes}
    got = {code: float(np.sum(mean * weights(posts, code).benefit)) for code in codes}
    costs, benefits = sum(paid.values()), sum(got.values())
    if costs <= 0 or benefits <= 0:
        return (), None
    cells = tuple(
        MatrixCell(payer=p, receiver=q, amount=got[q] * paid[p] / costs)
        for p in codes
        for q in codes
        if paid[p] and got[q]
    )
    own = sum(cell.amount for cell in cells if cell.payer == cell.receiver)
    return cells, 1 - own / benefits
