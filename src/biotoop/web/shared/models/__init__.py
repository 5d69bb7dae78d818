"""The tables that every app stands on."""

from biotoop.web.shared.models.audit import AppendOnly, AuditEntry, AuditSeal
from biotoop.web.shared.models.files import StoredFile
from biotoop.web.shared.models.finding import SearchEntry, SearchWord
from biotoop.web.shared.models.jobs import Job, Worker
from biotoop.web.shared.models.letters import Letter

__all__ = [
    "AppendOnly",
    "AuditEntry",
    "AuditSeal",
    "Job",
    "Letter",
    "SearchEntry",
    "SearchWord",
    "StoredFile",
    "Worker",
]
