"""Findings shown to readers: HTML that opens offline, tagged PDF, workbook and tables."""
