"""The tables that every app stands on."""

from biotoop.web.shared.models.audit import AppendOnly, AuditEntry, AuditSeal
from biotoop.web.shared.models.jobs import Job, Worker

__all__ = ["AppendOnly", "AuditEntry", "AuditSeal", "Job", "Worker"]
