"""What every record of the workplace has: an identity, dates, and an edition."""

import uuid
from typing import Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Record(models.Model):
    """A thing that people make and change together; archived is away, but not gone.

    The edition counts the changes. Who changes a record says which edition they saw, so that
    nobody overwrites what another did in the meantime (``shared.actions.records``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("made on"), default=now, editable=False)
    changed_at = models.DateTimeField(_("changed on"), default=now, editable=False)
    archived_at = models.DateTimeField(_("archived on"), null=True, editable=False)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        self.changed_at = now()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "changed_at"}
        super().save(*arguments, **options)

    @property
    def is_archived(self) -> bool:
        """Tell whether the record was put away."""
        return self.archived_at is not None
