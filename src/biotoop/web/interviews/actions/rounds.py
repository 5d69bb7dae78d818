"""Say how a round was held."""

from collections.abc import Mapping
from typing import Any

from biotoop.web.accounts.models import User
from biotoop.web.interviews.models import Round
from biotoop.web.shared.actions.records import change as change_record
from biotoop.web.shared.actions.records import keep

PURPOSE = "evidence"


def hold(held: Round, *, by: User) -> Round:
    """Keep a new round."""
    return keep(held, by=by.pk, purpose=PURPOSE)


def change(held: Round, fields: Mapping[str, Any], *, by: User, seen: int) -> Round:
    """Change how a round was held; it counts for all its claims."""
    return change_record(held, fields, edition=seen, by=by.pk, purpose=PURPOSE)
