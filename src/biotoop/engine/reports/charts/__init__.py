"""Charts as SVG: every one with its words, and its figures as a table."""
