"""The buttons of a drive: what is reported next, asked about when it is early, and taken back."""

from models.base.words import TripState
from models.cars.drivers import is_early, may_take_back
from models.records.cars import Trip
from templates.slack import ids
from templates.slack.blocks import Button, Question
from templates.slack.scene import Scene


def drive_buttons(scene: Scene, trip: Trip) -> list[Button]:
    """One report at a time (R6.3), the way back beside it."""
    found = [_next(scene, trip), report_back(scene, trip)]
    return [button for button in found if button is not None]


def _next(scene: Scene, trip: Trip) -> Button | None:
    if scene.visit.left_at is not None:
        return None
    reports = {
        TripState.HERE: (ids.GUESTS_ABOARD, scene._("Guests aboard"), TripState.ABOARD),
        TripState.ABOARD: (ids.DROPPED_OFF, scene._("Dropped off"), TripState.DONE),
    }
    here = (ids.CAR_HERE, scene._("Car is here"), TripState.HERE)
    if trip.state == TripState.DONE:
        return None
    action_id, label, state = reports.get(TripState(trip.state), here)
    question = None
    if is_early(trip, state, scene.now):
        kind, when = scene.trip_kind(trip.kind), scene.when(trip.at)
        question = Question(
            scene.say("cars", "early_title"),
            scene.say("cars", "early_text", kind=kind, when=when),
            label,
            scene._("Not yet"),
        )
    return Button(action_id, label, ids.pack(trip.id, trip.assignment), "primary", question)


def report_back(scene: Scene, trip: Trip) -> Button | None:
    """Takes the last report back; None where there is none, or it stands by now."""
    if not may_take_back(trip, scene.now) or scene.is_over:
        return None
    return Button(ids.REPORT_BACK, scene._("Take back"), ids.pack(trip.id, trip.assignment))


def after_all(scene: Scene, trip: Trip) -> Button | None:
    """For who said that they cannot, while nobody else drives."""
    if trip.state != TripState.DECLINED or scene.visit.left_at is not None:
        return None
    value = ids.pack(trip.id, trip.assignment)
    return Button(ids.DRIVE_AFTER_ALL, scene._("I can after all"), value)
