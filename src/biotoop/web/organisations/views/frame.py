"""What every page about an organisation has: who asks, the way here, and the tabs."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from biotoop.web.organisations.models import GuestLink, Invitation, Membership, Organisation
from biotoop.web.organisations.rules import places_in
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, could, may_make, visible
from biotoop.web.shared.views.records import Trail

A_PAGE = 25


def person(request: ReaderRequest) -> UUID:
    """Give who does this; what is written down must have somebody who did it."""
    if request.reader.user_id is None:
        raise PermissionDenied
    return request.reader.user_id


def trail_to(organisation: Organisation) -> Trail:
    """Give the way to an organisation."""
    return [
        (reverse("organisations:list"), _("Organisations")),
        (organisation.get_absolute_url(), str(organisation)),
    ]


def trail_to_people(organisation: Organisation) -> Trail:
    """Give the way to the people of an organisation."""
    here = reverse("organisations:people", args=[organisation.pk])
    return [*trail_to(organisation), (here, _("People"))]


def tabs_of(reader: Reader, organisation: Organisation) -> list[tuple[str, str]]:
    """Give the pages of an organisation that this reader may open."""
    at = organisation.pk
    tabs = [(organisation.get_absolute_url(), _("Overview"))]
    if visible(reader, Membership).filter(organisation=at).exists():
        tabs.append((reverse("organisations:people", args=[at]), _("People")))
    if may_make(reader, Invitation, Kind.ORGANISATION, at):
        tabs.append((reverse("organisations:invitations", args=[at]), _("Invitations")))
    if may_open_doors(reader, organisation):
        tabs.append((reverse("organisations:guest_links", args=[at]), _("Guest links")))
    return tabs


def may_open_doors(reader: Reader, organisation: Organisation) -> bool:
    """Tell whether a reader may let guests in somewhere in an organisation."""
    if may_make(reader, GuestLink, Kind.ORGANISATION, organisation.pk):
        return True
    if not could(reader, "organisations.GuestLink", Verb.MAKE):
        return False
    places = (value.partition(":") for value, _words in places_in(reader, organisation.pk))
    return any(may_make(reader, GuestLink, Kind(kind), UUID(pk)) for kind, _colon, pk in places)


def is_elsewhere(reader: Reader, organisation: Organisation) -> bool:
    """Tell whether a reader has no role here: then it is written down that they looked."""
    return organisation.pk not in {grant.home for grant in reader.grants}
