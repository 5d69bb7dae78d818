"""The command line: one file a command; it imports the engine only."""

from biotoop.cli.program import main

__all__ = ["main"]
