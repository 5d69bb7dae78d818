"""What people are told."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.timezone import now

from biotoop.web.accounts.models.people import User


class Notice(models.Model):
    """One thing that one person is told: a text by its code, and where it is about."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=60)
    words = models.JSONField(default=dict)  # what the text names: a title, a name
    url_name = models.CharField(max_length=100)
    object_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-created_at"], name="notice_of")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "code", "object_id"],
                condition=models.Q(read_at=None),
                name="told_once_until_read",
            )
        ]

    def __str__(self) -> str:
        return self.code
