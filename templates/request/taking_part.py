"""That somebody is named in a visit, with the file for their calendar; and on the day (D08)."""

from models.base.words import Party
from templates.reading import facts
from templates.request.calendar import as_file
from templates.slack.blocks import Card
from templates.slack.message import Attachment, Message
from templates.slack.scene import Scene
from templates.wording.text import Text, joined, mention


def takes_part(scene: Scene) -> Message | None:
    """What the reader is to the visit, and when it is; nothing for who takes no part any more."""
    parts = _parts(scene)
    if not parts or scene.is_off:
        return None
    said = scene.say("notices", "takes_part", parts=parts, when=scene.arrival)
    card = Card()
    card.text(said)
    card.small(_where_and_who(scene))
    card.buttons(scene.details_button())
    attachment = Attachment(f"{scene.visit.number}.ics", as_file(scene))
    return Message(said.fallback(), card.done(), attachment=attachment)


def attends_today(scene: Scene) -> Message | None:
    """In the morning of the day the guests arrive, to a leader who attends."""
    if not scene.reader.is_among(scene.picture.attending) or scene.is_off:
        return None
    people = facts.people_count(scene)
    said = scene.say("notices", "attends_today", when=scene.arrival, people=people)
    card = Card()
    card.text(said)
    card.small(_where_and_who(scene))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def _where_and_who(scene: Scene) -> Text:
    meeting = facts.meeting(scene)
    told = scene.say("notices", "part_meeting", meeting=meeting) if meeting else None
    host = scene.say("notices", "part_host", who=mention(scene.visit.host_id))
    return joined(" · ", [facts.lead_guest(scene), host, told])


def _parts(scene: Scene) -> Text | None:
    """What the reader is to the visit, by the names of the form."""
    picture = scene.picture
    parts = (
        (picture.people(Party.SECOND_HOST), scene._("Second host")),
        (picture.people(Party.ACCOUNT_OWNER), scene._("Account owner")),
        (picture.attending, scene.say("notices", "part_leader")),
    )
    found = [name for people, name in parts if scene.reader.is_among(people)]
    return joined(scene.language.comma, found) or None
