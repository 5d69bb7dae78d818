"""Organisations, who belongs to them, and who was given what."""

from biotoop.web.organisations.models.invitations import GuestLink, Invitation
from biotoop.web.organisations.models.organisations import Membership, Organisation
from biotoop.web.organisations.models.roles import RoleGrant, ScopedModel

__all__ = ["GuestLink", "Invitation", "Membership", "Organisation", "RoleGrant", "ScopedModel"]
