"""Calls that may come twice: what was answered the first time."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.timezone import now

from biotoop.web.accounts.models import User


class KeptCall(models.Model):
    """A call with a key of its own. The answer names what was made, and holds no words of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        verbose_name = "kept call"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="called_once_with_a_key")
        ]

    def __str__(self) -> str:
        return self.key
