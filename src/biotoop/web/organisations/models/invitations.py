"""Ways in by link: an invitation to belong, or a look around as a guest."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.enums import InvitationState
from biotoop.web.organisations.models.organisations import Membership, Organisation
from biotoop.web.organisations.models.roles import HAS_PLACE, ScopedModel
from biotoop.web.shared.enums import Role


class Invitation(ScopedModel):
    """A link in a mail that makes somebody a member with a role, once."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    role_ends_on = models.DateField(_("role until"), null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("link works until"))
    sent_at = models.DateTimeField(_("sent on"))
    times_sent = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="invitations_made"
    )
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, related_name="invitations"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.CheckConstraint(name="invitation_has_a_place", condition=HAS_PLACE),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def state(self, at: datetime) -> InvitationState:
        """Tell where the invitation stands."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= at else InvitationState.OPEN


class GuestLink(ScopedModel):
    """A link that lets whoever has it look at one place, without an account, for a time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="guest_links")
    purpose = models.CharField(_("for whom, and why"), max_length=200)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("link works until"))
    withdrawn_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="guest_links")
    used_at = models.DateTimeField(_("last used on"), null=True)

    class Meta:
        verbose_name = _("guest link")
        verbose_name_plural = _("guest links")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="guest_link_has_a_place",
                condition=~models.Q(kind="site") & models.Q(scope_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.purpose

    def works(self, at: datetime) -> bool:
        """Tell whether the link opens anything."""
        return self.withdrawn_at is None and self.expires_at > at
