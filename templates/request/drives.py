"""The cars of a visit: the list, and the car request of one drive in two steps (P14, R6.1)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from models.base.limits import NAME_LIMIT, PLACE_LIMIT, REASON_LIMIT
from models.base.words import StepState, TripKind
from models.cars.asked import MOST_DAYS
from models.cars.drives import ends_of, greeting_of, in_time_from
from models.policy.conditions import Beyond
from models.policy.level_tables import Level
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.people import Reader
from templates.money.lines import vehicle
from templates.reading import drives, facts
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, Question, few, rest
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, joined

_CHANGEABLE = frozenset({"wanted", "declined", "assigned", "accepted"})


def cars_view(
    reader: Reader, picture: VisitPicture, now: datetime, behind: Sequence[str] = ()
) -> dict[str, Any]:
    """Every drive of the visit with the whole of its request. `behind` are the views below, by
    their callback ids."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    add = scene.visit_button(ids.ADD_DRIVE, scene._("Add a drive"))
    card.buttons(add)
    card.text(cars_note(scene))
    trips = picture.trips
    if not trips:
        card.text(scene.say("drives", "none_yet"))
    shown = few(card, trips, size=2, spare=2, most=40)
    for trip in shown:
        line = facts.trip_line(scene, trip, with_state=picture.is_prepared)
        card.text(joined("\n", [line, drives.request_line(scene, trip)]))
        card.buttons(*_buttons(scene, trip))
    rest(card, scene.language, trips, shown)
    return modal(
        ids.CARS_VIEW,
        scene._("Cars"),
        card.blocks,
        close=scene._("Close"),
        meta=FormMeta(visit=scene.visit_id, behind=list(behind)),
    )


def drive_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    trip: Trip | None,
    *,
    mark: str | None = None,
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """The first step: what kind of drive, from where to where, when, how long and what for. `mark`
    tells what the form was opened with."""
    scene = Scene.of(reader, picture, now)
    top = Card()
    top.text(cars_note(scene))
    top.small(_in_time(scene))
    return modal(
        ids.DRIVE_FORM,
        scene._("Add a drive") if trip is None else scene._("Change the drive"),
        [*top.blocks, *_way_inputs(scene, trip)],
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(
            visit=scene.visit_id,
            trip=trip.id if trip is not None else None,
            shown=mark,
            behind=list(behind),
        ),
    )


def wishes_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    trip: Trip,
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """The second step: what else is wanted for a drive that is saved already."""
    scene = Scene.of(reader, picture, now)
    top = Card()
    top.text(scene.say("drives", "saved"))
    top.text(joined("\n", [facts.trip_line(scene, trip, with_state=False), _late(scene, trip)]))
    return modal(
        ids.DRIVE_WISHES_FORM,
        scene._("Car request"),
        [*top.blocks, *_wish_inputs(scene, trip)],
        submit=scene._("Save"),
        close=scene._("Skip"),
        meta=FormMeta(visit=scene.visit_id, trip=trip.id, behind=list(behind)),
    )


def wished_reply(reader: Reader, picture: VisitPicture, now: datetime, trip: Trip) -> Message:
    """That the request of a drive is saved."""
    scene = Scene.of(reader, picture, now)
    kind, when = scene.trip_kind(trip.kind), scene.when(trip.at)
    return short(scene.say("drives", "wished", kind=kind, when=when))


def cars_note(scene: Scene) -> Text | None:
    """Which cars guests of the visit's level get, and which an exception has added (B14)."""
    picture = scene.picture
    excepted = [
        vehicle(scene.language, each.planned or each.item or "")
        for each in picture.exceptions
        if each.what == Beyond.VEHICLE and each.state == StepState.APPROVED
    ]
    cars = joined(scene.language.comma, excepted)
    more = scene.say("drives", "excepted", cars=cars) if excepted else None
    if excepted and not picture.level.vehicles:
        return more
    return joined("\n", [level_note(scene.language, picture.level), more]) or None


def level_note(language: Language, level: Level) -> Text | None:
    """The same of a level alone; None where it says nothing of cars."""
    if level.vehicles is None:
        return None
    name = language.own(level.name)
    if not level.vehicles:
        return language.say("drives", "level_no_car", level=name)
    cars = joined(language.comma, [vehicle(language, each) for each in level.vehicles])
    return language.say("drives", "level_cars", level=name, cars=cars)


def _buttons(scene: Scene, trip: Trip) -> list[Button]:
    if trip.state not in _CHANGEABLE:
        return []
    kind, when = scene.trip_kind(trip.kind), scene.when(trip.at)
    question = Question(
        scene.say("drives", "remove_title"),
        scene.say("drives", "remove_text", kind=kind, when=when),
        scene._("Remove"),
        scene._("Keep"),
    )
    return [
        Button(ids.CHANGE_DRIVE, scene._("Change"), ids.pack(trip.id)),
        Button(ids.REMOVE_DRIVE, scene._("Remove"), ids.pack(trip.id), "danger", question),
    ]


def _in_time(scene: Scene) -> Text | None:
    """From when on a drive is asked for in time."""
    limit = in_time_from(scene.picture.policy, scene.now, scene.visit.timezone)
    return scene.say("drives", "in_time", when=scene.when(limit)) if limit is not None else None


def _late(scene: Scene, trip: Trip) -> Text | None:
    return drives.late_mark(scene, trip)


def _way_inputs(scene: Scene, trip: Trip | None) -> list[Block]:
    language, say = scene.language, scene.say
    start, end = ends_of(trip) if trip is not None else (None, None)
    kinds = [TripKind(trip.kind)] if trip is not None else list(TripKind)
    options = [(str(kind), scene.trip_kind(kind)) for kind in kinds]
    first = trip.kind if trip is not None else TripKind.RIDE

    def ask(name: str, label: Text, hint: Text | None = None, optional: bool = False) -> Asked:
        return Asked(name, label, ids.VALUE, optional=optional, hint=hint)

    return [
        ask("drive_kind", language._("Kind of drive")).choice(options, str(first)),
        ask("drive_from", language._("From"), say("drives", "from_hint"), True).line(
            PLACE_LIMIT, start
        ),
        ask("drive_to", language._("To"), say("drives", "to_hint"), True).line(PLACE_LIMIT, end),
        *ask("drive_at", language._("When")).moment(
            language, scene.visit.timezone, trip.at if trip is not None else None
        ),
        ask("drive_days", language._("Days needed"), say("drives", "days_hint")).number(
            1, MOST_DAYS, trip.days if trip is not None else 1
        ),
        ask("drive_purpose", language._("Use in town"), None, True).line(
            REASON_LIMIT, trip.purpose if trip is not None else None, many_lines=True
        ),
    ]


def _wish_inputs(scene: Scene, trip: Trip) -> list[Block]:
    language, say = scene.language, scene.say
    greeting = greeting_of(scene.picture, trip)

    def ask(name: str, label: Text, hint: Text | None = None) -> Asked:
        return Asked(f"drive_{name}", label, ids.VALUE, optional=True, hint=hint)

    return [
        ask("sign", language._("Name sign")).line(NAME_LIMIT, greeting.name_sign),
        ask("flowers", language._("Flowers")).tick(language._("Yes"), greeting.flowers),
        ask("banner", language._("Banner")).line(NAME_LIMIT, greeting.banner),
        ask("vehicle", language._("Special vehicle")).line(NAME_LIMIT, greeting.special_vehicle),
        ask("luggage", language._("Luggage")).line(NAME_LIMIT, trip.luggage),
        ask("escorts", language._("Rides along"), say("drives", "riding_hint")).persons(
            trip.escorts, 20
        ),
        ask("department", language._("Department"), say("drives", "department_hint")).line(
            NAME_LIMIT, trip.department or _notice_department(scene)
        ),
        ask("note", language._("Remarks")).line(REASON_LIMIT, trip.note, many_lines=True),
    ]


def _notice_department(scene: Scene) -> object:
    """The department that bears the cost, where the notice names it."""
    return scene.picture.notice.get("cost_department")
