"""Browsers in which somebody is signed in, and what a page asks of the database."""

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from biotoop.web.accounts.models import User


def signed_in(user: User) -> Client:
    """Give a browser in which this person is signed in, and was seen just now."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session.save()
    return client


def asked(client: Client, address: str) -> tuple[int, str]:
    """Open a page; give how many questions it asked the database, and the page."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return len(seen), answer.content.decode()
