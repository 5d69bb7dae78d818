"""Effects from panels: the same units over time, from sums that keep no rows.

One call for each design: ``fixed_effects`` (an effect for each unit and period) and
``callaway_santanna`` (groups that start at different moments),
``dose_response`` (how much of something was given).
"""

from biotoop.engine.effects.panel.dose_effects import dose_response
from biotoop.engine.effects.panel.multiple import multiple_testing
from biotoop.engine.effects.panel.staggered import callaway_santanna
from biotoop.engine.effects.panel.two_way import fixed_effects

__all__ = ["callaway_santanna", "dose_response", "fixed_effects", "multiple_testing"]
