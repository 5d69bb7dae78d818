"""The door to the engine: theories as values, checked, drawn, compared, and written to files."""
