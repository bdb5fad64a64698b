"""Cars: what the dispatcher assigns, what the driver does, and the alerts of the day (R6)."""

from datetime import datetime

from models.base.permissions import Ability
from models.base.words import TripKind, TripState
from models.cars.drives import ends_of
from models.records.cars import Trip
from models.reminders.meeting import lacks_route
from templates.cars.driving import after_all, drive_buttons, report_back
from templates.reading import drives, facts
from templates.reading.manners import cards_button, cards_line
from templates.reading.party import party_lines
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined, mention

_UNDRIVEN = {TripState.WANTED, TripState.DECLINED}
_ARRIVED = {TripState.HERE, TripState.ABOARD, TripState.DONE}


def cars(scene: Scene) -> Message:
    """The trips of a visit for the dispatcher, each with a button until its car has come."""
    missing = scene.picture.trips_without_driver()
    card = Card()
    card.header(scene.say("cars", "cars_title"))
    if scene.is_off or not scene.picture.trips:
        said = scene.say("cars", "cars_over")
        card.text(said)
        return Message(said.fallback(), card.done())
    if scene.picture.rests:
        said = scene.say("visit", "rests")
        card.text(said)
        return Message(said.fallback(), card.done())
    lead, people = facts.lead_guest(scene), facts.people_count(scene)
    card.text(scene.say("cars", "cars_intro", people=people, lead=lead))
    card.text(onward_line(scene))
    for trip in scene.picture.trips:
        line = facts.trip_line(scene, trip)
        card.text(joined("\n", [line, drives.request_line(scene, trip)]))
        if trip.state == TripState.DECLINED and trip.declined_reason:
            card.quote(guard(trip.declined_reason, 500))
        is_open = trip.state not in _ARRIVED and scene.visit.left_at is None
        card.buttons(assign_button(scene, trip) if is_open else None)
    if not missing:
        done = scene.say("cars", "cars_done")
        card.text(done)
        return Message(done.fallback(), card.done())
    when = scene.when(missing[0].at)
    push = scene.say("cars", "cars_push", count=len(missing), when=when)
    return Message(push.fallback(), card.done())


def assign_button(scene: Scene, trip: Trip) -> Button:
    """Opens the form that gives a trip its driver and car, or others."""
    if trip.state not in _UNDRIVEN:
        return Button(ids.ASSIGN_DRIVER, scene._("Change driver"), ids.pack(trip.id))
    return Button(ids.ASSIGN_DRIVER, scene._("Assign driver"), ids.pack(trip.id), "primary")


def trip_card(scene: Scene) -> Message:
    """A drive offered to a driver: Accept or Can't, and Can't until the car has come."""
    trip = scene.trip()
    if scene.is_off:
        return short(scene.say("cars", "trip_over"))
    if trip is None or not _is_mine(scene, trip):
        declined = trip is not None and trip.assignment == scene.args.get("assignment")
        name = "trip_declined" if declined else "trip_reassigned"
        said = Text(f"{scene.title}\n{scene.say('cars', name)}")
        return short(said, after_all(scene, trip) if trip is not None and declined else None)
    if scene.picture.rests:
        return short(scene.say("visit", "rests"))
    kind, when = scene.trip_kind(trip.kind), scene.when(trip.at)
    card = Card()
    card.header(scene.say("cars", "trip_title", kind=kind, when=when))
    if trip.state == TripState.ASSIGNED:
        card.text(scene.say("cars", "trip_asks"))
    elif trip.state == TripState.ACCEPTED:
        card.text(scene.say("cars", "trip_accepted"))
    else:
        card.text(facts.trip_state(scene, trip))
    card.text(facts.for_other(scene, trip.for_id))
    _trip_facts(scene, card, trip)
    value = ids.pack(trip.id, trip.assignment)
    is_open = scene.visit.left_at is None
    if is_open and trip.state == TripState.ASSIGNED:
        card.buttons(
            Button(ids.ACCEPT_TRIP, scene._("Accept"), value, "primary"),
            Button(ids.DECLINE_TRIP, scene._("Can't"), value, "danger"),
        )
    elif is_open and trip.state == TripState.ACCEPTED:
        card.buttons(Button(ids.DECLINE_TRIP, scene._("Can't"), value))
    else:
        card.buttons(report_back(scene, trip))
    place = drives.way(scene, trip)
    name = "trip_push" if place else "trip_push_short"
    push = scene.say("cars", name, kind=kind, when=when, place=place)
    return Message(push.fallback(), card.done())


def trip_cancelled(scene: Scene) -> Message:
    """A drive that was taken away from the driver who had it."""
    kind = scene.trip_kind(scene.args["kind"])
    when = scene.when(datetime.fromisoformat(scene.args["at"]))
    return short(scene.say("cars", "trip_cancelled", kind=kind, when=when))


def trip_declined(scene: Scene) -> Message | None:
    """A driver cannot: the dispatcher assigns somebody else."""
    trip = scene.trip()
    if trip is None or scene.is_off:
        return None
    said = {
        "kind": scene.trip_kind(trip.kind),
        "when": scene.when(trip.at),
        "driver": mention(scene.args["driver"]),
    }
    card = Card()
    card.text(scene.say("cars", "driver_declined", **said))
    if scene.args.get("reason"):
        card.quote(guard(scene.args["reason"], 500, keep_lines=True))
    card.buttons(assign_button(scene, trip) if trip.state in _UNDRIVEN else None)
    return Message(scene.say("cars", "driver_declined_push", **said).fallback(), card.done())


def car_ready(scene: Scene) -> Message | None:
    """The driver's card for the drive itself: one button at a time (R6.3)."""
    trip = scene.trip()
    if scene.is_off:
        return short(scene.say("cars", "trip_over"))
    if trip is None or trip.driver_id is None or not scene.reader.is_among([trip.driver_id]):
        said = scene.say("cars", "trip_reassigned")
        return short(Text(f"{scene.title}\n{said}"))
    kind = scene.trip_kind(trip.kind)
    time = scene.time(trip.at)
    card = Card()
    card.header(scene.say("cars", "ready_title", kind=kind, time=time))
    state = TripState(trip.state)
    if state == TripState.HERE:
        card.text(_since(scene, "ready_here", trip.here_at))
    elif state == TripState.ABOARD:
        card.text(_since(scene, "ready_aboard", trip.aboard_at))
    elif state == TripState.DONE:
        card.text(_since(scene, "ready_done", trip.done_at))
    else:
        card.text(scene.say("cars", f"ready_{trip.kind}"))
    _trip_facts(scene, card, trip)
    fetches = trip.kind == TripKind.PICKUP and state not in _ARRIVED
    manners = cards_line(scene) if fetches else None
    card.small(manners)
    card.buttons(
        *([] if scene.is_over else drive_buttons(scene, trip)),
        cards_button(scene, scene._("Etiquette")) if manners else None,
    )
    return Message(scene.say("cars", "ready_push", kind=kind, time=time).fallback(), card.done())


def car_missing(scene: Scene) -> Message:
    """No car was reported in time: host and dispatcher are told; says so once it has come."""
    trip = scene.trip()
    if scene.is_off:
        return short(scene.say("cars", "trip_over"))
    if trip is None:
        return short(scene.say("cars", "missing_unneeded"))
    kind = scene.trip_kind(trip.kind)
    if trip.state in _ARRIVED:
        at = trip.here_at or trip.aboard_at or trip.done_at or scene.now
        time = scene.time(at)
        return short(scene.say("cars", "missing_here", kind=kind, time=time))
    title = scene.say("cars", "missing_title", kind=kind, time=scene.time(trip.at))
    card = Card()
    card.header(title)
    if trip.driver_id is not None:
        card.text(scene.say("cars", "missing_driver", driver=mention(trip.driver_id)))
    else:
        card.text(scene.say("cars", "missing_nobody"))
    card.text(facts.trip_line(scene, trip))
    card.text(facts.contact_line(scene))
    is_open = scene.visit.left_at is None
    assigns = is_open and scene.is_able(Ability.ASSIGNS_CARS, Ability.PREPARES)
    card.buttons(assign_button(scene, trip) if assigns else None, scene.details_button())
    return Message(title.fallback(), card.done())


def call_guest(scene: Scene) -> Message | None:
    """An hour ahead the host calls the guest and confirms time and place (R6.2, R6.6)."""
    if scene.is_off:
        return None
    trip = scene.trip()
    lead = facts.lead_guest(scene)
    at = trip.at if trip is not None else scene.visit.arrival
    card = Card()
    card.header(scene.say("cars", "call_title"))
    if trip is not None:
        card.text(scene.say("cars", f"call_{trip.kind}", lead=lead))
        card.text(facts.trip_line(scene, trip))
    else:
        card.text(scene.say("cars", "call_own_car", lead=lead, when=scene.arrival))
        card.text(route_line(scene))
    card.text(facts.contact_line(scene))
    card.text(onward_line(scene))
    manners = cards_line(scene)
    card.small(manners)
    card.buttons(
        scene.details_button(), cards_button(scene, scene._("Etiquette")) if manners else None
    )
    push = scene.say("cars", "call_push", lead=lead, when=scene.when(at))
    return Message(push.fallback(), card.done())


def route_line(scene: Scene) -> Text | None:
    """Where guests in their own car are met and which way they come, or that nobody has said it;
    None of guests who come otherwise (F08)."""
    if lacks_route(scene.picture):
        return scene.say("drives", "no_route")
    route = scene.picture.notice.get("car_route")
    return scene.say("drives", "route", words=guard(str(route), 1000)) if route else None


def onward_line(scene: Scene) -> Text | None:
    """Where else the guests go, and whether they want help with the way there (A34)."""
    said, language = scene.picture.notice, scene.language
    suppliers = said.get("other_suppliers")
    parts = [
        scene.say("drives", "suppliers", words=guard(str(suppliers), 500)) if suppliers else None,
        language._("Help with the way to the next supplier is wanted")
        if said.get("onward_help") == "yes"
        else None,
    ]
    return joined(" · ", parts) or None


def _is_mine(scene: Scene, trip: Trip) -> bool:
    same = trip.assignment == scene.args.get("assignment")
    return same and scene.reader.is_among([trip.driver_id])


def _trip_facts(scene: Scene, card: Card, trip: Trip) -> None:
    language = scene.language
    start, end = (guard(each) if each else None for each in ends_of(trip))
    card.facts(
        [
            (language._("When"), joined(" · ", [scene.when(trip.at), drives.length(scene, trip)])),
            (language._("Where"), start),
            (language._("Where to"), end),
            (language._("Lead guest"), facts.lead_guest(scene)),
            (language._("Party"), facts.people_count(scene)),
            (language._("Car"), guard(trip.car) if trip.car else None),
            (language._("Host"), mention(scene.visit.host_id)),
            (language._("Travel"), facts.travel(scene)),
            (language._("Contact's phone"), facts.contact(scene)),
            *drives.meeting_wishes(scene, trip),
        ]
    )
    card.text(party_lines(scene))


def _since(scene: Scene, name: str, at: datetime | None) -> Text:
    return scene.say("cars", name, time=scene.time(at or scene.now))
