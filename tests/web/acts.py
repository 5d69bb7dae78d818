"""Try an act in a browser, tell what came of it, and leave nothing of it."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from django.db import transaction
from django.test import Client

from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models import AuditEntry
from biotoop.web.shared.rules import matrix

ALLOWED, REFUSED, HIDDEN = "allowed", "refused", "hidden"
# 302 without being done leads to signing in. Any other answer is a fault: of the page or the test.
ANSWERS = {302: HIDDEN, 403: REFUSED, 404: HIDDEN, 422: "does not fit", 409: "stale"}


def tried(browser: Client, address: str, fields: Mapping[str, Any]) -> str:
    """Send a form: what is allowed is written down in the audit trail, and nothing else is."""
    start = transaction.savepoint()
    before = AuditEntry.objects.count()
    answer = browser.post(address, fields)
    written = AuditEntry.objects.count() - before
    transaction.savepoint_rollback(start)
    if answer.status_code == 302 and not answer.url.startswith("/inloggen/"):
        assert written, "done, and not written down"
        return ALLOWED
    assert not written, "refused, and written down all the same"
    return ANSWERS[answer.status_code]


def reaches(label: str, role: Role, verb: Verb, here: set[str]) -> bool:
    """Tell from the permission file whether a role, or anybody, reaches a row that lies here."""
    words = matrix().reaches(label, role, verb) | matrix().reaches(label, Role.VISITOR, verb)
    return bool(words & here)


def right(label: str, role: Role, verb: Verb, here: set[str]) -> str:
    """Work out what must come of an act on a row."""
    if not reaches(label, role, Verb.SEE, here):
        return HIDDEN
    return ALLOWED if reaches(label, role, verb, here) else REFUSED


@attrs.frozen(kw_only=True)
class OnRow:
    """An act on a row of a world: whose rights count, what is sent, and what comes before."""

    row: str
    verb: Verb = Verb.CHANGE
    fields: Callable[[Any], dict[str, Any]] = lambda _world: {}
    before: Callable[[Any], object] = lambda _world: None


def archived(name: str) -> Callable[[Any], object]:
    """Put a row away before it is put back."""

    def put(world: Any) -> None:
        row = getattr(world, name)
        type(row).objects.filter(pk=row.pk).update(archived_at="2026-01-01T00:00Z")

    return put
