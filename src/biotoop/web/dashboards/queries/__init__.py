"""What the pages over all records are asked."""

from biotoop.web.dashboards.queries import together, waiting

__all__ = ["together", "waiting"]
