"""What the API keeps of its own."""

from biotoop.web.api.models.calls import KeptCall

__all__ = ["KeptCall"]
