"""Accounts, notices and keys: one's own, and somebody else's."""

from datetime import timedelta

from django.utils.timezone import now

from biotoop.web.accounts.models import ApiToken, Notice
from web.permissions.world import person


def fill(world) -> None:
    for user in (world.someone, person("Else")):
        world.add(user, own=user)
        told = Notice.objects.create(user=user, code="told", url_name="shared:start")
        world.add(told, own=user)
        fields = {"name": "sheet", "scope": "read", "expires_at": now() + timedelta(days=1)}
        key = ApiToken.objects.create(user=user, digest=user.pk.hex, **fields)
        world.add(key, own=user)
