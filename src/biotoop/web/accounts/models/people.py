"""A person with an account."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.enums import Digest


def first_language() -> str:
    """Give the language of the site, until a person chooses."""
    return str(settings.LANGUAGE_CODE)


def first_zone() -> str:
    """Give the time zone of the site, until a person chooses."""
    return str(settings.TIME_ZONE)


class Users(BaseUserManager["User"]):
    """Accounts; an e-mail address is one address however its capitals stand."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401 - fields of User
        user = self.model(email=self.normalised(email), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalised(username or ""))

    @staticmethod
    def normalised(email: str) -> str:
        return email.strip().lower()


class User(AbstractBaseUser):
    """A person who can sign in. What they may do is decided by the rooms above this one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    needs_second_factor = models.BooleanField(_("must use a second factor"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(default=now)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=first_language
    )
    time_zone = models.CharField(_("time zone"), max_length=50, default=first_zone)
    digest = models.CharField(
        _("news by mail"), max_length=6, choices=Digest.choices, default=Digest.WEEKLY
    )
    unread = models.PositiveIntegerField(default=0, editable=False)  # kept with the notices

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="user_email_in_lower_case",
                condition=models.Q(email=Lower("email")),
            )
        ]

    def __str__(self) -> str:
        return self.name
