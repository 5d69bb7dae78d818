"""All operations: what each is called, asks, takes and answers; the description follows this."""

from collections.abc import Callable
from typing import Any

import attrs
from django.utils.functional import Promise

from biotoop.web.api.bridge.requests import NoQuery

Words = str | Promise
Handle = Callable[..., Any]


@attrs.frozen(kw_only=True)
class Operation:
    """One method at one address.

    ``many`` answers a page of rows; ``bare`` answers a file as it is; ``repeats`` takes a key with
    which the same call may come twice.
    """

    name: str
    method: str
    path: str
    part: str
    words: Words
    handle: Handle
    answers: type | None
    query: type = NoQuery
    body: type | None = None
    status: int = 200
    many: bool = False
    repeats: bool = False

    @property
    def writes(self) -> bool:
        """Tell whether it changes anything."""
        return self.method != "GET"


OPERATIONS: list[Operation] = []


def operation(
    method: str, path: str, name: str, *, words: Words, answers: type | None, **more: Any  # noqa: ANN401 - as Operation
) -> Callable[[Handle], Handle]:  # fmt: skip
    """Keep a function as an operation; the part is the file in which it stands."""

    def keep(handle: Handle) -> Handle:
        OPERATIONS.append(
            Operation(
                method=method,
                path=path,
                name=name,
                words=words,
                answers=answers,
                handle=handle,
                part=handle.__module__.rpartition(".")[2],
                **more,
            )
        )
        return handle

    return keep


def by_path() -> dict[str, dict[str, Operation]]:
    """Give the operations of every address, by method."""
    found: dict[str, dict[str, Operation]] = {}
    for each in OPERATIONS:
        found.setdefault(each.path, {})[each.method] = each
    return found
