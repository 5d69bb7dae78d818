"""The figures behind a report as tables, with a codebook of every column."""
