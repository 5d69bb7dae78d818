"""How many people say what of each step and node: counts of people, before any weighing."""

from collections.abc import Iterator

from biotoop.engine.plausibility.link_result import LinkAssessment
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Row
from biotoop.engine.reports.chapters.nodes_and_routes import node_blocks
from biotoop.engine.reports.setting import paragraph, row, table

WAYS = ("supports", "contradicts", "nuances", "not_mentioned")


def voices(account: Account) -> Iterator[Block]:
    """Count the voices on each step, and on each node."""
    pen, links = account.pen, account.findings.plausibility.links
    heard = [each for each in links if each.bundle.groups or each.bundle.counts.hidden]
    if heard:
        yield table(
            pen,
            "table-voices",
            pen.word("reports.chapter.steps"),
            ("step", *(f"#{way}" for way in WAYS)),
            [counted(account, each) for each in heard],
            note=pen.say("hidden_note") if any(e.bundle.counts.hidden for e in heard) else (),
        )
    else:
        yield paragraph(pen.say("step.no_voices"))
    yield from node_blocks(account)


def counted(account: Account, found: LinkAssessment) -> Row:
    """Write the counts of one step; what readers may not see is said to be hidden."""
    counts = found.bundle.counts
    shown = (account.pen.shown(getattr(counts, w), hidden=w in counts.hidden) for w in WAYS)
    return row(account.step(found.target), *shown)
