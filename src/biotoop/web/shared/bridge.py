"""The door to the engine: numbers as readers write them."""

from biotoop.engine.core.formats import euros, number, percent
from biotoop.engine.reports.decimals import shared_decimals

__all__ = ["euros", "number", "percent", "shared_decimals"]
