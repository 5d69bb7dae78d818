"""The machine that watches over the server learns what works."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from biotoop.web.shared.models import Worker


def test_being_alive_asks_the_database_nothing(client):
    client.cookies["biotoop-session"] = "of somebody"

    assert client.get("/health/live").content == b"ok\n"


@pytest.mark.django_db
def test_with_a_living_worker_the_server_is_ready(client):
    Worker.objects.create()

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert set(answer.json().values()) == {True}


@pytest.mark.django_db
def test_a_worker_that_was_long_unseen_does_not_count(client, settings):
    Worker.objects.create(seen_at=now() - timedelta(seconds=settings.LEASE_SECONDS + 1))

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False, "database": True, "migrations": True, "worker": False, "data": True
    }  # fmt: skip
