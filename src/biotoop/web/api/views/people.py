"""Who asks, and their news."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import text_of
from biotoop.web.accounts.models import Notice
from biotoop.web.api.bridge.answers import places as told
from biotoop.web.api.bridge.requests import PlainListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.shared.rules import visible


@operation("GET", "me", "me", words=_("Who you are here, and what your key may do"),
           answers=told.Me)  # fmt: skip
def me(call: Call) -> told.Me:
    user, token = call.user, call.caller.token
    roles = [
        told.Held(role=grant.role.value, kind=grant.kind.value, place=grant.scope_id)
        for grant in call.reader.grants
    ]
    return told.Me(
        id=user.pk, name=user.name, language=user.language, scope=token.scope,
        expires_at=token.expires_at, roles=tuple(roles),
    )  # fmt: skip


@operation("GET", "notices", "notices", words=_("Your news"), answers=told.Notice, many=True,
           query=PlainListQuery)  # fmt: skip
def notices(call: Call) -> Listed:
    return call.page(visible(call.reader, Notice), written)


def written(rows: Iterable[Notice]) -> list[told.Notice]:
    return [
        told.Notice(
            id=row.pk, code=row.code, text=text_of(row), about=row.object_id,
            created_at=row.created_at, read_at=row.read_at,
        )
        for row in rows
    ]  # fmt: skip
