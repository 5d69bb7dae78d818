"""Whoever asks, with everything that they were given."""

from uuid import UUID

import attrs
from django.http import HttpRequest

from biotoop.web.shared.enums import Kind, Role


@attrs.frozen
class Grant:
    """A role in a place (the whole site has no id), and the organisation that stands behind it."""

    role: Role
    kind: Kind
    scope_id: UUID | None = None
    organisation_id: UUID | None = None

    @property
    def home(self) -> UUID | None:
        """Give the organisation whose partners count as partners under this role."""
        return self.scope_id if self.kind == Kind.ORGANISATION else self.organisation_id


@attrs.frozen
class Reader:
    """A person, or nobody in particular; everybody has at least what any visitor has."""

    user_id: UUID | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Give the roles, wherever they hold."""
        return frozenset(grant.role for grant in self.grants)

    def places(self, kind: Kind) -> frozenset[UUID]:
        """Give the places of one kind in which this reader has a role."""
        here = (g.scope_id for g in self.grants if g.kind == kind)
        return frozenset(place for place in here if place is not None)


ANYBODY = Grant(Role.VISITOR, Kind.SITE)
NOBODY = Reader(grants=(ANYBODY,))


class ReaderRequest(HttpRequest):
    """A request as views get it."""

    reader: Reader
