"""Who may do what: one matrix, read from the permission files of all apps.

What ``visible`` lists is what ``may`` allows. An app says in its ``rules.py`` which rows lie
within a place (``reach``, ``place``), and in its ``permissions.toml`` which role may do what how
far; ``limit`` says what must be open as well, whatever a role gives. The whole matrix stands in
docs/reference/permissions.md.
"""

from biotoop.web.shared.rules.asking import ask
from biotoop.web.shared.rules.deciding import (
    allowed,
    condition,
    could,
    found,
    left_open,
    may,
    may_make,
    visible,
)
from biotoop.web.shared.rules.matrix import Matrix, Operation, matrix
from biotoop.web.shared.rules.readers import ANYBODY, NOBODY, Grant, Reader, ReaderRequest
from biotoop.web.shared.rules.registry import lies_within, limit, place, reach

__all__ = [
    "ANYBODY",
    "NOBODY",
    "Grant",
    "Matrix",
    "Operation",
    "Reader",
    "ReaderRequest",
    "allowed",
    "ask",
    "condition",
    "could",
    "found",
    "left_open",
    "lies_within",
    "limit",
    "matrix",
    "may",
    "may_make",
    "place",
    "reach",
    "visible",
]
