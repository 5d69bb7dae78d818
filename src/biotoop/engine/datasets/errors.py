"""What the data rooms refuse, each with its own code."""

from biotoop.engine.core.errors import EngineError


class InvalidData(EngineError):
    """A table of data cannot be taken as it is. Parameters: file, reason."""

    code = "datasets.invalid_data"


class UnknownColumn(EngineError):
    """A column is asked for that the table lacks. Parameters: column, allowed."""

    code = "datasets.unknown_column"


class NotNumeric(EngineError):
    """A column with words is used as a number. Parameters: column, what."""

    code = "datasets.not_numeric"


class TooManyCells(EngineError):
    """Grouping would keep about a cell for each row. Parameters: cells, most, columns."""

    code = "datasets.too_many_cells"


class QueryFailed(EngineError):
    """The data engine could not carry out a query: no memory, no disk, a file that is broken.

    Parameters: reason.
    """

    code = "datasets.query_failed"
