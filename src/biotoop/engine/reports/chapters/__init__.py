"""The chapters of the report: each turns findings into blocks."""
