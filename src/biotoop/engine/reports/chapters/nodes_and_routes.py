"""Whether people recognise nodes, how strong routes are, and whether theory or delivery failed."""

import datetime as dt
from collections.abc import Iterator

import attrs

from biotoop.engine.evidence.model import Stance
from biotoop.engine.plausibility.node_result import NodeAssessment, ProposedNode, Recognition
from biotoop.engine.plausibility.route_result import (
    ConditionView,
    InterventionDelivery,
    RouteAssessment,
)
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Bullet, Row, Side, Sides
from biotoop.engine.reports.chapters.step_evidence import quotes_on
from biotoop.engine.reports.inline import Mark, Prose
from biotoop.engine.reports.naming import all_in_full
from biotoop.engine.reports.pen import glued, strong
from biotoop.engine.reports.setting import (
    bullets,
    cautions,
    cell,
    heading,
    paragraph,
    row,
    soft,
    table,
)
from biotoop.engine.theory.model import Amount

_NOT_RECOGNISED = (Stance.NOT_RECOGNISED, Stance.MEANS_OTHER, Stance.DOES_NOT_COUNT)
_OTHERWISE = ("not_recognised", "means_other", "does_not_count")


def route_blocks(account: Account) -> Iterator[Block]:
    """Give every route with its weakest step and its conditions."""
    pen, found = account.pen, account.findings.plausibility
    yield heading(pen.say("route.heading"), anchor="routes")
    if not found.routes:
        yield paragraph(pen.say("route.none"))
        return
    yield paragraph(pen.say("route.lead"))
    yield table(
        pen,
        "table-routes",
        pen.say("route.caption"),
        ("route", "grade", "weakest", "unassessed", "conditions"),
        [_route_row(account, route) for route in found.routes],
    )
    if found.routes_not_listed:
        yield soft(pen.say("route.not_listed", routes=found.routes_not_listed))


def _route_row(account: Account, route: RouteAssessment) -> Row:
    pen, mark = account.pen, account.grade(route.grade)
    way = pen.say(
        "route.way",
        first=account.node(route.from_),
        last=account.node(route.to),
        links=pen.listing(route.links),
    )
    conditions = glued(*(_condition(account, item) for item in route.conditions), between="; ")
    return row(
        way,
        cell(
            glued(mark.word, pen.say("route.conditional") if route.conditional else ""), grade=mark
        ),
        ", ".join(route.weakest) or "-",
        ", ".join(route.unassessed) or "-",
        conditions or "-",
    )


def _condition(account: Account, item: ConditionView) -> Prose:
    status = "unknown" if item.status is None else item.status.value
    word = account.pen.word(f"evidence.condition.{status}")
    return glued(account.node(item.node), f"({word})")


def node_blocks(account: Account) -> Iterator[Block]:
    """Give for every node by how many people it is recognised, and the nodes that people miss."""
    pen, found = account.pen, account.findings.plausibility
    heard = [node for node in found.nodes if node.all.people or node.all.ranked or node.all.hidden]
    yield heading(pen.say("node.heading"), anchor="nodes")
    if not heard:
        yield paragraph(pen.say("node.none"))
    else:
        yield paragraph(pen.say("node.lead"))
        yield table(
            pen,
            "table-recognition",
            pen.say("node.caption"),
            (
                "node_people",
                "#recognised",
                "#not_recognised",
                "#means_other",
                "#does_not_count",
                "#rank",
            ),
            [line for node in heard for line in _node_rows(account, node)],
            note=pen.say("hidden_note") if any(node.all.hidden for node in heard) else (),
        )
        yield from _node_quotes(account, heard)
        unheard = [account.node(node.node) for node in found.nodes if node not in heard]
        if unheard:
            yield soft(glued(pen.say("node.unheard"), glued(*unheard, between="; ")))
    if found.proposed_nodes:
        yield heading(pen.say("node.proposed"), 4)
        yield bullets(_proposal(account, item) for item in found.proposed_nodes)


def _node_quotes(account: Account, heard: list[NodeAssessment]) -> Iterator[Block]:
    """Give the words of people about nodes: those who recognise them, and those who do not."""
    said = [
        (account.node(node.node), tuple(quotes_on(account, node.node, stances)), key)
        for node in heard
        for key, stances in (("for", (Stance.RECOGNISED,)), ("against", _NOT_RECOGNISED))
    ]
    sides = tuple(
        Side(
            key=key,
            title=account.pen.word(f"reports.node.{key}"),
            lead=(),
            pieces=tuple(
                attrs.evolve(piece, label=glued(name, piece.label, between="; "))
                for name, pieces, own in said
                if own == key
                for piece in pieces
            ),
        )
        for key in ("for", "against")
    )
    if any(side.pieces for side in sides):
        yield Sides(sides=sides)


def _node_rows(account: Account, node: NodeAssessment) -> Iterator[Row]:
    yield _recognition(account, account.node(node.node), node.all, strong_row=True)
    for part in node.for_whom:
        if part.hidden:
            continue
        life = "" if part.life is None else account.pen.word(f"evidence.life.{part.life.value}")
        value = account.spoken_words(part.value) if part.value else "-"
        yield _recognition(account, glued(value, f"({life})"), part, strong_row=False)


def _recognition(account: Account, name: Prose, counts: Recognition, *, strong_row: bool) -> Row:
    pen = account.pen
    of = pen.plain("node.of", some=counts.recognised, of=counts.people)
    known = pen.word("reports.hidden_short") if counts.hidden else "-"
    return row(
        name,
        of if counts.people else known,
        *(pen.shown(getattr(counts, way), hidden=way in counts.hidden) for way in _OTHERWISE),
        pen.number(counts.median_rank, 1),
        strong=strong_row,
    )


def _proposal(account: Account, item: ProposedNode) -> Bullet:
    pen = account.pen
    ask = pen.say("node.decide") if item.decide else pen.say("node.wait")
    people = pen.shown(item.people, hidden=not item.people)
    said = pen.say("node.proposal", people=people, sources=item.sources)
    return Bullet(text=glued(strong(item.proposal), said, ask))


def delivery_blocks(account: Account) -> Iterator[Block]:
    """Say whether the theory failed, the delivery, both or neither."""
    pen, found = account.pen, account.findings.plausibility.delivery
    yield heading(pen.say("delivery.heading"), anchor="delivery")
    yield paragraph(pen.say("delivery.lead"))
    word = pen.word(f"evidence.conclusion.{found.conclusion.value}")
    if found.chosen:
        said = pen.say(
            "delivery.chosen",
            conclusion=word,
            who=found.assessor or "-",
            date="-" if found.date is None else pen.date(dt.date.fromisoformat(found.date)),
        )
        yield paragraph(glued(strong(said), pen.text(found.reason)))
    else:
        yield paragraph(pen.say("delivery.not_chosen"))
    yield from cautions(pen, "know_first", all_in_full(account, found.warnings))
    if found.interventions:
        yield table(
            pen,
            "table-delivery",
            pen.say("delivery.caption"),
            ("intervention", "reach", "dose", "quality", "as_intended"),
            [_delivery_row(account, item) for item in found.interventions],
        )


def _delivery_row(account: Account, item: InterventionDelivery) -> Row:
    pen, delivery = account.pen, item.delivery
    if delivery is None:
        nothing = pen.word("reports.delivery.not_written")
        return row(account.node(item.node), nothing, nothing, nothing, nothing)
    intended = {True: "yes", False: "no", None: "unknown"}[delivery.as_intended]
    mark = {True: Mark.HELD, False: Mark.FAILED, None: Mark.NONE}[delivery.as_intended]
    return row(
        account.node(item.node),
        _amount(account, delivery.reach, item.reached),
        _amount(account, delivery.dose, item.received),
        pen.text(delivery.quality),
        cell(pen.word(f"reports.{intended}"), mark=mark),
    )


def _amount(account: Account, amount: Amount | None, share: float | None) -> Prose:
    pen = account.pen
    if amount is None:
        return pen.say("delivery.not_written")
    unit = "" if amount.unit is None else pen.text(amount.unit)
    said = pen.say(
        "delivery.amount",
        delivered=pen.number(amount.delivered),
        planned=pen.number(amount.planned),
    )
    part = "" if share is None else f"({pen.percent(share)})"
    return glued(said, unit, part)
