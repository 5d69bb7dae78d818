"""Organisations, people, programmes, policy goals, and who asks."""

import datetime as dt
from uuid import UUID

import attrs

from biotoop.engine.core.schema import field
from biotoop.web.accounts.enums import TokenScope
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.programmes.enums import ProgrammeStatus
from biotoop.web.shared.enums import Kind, Role


@attrs.frozen(kw_only=True)
class Held:
    """A role in a place."""

    role: str = field("The role.", enum=Role.values)
    kind: str = field("Kind of place.", enum=Kind.values)
    place: UUID | None = field("Id of the place; nothing for the whole site.", default=None)


@attrs.frozen(kw_only=True)
class Me:
    """Who asks, with which key."""

    id: UUID = field("Id of the person.")
    name: str = field("Name.", minLength=0)
    language: str = field("Language of messages.", enum=["nl", "en"])
    scope: str = field("What the key may do.", enum=TokenScope.values)
    expires_at: dt.datetime = field("Until when the key works.")
    roles: tuple[Held, ...] = field("Roles today.")


@attrs.frozen(kw_only=True)
class Organisation:
    """A partner in the work."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    name: str = field("Name.")
    kind: str = field("Kind of organisation.", enum=OrganisationKind.values)
    place: str = field("Place or region.", minLength=0)
    zone: str = field("Time zone.")


@attrs.frozen(kw_only=True)
class Person:
    """Somebody who belongs to an organisation."""

    id: UUID = field("Id of the membership.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    person: UUID = field("Id of the person.")
    name: str = field("Name.", minLength=0)
    organisation: UUID = field("Id of the organisation.")
    job: str = field("Job.", minLength=0)
    starts_on: dt.date = field("First day.")
    ends_on: dt.date | None = field("Last day, when there is one.")
    roles: tuple[str, ...] = field("Roles that you may know of.")


@attrs.frozen(kw_only=True)
class Programme:
    """What an organisation offers to people."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    organisation: UUID = field("Id of the organisation.")
    name_nl: str = field("Name in Dutch.", minLength=0)
    name_en: str = field("Name in English.", minLength=0)
    place: str = field("Place or region.", minLength=0)
    status: str = field("Where it stands.", enum=ProgrammeStatus.values)
    summary: str = field("What it is, for whom.", minLength=0)


@attrs.frozen(kw_only=True)
class PolicyGoal:
    """What a municipality wants to reach."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    organisation: UUID = field("Id of the municipality.")
    name_nl: str = field("Name in Dutch.", minLength=0)
    name_en: str = field("Name in English.", minLength=0)
    description_nl: str = field("Description in Dutch.", minLength=0)
    description_en: str = field("Description in English.", minLength=0)
    starts_on: dt.date | None = field("From.")
    ends_on: dt.date | None = field("Until.")
    is_public: bool = field("Anybody may read it.")


@attrs.frozen(kw_only=True)
class Notice:
    """One piece of news for you."""

    id: UUID = field("Id.")
    code: str = field("Which news it is.")
    text: str = field("The news, in your language.", minLength=0)
    about: UUID | None = field("Id of what it is about.")
    created_at: dt.datetime = field("When it came.")
    read_at: dt.datetime | None = field("When you read it.")
