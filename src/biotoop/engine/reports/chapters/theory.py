"""Chapter 1: the theory of change as a picture, and the same as a table."""

from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.result import LinkAssessment
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Figure, FigureLine, Row, Table
from biotoop.engine.reports.document import Chapter
from biotoop.engine.reports.drawing import theory_picture
from biotoop.engine.reports.inline import Tone
from biotoop.engine.reports.pen import plain_text
from biotoop.engine.reports.setting import cell, paragraph, row, soft, table
from biotoop.engine.theory.model import Link, Node

Graded = tuple[tuple[Link, Grade | None], ...]


def theory_chapter(account: Account) -> Chapter:
    """Draw the theory of change and write it out."""
    pen, theory = account.pen, account.findings.theory
    blocks: list[Block] = [
        paragraph(pen.say("theory.lead", title=theory.title, version=theory.version), Tone.LEAD),
    ]
    if theory.links:
        blocks += [
            picture(account),
            soft(pen.say("theory.reading")),
            *((soft(pen.say("theory.reading_routes")),) if measured_routes(account) else ()),
            outline(account),
        ]
    else:
        blocks.append(paragraph(pen.say("theory.no_links")))
    blocks.append(node_list(account))
    return Chapter(
        number=1, anchor="theory", title=pen.word("reports.chapter.theory"), blocks=tuple(blocks)
    )


def graded(account: Account) -> Graded:
    """Give every step with its grade, in the order of the theory; None when it was not judged."""
    grades = account.findings.plausibility.grades()
    return tuple((link, grades.get(link.code)) for link in account.findings.theory.links)


def picture(account: Account) -> Figure:
    """Draw the theory with the grade of every step."""
    pen, theory = account.pen, account.findings.theory
    steps = [
        f"{plain_text(account.step(link.code))}: {account.grade(grade).word}"
        for link, grade in graded(account)
    ]
    routes = [
        f"{account.target(route.target)}: {account.grade(route.grade).word}"
        for route in measured_routes(account)
    ]
    return Figure(
        id="figure-theory",
        title=pen.say("theory.figure", title=theory.title),
        wide=theory_picture(account),
        narrow=None,
        lines=(
            *(_line(account, link, grade) for link, grade in graded(account)),
            *(_route_line(account, route) for route in measured_routes(account)),
        ),
        alt=pen.plain(
            "theory.alt",
            nodes=len(theory.nodes),
            links=len(theory.links),
            steps="; ".join((*steps, *routes)),
        ),
    )


def _line(account: Account, link: Link, grade: Grade | None) -> FigureLine:
    ends = account.pen.say(
        "theory.line",
        first=account.node(link.from_),
        arrow=account.pen.word(f"reports.arrow.{link.kind.value}"),
        last=account.node(link.to),
    )
    beside = _beside(account, link.code)
    return FigureLine(name=link.code, text=ends, mark=account.grade(grade), beside=beside)


def _beside(account: Account, target: str) -> str:
    """Say beside a grade that it is sensitive; nothing when it is firm."""
    found = account.findings.plausibility
    judged = (*found.links, *found.routes_as_whole)
    sensitive = any(item.target == target and item.sensitivity.sensitive for item in judged)
    return account.pen.word("reports.step.beside_sensitive") if sensitive else ""


def measured_routes(account: Account) -> tuple[LinkAssessment, ...]:
    """Give the routes that were measured as a whole."""
    return account.findings.plausibility.routes_as_whole


def _route_line(account: Account, route: LinkAssessment) -> FigureLine:
    first, _, last = route.target.partition(">")
    ends = account.pen.say(
        "theory.line",
        first=account.node(first),
        arrow=account.pen.word("reports.arrow.route"),
        last=account.node(last),
    )
    name = account.route_code(route.target)
    beside = _beside(account, route.target)
    return FigureLine(name=name, text=ends, mark=account.grade(route.grade), beside=beside)


def outline(account: Account) -> Table:
    """Write every step as if - then - because, with its grade."""
    pen = account.pen
    return table(
        pen,
        "table-outline",
        pen.say("theory.outline"),
        ("step", "if", "then", "because", "grade"),
        [_step_row(account, link, grade) for link, grade in graded(account)],
    )


def _step_row(account: Account, link: Link, grade: Grade | None) -> Row:
    pen, mark = account.pen, account.grade(grade)
    beside = _beside(account, link.code)
    said = f"{mark.word} ({beside})" if beside else mark.word
    return row(
        link.code,
        pen.text(link.if_),
        pen.text(link.then),
        pen.text(link.because),
        cell(said, grade=mark),
    )


def node_list(account: Account) -> Table:
    """List every node with its kind, for whom it is, and the policy goal that it serves."""
    pen, nodes = account.pen, account.findings.theory.nodes
    return table(
        pen,
        "table-nodes",
        pen.say("theory.nodes"),
        ("node", "kind", "whose", "policy_goal"),
        [_node_row(account, node) for node in nodes],
    )


def _node_row(account: Account, node: Node) -> Row:
    pen = account.pen
    return row(
        pen.text(node.label),
        pen.word(f"reports.node.{node.kind.value}"),
        pen.text(node.whose),
        pen.text(node.policy_goal),
    )
