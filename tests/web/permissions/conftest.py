"""The world is built once for a module, and taken away after it."""

import pytest
from django.db import transaction

from web.permissions import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
