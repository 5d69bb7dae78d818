"""No operation opens without a key that works, and none writes with a key that may only read."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from biotoop.web.accounts.actions import tokens
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.api.views.operations import OPERATIONS
from web.api.conftest import Program, program

pytestmark = pytest.mark.django_db


def address(path: str) -> str:
    """Fill an address with ids of nothing."""
    return re.sub(r"<uuid:\w+>", lambda _: str(uuid4()), path).replace("<int:number>", "1")


def answers(asking: Program, *, writing: bool | None = None) -> set[int]:
    tried = [each for each in OPERATIONS if writing is None or each.writes == writing]
    return {
        asking.call(each.method, address(each.path), {} if each.body else None).status_code
        for each in tried
    }


@pytest.fixture(autouse=True)
def _as_often_as_it_takes(settings):
    settings.API_CALLS = 1_000_000


def test_without_a_key_or_with_one_that_is_over_every_operation_is_closed(researcher):
    over, gone, left = (program(researcher) for _ in range(3))
    past = now() - timedelta(seconds=1)
    ApiToken.objects.filter(digest=tokens.digest(over.secret)).update(expires_at=past)
    tokens.withdraw(researcher, ApiToken.objects.get(digest=tokens.digest(gone.secret)).pk)

    assert answers(Program("")) == answers(over) == answers(gone) == {401}
    assert 401 not in answers(left)
    User.objects.filter(pk=researcher.pk).update(is_active=False)
    assert answers(left) == {401}


def test_a_key_that_may_only_read_writes_nowhere(researcher):
    assert answers(program(researcher, "read"), writing=True) == {403}
    assert answers(program(researcher, "read"), writing=False) == {200, 404}
