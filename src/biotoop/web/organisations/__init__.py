"""Organisations, the people in them, and what they may do."""
