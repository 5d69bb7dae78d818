"""The words that the tables of accounts use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptKind(models.TextChoices):
    """What somebody tried."""

    PASSWORD = "password"  # noqa: S105 - a kind of attempt
    CODE = "code"
    RESET = "reset"


class Digest(models.TextChoices):
    """How often a person gets their news by mail."""

    NONE = "none", _("never")
    DAILY = "daily", _("every day that there is news")
    WEEKLY = "weekly", _("on Monday, when there is news")


class TokenScope(models.TextChoices):
    """What a program may do with a key."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")
