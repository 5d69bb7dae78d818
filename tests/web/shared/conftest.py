"""People with a role on the whole site."""

import time
from datetime import date

import pytest

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import RoleGrant
from biotoop.web.shared.actions import schedule
from biotoop.web.shared.enums import Kind


@pytest.fixture(autouse=True)
def _no_work_of_the_day(monkeypatch):
    monkeypatch.setattr(schedule, "DAILY", set())


@pytest.fixture
def signed_in(db):  # noqa: ARG001 - the person stands there
    """Give a function that signs somebody in with a role."""

    def sign_in(client, role: str):
        user = User.objects.create(email=f"{role}@example.org", name=role.title(), password="!")
        RoleGrant.objects.create(
            user=user, role=role, kind=Kind.SITE, scope_id=None, starts_on=date(2020, 1, 1)
        )
        client.force_login(user)
        session = client.session
        session["began"] = session["seen"] = int(time.time())
        session.save()
        client.user = user
        return client

    return sign_in
