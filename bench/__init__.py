"""Benchmarks against named peers, and other long calculations that are run by one command."""
