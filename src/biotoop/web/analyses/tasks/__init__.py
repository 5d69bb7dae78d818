"""What the worker does for this app."""

from biotoop.web.analyses.tasks import running

__all__ = ["running"]
