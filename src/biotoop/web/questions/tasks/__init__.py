"""What the worker does for questions."""

from biotoop.web.questions.tasks import addresses

__all__ = ["addresses"]
