"""Why a release cannot be decided on, or may not be made."""

from typing import ClassVar

from biotoop.engine.core.errors import DisclosureRefused


class InconsistentTables(DisclosureRefused):
    """Tables contradict one another or an earlier release. Parameters: cell, first, second."""

    code: ClassVar[str] = "disclosure.inconsistent_tables"


class FaultyTable(DisclosureRefused):
    """A table is not one. Parameters: table, reason."""

    code: ClassVar[str] = "disclosure.faulty_table"


class ImpossibleKnowledge(DisclosureRefused):
    """What is published contradicts itself, so nothing can be recovered from it."""

    code: ClassVar[str] = "disclosure.impossible_knowledge"
