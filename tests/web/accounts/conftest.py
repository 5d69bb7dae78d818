"""People with accounts."""

import time

import pytest

from biotoop.web.accounts.actions import second_factors
from biotoop.web.accounts.models import User

PASSWORD = "een lange zin als wachtwoord"


@pytest.fixture
def fatma(db) -> User:  # noqa: ARG001 - her account stands there
    return User.objects.create_user("Fatma@Example.org", PASSWORD, name="Fatma")


@pytest.fixture
def staff(db) -> User:  # noqa: ARG001 - as above
    return User.objects.create_user(
        "bas@example.org", PASSWORD, name="Bas", needs_second_factor=True
    )


@pytest.fixture
def secret(fatma) -> str:
    """Give the secret in Fatma's app, set up a good while ago."""
    made = second_factors.new_secret()
    assert second_factors.set_up(fatma, made, code(made)) is not None
    type(fatma.second_factor).objects.update(last_step=0)
    return made


def code(secret: str, early: int = 0) -> str:
    """Give the code that an app shows now, or so many steps ago."""
    return second_factors.code_at(secret, int(time.time()) // 30 - early)


def sign_in(client, email: str = "fatma@example.org", password: str = PASSWORD, **more: str):
    return client.post("/inloggen/", {"email": email, "password": password}, **more)
