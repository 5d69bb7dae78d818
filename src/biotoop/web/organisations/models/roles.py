"""Roles that people were given, each for a place and for a time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models.organisations import Membership
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models.records import Record

HAS_PLACE = models.Q(kind=Kind.SITE, scope_id=None) | (
    ~models.Q(kind=Kind.SITE) & models.Q(scope_id__isnull=False)
)


class ScopedModel(Record):
    """A row that is about a place: the whole site, or one thing with a number of its own."""

    kind = models.CharField(_("where"), max_length=12, choices=Kind.choices)
    scope_id = models.UUIDField(null=True, blank=True)

    class Meta:
        abstract = True


class RoleGrant(ScopedModel):
    """A role for a person, in a place, from a day until a day (that day included).

    A role given through a membership ends with it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    membership = models.ForeignKey(
        Membership, models.CASCADE, null=True, related_name="role_grants"
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes: ClassVar = [
            models.Index(fields=["kind", "scope_id"], name="role_grant_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="role_grant_has_a_place", condition=HAS_PLACE),
            models.CheckConstraint(
                name="role_grant_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.user})"
