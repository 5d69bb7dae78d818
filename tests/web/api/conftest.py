"""Somebody with a key, and a program that uses it."""

import json
from typing import Any

import attrs
import pytest
from django.core.cache import cache
from django.test import Client

from biotoop.web.accounts.actions import tokens
from biotoop.web.accounts.models import User
from biotoop.web.api import urls  # noqa: F401 - they fill the operations
from web.interviews.conftest import (  # noqa: F401 - fixtures of the floor below
    beekwaarde,
    elsewhere,
    held,
    owner,
    partnership,
    programme,
    reader,
    researcher,
    second,
    stranger,
    study,
    theory,
    version,
    words,
)

ROOT = "/api/v1/"


@attrs.frozen
class Program:
    """A program with the key of somebody."""

    secret: str

    def call(self, method: str, path: str, body: Any = None, **headers: str):
        """Call an address of the API."""
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        named = {"Authorization": f"Bearer {self.secret}", **headers}
        kind = named.pop("Content_Type", "application/json")
        sent = {name.replace("_", "-"): value for name, value in named.items()}
        return Client().generic(method, ROOT + path, content, content_type=kind, headers=sent)

    def get(self, path: str, **headers: str):
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str):
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str):
        return self.call("PUT", path, body, **headers)

    def all(self, path: str, limit: int = 200) -> list[dict]:
        """Walk through a whole list."""
        found, after = [], ""
        while True:
            page = self.get(f"{path}?limit={limit}{after}").json()
            found += page["items"]
            if page["next"] is None:
                return found
            after = f"&after={page['next']}"


def program(user: User, scope: str = "write") -> Program:
    """Give a program of somebody."""
    return Program(tokens.make(user, name="notebook", scope=scope, days=30)[1])


@pytest.fixture(autouse=True)
def _nobody_called_yet():
    cache.clear()


@pytest.fixture
def lab(researcher) -> Program:  # noqa: F811 - pytest's way
    return program(researcher)


@pytest.fixture
def writer(owner) -> Program:  # noqa: F811 - as above
    return program(owner)
