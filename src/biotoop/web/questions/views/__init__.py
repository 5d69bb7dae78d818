"""Pages about questions."""
