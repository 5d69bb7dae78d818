"""Keys with which a person's own programs read or write for them."""

import uuid

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from biotoop.web.accounts.enums import TokenScope
from biotoop.web.accounts.models.people import User


class ApiToken(models.Model):
    """A key of one person; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    scope = models.CharField(
        pgettext_lazy("what a key may do", "may"), max_length=5, choices=TokenScope.choices
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
