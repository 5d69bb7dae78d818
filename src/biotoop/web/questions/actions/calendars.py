"""A gathering as a calendar file (RFC 5545): a stable UID, and a SEQUENCE that counts changes."""

from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from biotoop.web.questions.enums import GatheringState
from biotoop.web.questions.models import Gathering
from biotoop.web.shared.actions.mail import link

MAKER = "-//Biotoop//gatherings//NL"


def calendar_file(gathering: Gathering) -> bytes:
    """Write the file; it names nobody who comes."""
    zone = ZoneInfo(gathering.organisation.zone)
    event = Event()
    event.add("uid", f"{gathering.pk}@biotoop")
    event.add("sequence", gathering.sequence)
    event.add("dtstamp", gathering.changed_at)
    event.add("summary", gathering.title)
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event["location"] = vText(gathering.place)
    event.add("description", gathering.about)
    event.add("url", link(gathering.get_absolute_url()))
    event.add("status", status_of(gathering))
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    made.add_missing_timezones()
    written: bytes = made.to_ical()
    return written


def status_of(gathering: Gathering) -> str:
    """Tell calendars where it stands."""
    known = {GatheringState.CANCELLED: "CANCELLED", GatheringState.OPEN: "CONFIRMED"}
    return known.get(GatheringState(gathering.state), "TENTATIVE")
