"""Rows of what every app stands on."""

from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.models import AuditSeal, Letter


def fill(world) -> None:
    world.add(record(action="tried", purpose="test"))
    last = 10**12  # far from what a worker sealed in another test
    seal = AuditSeal(first=last, last=last, count=1, previous="1" * 64, digest="2" * 64)
    seal.save()
    world.add(seal)
    fields = {"template": "none", "to": "kees@example.org", "language": "nl"}
    world.add(Letter.objects.create(key="tried", **fields))
