"""In the methods: every registration, with what changed since the one before."""

from collections.abc import Iterator

from biotoop.engine.recipes.findings import RegisteredVersion
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Block, Row
from biotoop.engine.reports.inline import Prose
from biotoop.engine.reports.naming import told
from biotoop.engine.reports.pen import code, glued
from biotoop.engine.reports.setting import bullets, heading, row, table

_FEW_CHANGES = 2


def registrations(account: Account) -> Iterator[Block]:
    """List every registration; what changed in many places stands below, a line each."""
    pen, history = account.pen, account.findings.registration.history
    if not history:
        return
    yield table(
        pen,
        "table-registrations",
        pen.say("appendix.registrations"),
        ("date", "who", "change", "hash"),
        [_registered(account, item) for item in history],
        note=pen.say("appendix.registrations_note"),
    )
    for item in history:
        if len(item.changes) > _FEW_CHANGES:
            moment = _moment_of(account, item)
            yield heading(pen.say("appendix.registration_changed_at", moment=moment), 4)
            yield bullets(told(account, change) for change in item.changes)


def _moment_of(account: Account, item: RegisteredVersion) -> Prose:
    """Write the moment of a registration."""
    day, time = account.pen.date(item.registered_at.date()), f"{item.registered_at:%H:%M}"
    return account.pen.say("appendix.registration_moment", day=day, time=time)


def _registered(account: Account, item: RegisteredVersion) -> Row:
    """Write one registration: when, by whom, and what changed since the one before."""
    pen = account.pen
    first = item is account.findings.registration.history[0]
    changes = [told(account, change) for change in item.changes]
    if len(changes) > _FEW_CHANGES:
        changes = [pen.say("appendix.registration_changes", count=len(changes))]
    if item.early:
        changes.insert(0, pen.say("appendix.registration_early"))
    if not item.intact:
        changes.insert(0, pen.say("appendix.registration_broken"))
    if not item.changes:
        changes.append(pen.say(f"appendix.registration_{'first' if first else 'same'}"))
    return row(
        _moment_of(account, item),
        item.registered_by,
        glued(*changes),
        code(item.hash[:12]),
    )
