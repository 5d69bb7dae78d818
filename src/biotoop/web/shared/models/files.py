"""Files that people put with a record."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file with a record. Who may see or change the record may see or change its files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField(max_length=60)  # the label of the owner's model
    owner_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=100)  # by content, not by what the sender said
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    made_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner_kind", "owner_id"], name="file_owner")]

    def __str__(self) -> str:
        return self.name
