"""Biotoop: what difference social work makes, for whom, how plausibly, and what it is worth.

This module stays empty of imports, so that ``import biotoop`` takes no time; take what you need
from the rooms of `biotoop.engine`.
"""

__version__ = "0.1.0"
