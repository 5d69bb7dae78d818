"""Theories of change: drafted together, reviewed, published as versions, read by everybody."""
