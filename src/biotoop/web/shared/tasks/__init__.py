"""Work for later, in the words of ``django_tasks``: the backend, and the tasks of this app."""

from biotoop.web.shared.tasks import files, letters
from biotoop.web.shared.tasks.backend import TableBackend, as_result, enqueue_once, put

__all__ = ["TableBackend", "as_result", "enqueue_once", "files", "letters", "put"]
