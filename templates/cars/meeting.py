"""What whoever greets or accompanies the guests is told, and a route that is missing."""

from models.records.cars import Trip
from models.reminders.meeting import booked, escorts, greets, lacks_route
from templates.reading import facts
from templates.reading.party import party_lines
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention


def meets_guests(scene: Scene) -> Message | None:
    """The card of whoever greets the guests: who, when, where, with what (F12)."""
    if scene.is_off or scene.is_over or scene.visit.left_at is not None:
        return short(scene.say("cars", "trip_over"))
    if not scene.reader.is_among([greets(scene.picture)]):
        return short(scene.say("drives", "greets_no_more"))
    said, language = scene.picture.notice, scene.language

    def words(key: str) -> Text | None:
        return guard(str(said[key]), 300) if key in said else None

    card = Card()
    title = scene.say("drives", "greets", when=scene.arrival)
    card.header(title)
    card.facts(
        [
            (language._("Where"), words("greeting_place")),
            (language._("Lead guest"), facts.lead_guest(scene)),
            (language._("Party"), facts.people_count(scene)),
            (language._("Travel"), facts.travel(scene)),
            (language._("Contact's phone"), facts.contact(scene)),
            (language._("Host"), mention(scene.visit.host_id)),
            (language._("Name sign"), words("name_sign")),
            (
                language._("Flowers"),
                language._("Yes") if said.get("welcome_flowers") == "yes" else None,
            ),
            (language._("Banner"), words("banner")),
        ]
    )
    card.text(party_lines(scene))
    return Message(title.fallback(), card.done())


def escort_plan(scene: Scene) -> Message | None:
    """Hotel and restaurant with the reader's own car, told to each escort (E20)."""
    if scene.is_over or not scene.reader.is_among(escorts(scene.picture)):
        return short(scene.say("cars", "trip_over"))
    hotel = scene.picture.notice.get("hotel")
    lines = [scene.say("drives", "hotel", hotel=guard(str(hotel), 200)) if hotel else None]
    for task in booked(scene.picture):
        title = terms.task_of(scene.language, scene.picture, task)
        lines.append(scene.say("drives", "booked", item=title))
    said = scene.say("drives", "plan", when=scene.arrival)
    card = Card()
    card.text(joined("\n", [joined(" ", [scene.addressed(), said]), *lines]))
    mine = [trip for trip in scene.picture.trips if _rides(scene, trip)]
    for trip in mine:
        line = facts.trip_line(scene, trip)
        card.text(joined("\n", [scene.say("drives", "your_car"), line]))
    if not mine:
        card.small(scene.say("drives", "no_car_yet"))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def route_missing(scene: Scene) -> Message | None:
    """The guests come in their own car, and nobody has said where they are met and which way they
    come (R6.6)."""
    if scene.is_over or scene.visit.left_at is not None:
        return short(scene.say("cars", "trip_over"))
    if not lacks_route(scene.picture):
        return short(scene.say("drives", "route_there"))
    said = scene.say("drives", "route_missing", when=scene.arrival)
    card = Card()
    card.text(said)
    card.buttons(scene.visit_button(ids.SHOW_NOTICE, scene._("Fill in")), scene.details_button())
    return Message(said.fallback(), card.done())


def _rides(scene: Scene, trip: Trip) -> bool:
    return scene.reader.is_among(list(trip.escorts))
