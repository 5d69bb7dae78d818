"""A browser in which somebody is signed in."""

import time

from django.test import Client

from biotoop.web.accounts.models import User


def signed_in(user: User, *, with_code: bool = True) -> Client:
    """Sign somebody in, seen just now, the second step done."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session["with-code"] = with_code
    session.save()
    return client
