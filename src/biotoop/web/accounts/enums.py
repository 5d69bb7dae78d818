"""The words that the tables of accounts use."""

from django.db import models


class AttemptKind(models.TextChoices):
    """What somebody tried."""

    PASSWORD = "password"  # noqa: S105 - a kind of attempt
    CODE = "code"
