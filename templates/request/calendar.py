"""One visit as a file that calendars read (RFC 5545)."""

from datetime import UTC
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vCalAddress

from models.base.words import VisitStatus
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Attachment, Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text

_PRODUCT = "-//Usher//Customer visits//EN"
_HOST = "usher.invalid"  # no mail goes there; the field must not be empty
_STATUSES = {VisitStatus.REQUESTED: "TENTATIVE", VisitStatus.CHANGES_ASKED: "TENTATIVE"}


def calendar(scene: Scene) -> Message:
    """The file for whoever asked for it, and anew when the visit moves or does not take place."""
    said = scene.say("keeping", "calendar_over" if scene.is_off else "calendar", when=scene.arrival)
    card = Card()
    card.text(said)
    card.buttons(scene.details_button())
    attachment = Attachment(f"{scene.visit.number}.ics", as_file(scene))
    return Message(said.fallback(), card.done(), attachment=attachment)


def as_file(scene: Scene) -> bytes:
    """The visit in iCalendar's form: the same UID at all times, SEQUENCE counts its changes, times
    are in UTC. One that does not take place is METHOD:CANCEL."""
    visit = scene.visit
    event = Event()
    event.add("uid", uid(visit.number, visit.created_at.isoformat()))
    event.add("sequence", visit.revision)
    event.add("dtstamp", scene.now.astimezone(UTC))
    event.add("dtstart", visit.arrival.astimezone(UTC))
    event.add("dtend", visit.departure.astimezone(UTC))
    event.add("summary", scene.say("keeping", "calendar_title").plain())
    if visit.meeting_place:
        event.add("location", visit.meeting_place)
    event.add("description", _description(scene))
    event.add(
        "status", "CANCELLED" if scene.is_off else _STATUSES.get(scene.picture.status, "CONFIRMED")
    )
    organizer = vCalAddress(f"mailto:usher@{_HOST}")
    organizer.params["CN"] = "Usher"
    event["organizer"] = organizer
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("method", "CANCEL" if scene.is_off else "PUBLISH")
    file.add_component(event)
    return bytes(file.to_ical())


def uid(number: str, created_at: str) -> str:
    """What one visit is known by in every calendar, whatever becomes of it; another company's visit
    of the same number is another one."""
    return f"{uuid5(NAMESPACE_URL, f'visit:{number}:{created_at}')}@{_HOST}"


def _description(scene: Scene) -> str:
    visit = scene.visit
    lines = [terms.purpose(scene.language, visit.purpose), facts.lead_guest(scene)]
    if visit.meeting_at is not None:
        when = scene.when(visit.meeting_at)
        lines.append(scene.say("keeping", "calendar_meeting", when=when))
    return "\n".join(Text(line).plain() for line in lines if line)
