"""Which accounts are whose."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from biotoop.web.accounts.models import ApiToken, Notice, User
from biotoop.web.shared.enums import Reach
from biotoop.web.shared.rules import reach


@reach(User, Reach.OWN)
def own_account(ids: Collection[UUID]) -> Q:
    return Q(pk__in=ids)


@reach(Notice, Reach.OWN)
def own_notices(ids: Collection[UUID]) -> Q:
    return Q(user__in=ids)


@reach(ApiToken, Reach.OWN)
def own_tokens(ids: Collection[UUID]) -> Q:
    return Q(user__in=ids)
