"""Which column, or which scale of an instrument, measures which node."""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import NAME


class Direction(StrEnum):
    """Which way is the intended change."""

    INCREASE = "increase"
    DECREASE = "decrease"


@attrs.frozen(kw_only=True)
class Measure:
    """One way of measuring a node: a column, or a scale scored from items."""

    id: str = field("Short name; becomes a column of the analysis table.", pattern=NAME)
    node: str = field("Code of the node that is measured.")
    label: Text = field("Name of the measure on screen.")
    definition: Text = field("What exactly is counted or scored, and over which period.")
    dataset: str = field("Dataset that holds it.")
    column: str | None = field(
        "Column that holds it; else give instrument and items.", default=None
    )
    instrument: str | None = field("Code of the instrument, such as DJG6.", default=None)
    scale: str | None = field("Scale of the instrument; else its total.", default=None)
    items: Mapping[str, str] = field("Column for each item of the instrument.", factory=dict)
    unit: Text = field("Unit, such as points (0-6) or dollars per year.")
    percent: bool | None = field(
        "Whether a share between 0 and 1 is shown in percentage points.", default=None
    )
    intended: Direction = field("Whether an increase or a decrease is intended.")
    standard_deviation: float | None = field(
        "Standard deviation for the standardised effect, when taken from a norm.",
        default=None,
        exclusiveMinimum=0,
    )
    standard_deviation_source: Text | None = field("Where that came from.", default=None)


@attrs.frozen(kw_only=True)
class Measures:
    """All measures of a study."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    measures: tuple[Measure, ...] = field("The measures.", default=())

    def measure(self, name: str) -> Measure:
        """Give a measure by its short name.

        Raises
        ------
        KeyError
            No measure has this name.
        """
        for measure in self.measures:
            if measure.id == name:
                return measure
        raise KeyError(name)
