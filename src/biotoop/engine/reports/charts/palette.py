"""The colours of every drawing: one green, greys, and a dark red for what works the wrong way.

The page maps them to its own colours for a dark screen (``templates/colours.css``), so a drawing
uses these and no others.
"""

INK = "#17231f"
SOFT = "#4f5d57"
GRID = "#e0e6e3"
ZERO = "#7b8a83"
BAND = "#c3ceca"
GREEN = "#0b6b55"
PAPER = "#ffffff"
