"""Pages over all records."""
